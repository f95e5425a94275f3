"""The cases of a vote as their page shows them, in an order of each voter's own."""

import hashlib
from collections import defaultdict

from msgspec import Struct

from govgauge.office.domain.vote_calls import Vote
from govgauge.office.models import Case, CaseFile

PICTURES = ("image/png", "image/jpeg")


class Picture(Struct, frozen=True):
    """A picture of a case: the number of its file, and its words."""

    number: int
    caption: str


class Card(Struct, frozen=True):
    """A case that one can vote for."""

    number: int
    name: str
    owner: str
    category: str
    category_name: str
    url: str
    reason: str
    pictures: tuple[Picture, ...]


def cards(vote: Vote) -> list[Card]:
    """The candidates by number; two queries."""
    names = {one.slug: one.name for one in vote.rules.categories}
    cases = Case.objects.filter(call_id=vote.call, number__in=list(vote.candidates)).order_by("number")
    pictures: dict[int, list[Picture]] = defaultdict(list)
    files = CaseFile.objects.filter(case__call_id=vote.call, removed_at=None, upload__media_type__in=PICTURES)
    for case, number, caption in files.order_by("order", "id").values_list("case_id", "pk", "caption"):
        pictures[case].append(Picture(number, caption))
    return [
        Card(
            case.number,
            case.name,
            case.owner,
            case.category,
            names.get(case.category, case.category),
            case.url if case.url.startswith(("http://", "https://")) else "",
            case.reason,
            tuple(pictures[case.pk]),
        )
        for case in cases
    ]


def shuffled(numbers: list[int], seed: str) -> list[int]:
    """Numbers in an order that a seed gives: the same for the same voter, each as likely as any other."""
    return sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}\n{number}".encode()).digest())
