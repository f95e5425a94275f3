"""What people have accepted of the entries of a round, as of its day, and a digest of it for each entry."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from govgauge.office.models import Answer, Explanation, Round
from govgauge.office.queries.accepted import Accepted, accepted
from govgauge.office.queries.entry_names import names_by_id

AT_ONCE = 500
"""Entries whose answers are read with one query."""


def people_of(round_: Round, entries: Sequence[int]) -> Iterator[dict[str, Accepted]]:
    """What people have accepted of some entries, in their order; a few queries for hundreds of them."""
    if not has_any(round_):
        yield from ({} for _entry in entries)
        return
    rest = iter(entries)
    while chunk := list(islice(rest, AT_ONCE)):
        found = accepted(chunk, round_.as_of)
        yield from (found.get(entry, {}) for entry in chunk)


def has_any(round_: Round) -> bool:
    """Whether people have accepted anything in a round."""
    return (
        Answer.objects.filter(round=round_, holds=True).exists()
        or Explanation.objects.filter(entry__round=round_, lapsed_at=None).exists()
    )


def digests(round_: Round) -> dict[str, str]:
    """By the name of each entry with answers of people, SHA-256 over them: which check, which value, from where."""
    entries = names_by_id(round_)
    found = {}
    for entry, people in zip(entries, people_of(round_, list(entries)), strict=True):
        if people:
            told = [
                [check, None if said.value is None else f"{said.value.normalize():f}", said.source, said.reason]
                for check, said in sorted(people.items())
            ]
            found[entries[entry]] = hashlib.sha256(msgspec.json.encode(told)).hexdigest()
    return dict(sorted(found.items()))
