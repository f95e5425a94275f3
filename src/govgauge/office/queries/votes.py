"""What is known of a vote: turnout while it runs; receipts; and, when it is over, the list of them and the counts."""

import time
from collections.abc import Iterator
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from msgspec import Struct

from govgauge.choosing import ballots
from govgauge.choosing.receipts import Cast, box_digest
from govgauge.errors import Unusable
from govgauge.office import vote_receipts
from govgauge.office.domain import ballot_box
from govgauge.office.domain.quarantine import Aside
from govgauge.office.domain.vote_calls import Vote, vote_of
from govgauge.office.models import Ballot, CaseCall
from govgauge.office.vote_key import keyed

TURNOUT_SECONDS = 5.0
"""For so long a process tells the same turnout."""
CHUNK = 5000
RUNNING = "投票还没有结束，结束前不公布任何得票情况 (the vote is not over; no results before)."
_turnout: dict[tuple[str, int], tuple[float, int]] = {}
_published: dict[tuple[str, int], "Published"] = {}


class Receipt(StrEnum):
    """What a receipt shows."""

    COUNTED = "counted"
    ASIDE = "aside"
    UNKNOWN = "unknown"


class Published(Struct, frozen=True):
    """The list of all receipts of a vote that is over: how many, and the root over them."""

    number: int
    root: str


class Counted(Struct, frozen=True):
    """A count of the public's ballots. `votes` by number of case; `digest` over the ballots that count, `box` over all.

    The same ballots and decisions give the same digests, in whatever order they were put in; who does not have the
    office's key cannot try out choices by them.
    """

    ballots: int
    aside: int
    votes: dict[int, int]
    digest: str
    box: str


def turnout(call: CaseCall, seconds: float = TURNOUT_SECONDS) -> int:
    """How many have voted, some seconds old at most."""
    key = (str(settings.DATABASES["default"]["NAME"]), call.pk)
    read, number = _turnout.get(key, (0.0, 0))
    if not read or time.monotonic() - read > seconds:
        number = Ballot.objects.filter(call=call).count()
        _turnout[key] = (time.monotonic(), number)
    return number


def by_day(call: CaseCall) -> list[tuple[object, int]]:
    """How many voted on each day."""
    rows = Ballot.objects.filter(call=call).annotate(day=TruncDate("minute")).order_by("day").values("day")
    return [(row["day"], row["number"]) for row in rows.annotate(number=Count("pk"))]


def receipt(call: CaseCall, commitment: str) -> Receipt:
    """Whether the ballot of a receipt is in the box, and counted. It never tells what was chosen."""
    told = Ballot.objects.filter(call=call, commitment=commitment).values_list("network", "domain", "minute").first()
    if told is None:
        return Receipt.UNKNOWN
    return Receipt.ASIDE if Aside(call).holds(*told) else Receipt.COUNTED


def receipts(vote: Vote) -> "QuerySet[Ballot, str]":
    """All receipts in rising order. Raises Unusable before the vote is over."""
    if not vote.is_over():
        raise Unusable(RUNNING)
    ballot_box.settled(vote.call)
    return Ballot.objects.filter(call_id=vote.call).order_by("commitment").values_list("commitment", flat=True)


def published(vote: Vote) -> Published:
    """Number and root of the receipts. Raises Unusable before the vote is over.

    A process reckons the root once for as many ballots as there are: none comes or goes after the end.
    """
    rows = receipts(vote)
    key, number = (str(settings.DATABASES["default"]["NAME"]), vote.call), rows.count()
    kept = _published.get(key)
    if kept is None or kept.number != number:
        every = list(rows.iterator(chunk_size=CHUNK))
        kept = _published[key] = Published(len(every), vote_receipts.root(every))
    return kept


@transaction.atomic
def counted(call: CaseCall) -> Counted:
    """Count all ballots anew, without those set aside. Raises Unusable before the vote is over.

    Cases that left the final after people had chosen them get nothing; what else stands on these ballots counts.
    """
    vote = vote_of(call)
    if not vote.is_over():
        raise Unusable(RUNNING)
    ballot_box.settled(call.pk)
    every = list(_ballots(call))
    counting = [cast for held, cast in every if not held]
    known = {str(number): category for number, category in vote.candidates.items()}
    told = ballots.count(
        (
            ballots.Ballot(cast.commitment, cast.commitment, tuple(one for one in cast.choices if one in known))
            for cast in counting
        ),
        known,
        ballots.BallotRule(),
    )
    salt = keyed("vote-salt", call.pk)
    return Counted(
        told.valid + told.abstentions,
        len(every) - len(counting),
        {number: told.votes[str(number)] for number in vote.candidates},
        box_digest(vote.slug, counting, salt),
        box_digest(vote.slug, (cast for _held, cast in every), salt),
    )


def _ballots(call: CaseCall) -> Iterator[tuple[bool, Cast]]:
    """Each ballot, and whether it is set aside."""
    aside = Aside(call)
    rows = Ballot.objects.filter(call=call).order_by("commitment")
    told = rows.values_list("commitment", "choices", "network", "domain", "minute")
    for commitment, choices, network, domain, minute in told.iterator(chunk_size=CHUNK):
        yield aside.holds(network, domain, minute), Cast(commitment, tuple(map(str, choices)))
