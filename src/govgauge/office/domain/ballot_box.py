"""The ballot box: many ballots in one transaction, each counted once, or none of them.

What a voter chose and who they are meet only here, and only in memory: the voter's row gets a day and a seal that only
their token can make, the ballot's row gets the choices. Rows are added in random order.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from django.db import connection, transaction
from django.utils import timezone
from msgspec import Struct

from govgauge.office import vote_tokens
from govgauge.office.models import Ballot, CaseCall, Voter
from govgauge.office.models.votes import this_day
from govgauge.office.vote_key import keyed

_ORDER = random.SystemRandom()


class Slip(Struct, frozen=True):
    """What a voter hands in: numbers of cases in rising order, and the public half of their receipt.

    `network` is where it came from (`vote_identity.network`), `until` the last day on which it can come.
    """

    call: int
    token: str
    choices: tuple[int, ...]
    commitment: str
    network: str = ""
    until: date | None = None


class Outcome(StrEnum):
    """What became of a slip."""

    COUNTED = "counted"
    AGAIN = "again"
    """The same ballot came once more, as after a lost answer: it is counted, once."""
    VOTED = "voted"
    """Its voter has handed in another one before."""
    UNKNOWN = "unknown"
    """The token is nobody's in this call."""
    TAKEN = "taken"
    """Another ballot has this receipt."""
    LATE = "late"
    """The vote was over before the ballot could be put in."""


class _Known(Struct, frozen=True):
    voter: int
    has_voted: bool
    sealed: str
    domain: str


def put(slips: Sequence[Slip]) -> list[Outcome]:
    """Put ballots in; when this returns they are committed. The outcomes in the order of the slips.

    Raises IntegrityError when another process put in a ballot of the same receipt at this moment: put them in one by
    one then. After any database error nothing is in, or all of it: the same slips may be given again.

    It is the moment of putting in that decides whether a vote is still open, not that of asking: once somebody counts
    or lists the ballots of a vote that is over (`settled`), none is on its way any more.
    """
    with transaction.atomic():
        _hold({slip.call for slip in slips})
        now = timezone.now()
        today = timezone.localdate(now)
        taken = _receipts(slips)  # before the voters: a ballot that comes in between shows by its voter then
        known = _voters(slips)
        first: dict[int, tuple[Slip, _Known]] = {}
        receipts: set[tuple[int, str]] = set()
        for slip in slips:
            voter = known.get((slip.call, vote_tokens.hash_of(slip.token)))
            receipt = (slip.call, slip.commitment)
            if voter is None or voter.has_voted or voter.voter in first or receipt in taken | receipts:
                continue
            if is_late(slip, today):
                continue
            first[voter.voter] = (slip, voter)
            receipts.add(receipt)
        marked = _mark({voter: _seal(slip) for voter, (slip, _known) in first.items()})
        _add([first[voter] for voter in marked], now.replace(second=0, microsecond=0))
        late = _voters([slip for voter, (slip, _known) in first.items() if voter not in marked])
    counted = {(slip.call, slip.token): slip for slip, _voter in (first[voter] for voter in marked)}
    return [_outcome(slip, counted, {**known, **late}, taken | receipts, today) for slip in slips]


def settled(call: int) -> None:
    """Wait until no ballot of a call is being put in; within a transaction, let none be put in before it ends."""
    with transaction.atomic():
        CaseCall.objects.select_for_update().only("pk").get(pk=call)


def is_late(slip: Slip, today: date) -> bool:
    """Whether a vote's last day has passed."""
    return slip.until is not None and today > slip.until


def choices_text(choices: Iterable[int]) -> str:
    """Choices as they are hashed and kept."""
    return msgspec.json.encode(sorted(choices)).decode()


def ballot_domain(call: int, domain: str) -> str:
    """A voter's domain as a ballot keeps it: by another key, so that rows cannot be laid beside each other."""
    return keyed("ballot-domain", call, domain) if domain else ""


def ballot_network(call: int, network: str) -> str:
    """A network as a ballot keeps it."""
    return keyed("ballot-network", call, network) if network else ""


def _outcome(
    slip: Slip,
    counted: dict[tuple[int, str], Slip],
    known: dict[tuple[int, str], _Known],
    taken: set[tuple[int, str]],
    today: date,
) -> Outcome:
    voter = known.get((slip.call, vote_tokens.hash_of(slip.token)))
    if voter is None:
        return Outcome.UNKNOWN
    mine = counted.get((slip.call, slip.token))
    if mine is slip:
        return Outcome.COUNTED
    if mine is not None:
        return Outcome.AGAIN if _seal(mine) == _seal(slip) else Outcome.VOTED
    if voter.has_voted:
        return Outcome.AGAIN if voter.sealed == _seal(slip) else Outcome.VOTED
    if is_late(slip, today):
        return Outcome.LATE
    return Outcome.TAKEN if (slip.call, slip.commitment) in taken else Outcome.UNKNOWN


def _hold(calls: set[int]) -> None:
    """Let nobody count these calls before this transaction ends. SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return
    table = connection.ops.quote_name(CaseCall._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:  # the weakest lock: that which the ballots' references take when they commit
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [sorted(calls)])  # noqa: S608


def _seal(slip: Slip) -> str:
    return vote_tokens.sealed(slip.token, choices_text(slip.choices), slip.commitment)


def _voters(slips: Sequence[Slip]) -> dict[tuple[int, str], _Known]:
    hashes = {vote_tokens.hash_of(slip.token) for slip in slips}
    if not hashes:
        return {}
    rows = Voter.objects.filter(token_hash__in=hashes)
    told = rows.values_list("call_id", "token_hash", "pk", "voted_at", "sealed", "domain")
    return {
        (call, token): _Known(voter, voted is not None, sealed, domain)
        for call, token, voter, voted, sealed, domain in told
    }


def _receipts(slips: Sequence[Slip]) -> set[tuple[int, str]]:
    rows = Ballot.objects.filter(commitment__in={slip.commitment for slip in slips})
    return set(rows.values_list("call_id", "commitment"))


def _mark(seals: dict[int, str]) -> list[int]:
    """Mark voters who have not voted as voters who have; those who were marked here, in random order."""
    if not seals:
        return []
    table = connection.ops.quote_name(Voter._meta.db_table)  # noqa: SLF001 - Django's documented way
    places = ", ".join(["(%s, %s)"] * len(seals))
    statement = (
        f"UPDATE {table} SET voted_at = %s, sealed = given.column2 "  # noqa: S608 - our own names
        f"FROM (VALUES {places}) AS given WHERE id = given.column1 AND voted_at IS NULL RETURNING id"
    )
    values = [value for pair in sorted(seals.items()) for value in pair]
    with connection.cursor() as cursor:
        cursor.execute(statement, [connection.ops.adapt_datetimefield_value(this_day()), *values])
        marked = [int(row[0]) for row in cursor.fetchall()]
    _ORDER.shuffle(marked)
    return marked


def _add(rows: Sequence[tuple[Slip, _Known]], at: datetime) -> None:
    if not rows:
        return
    table = connection.ops.quote_name(Ballot._meta.db_table)  # noqa: SLF001
    minute = connection.ops.adapt_datetimefield_value(at)
    places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    columns = "call_id, choices, commitment, minute, network, domain"
    values: list[Any] = []
    for slip, voter in rows:
        network, domain = ballot_network(slip.call, slip.network), ballot_domain(slip.call, voter.domain)
        values += [slip.call, choices_text(slip.choices), slip.commitment, minute, network, domain]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {places}", values)  # noqa: S608
