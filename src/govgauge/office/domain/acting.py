"""Somebody who acts: what they may do, and the trail of what they did."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import GovgaugeError
from govgauge.office import by_command
from govgauge.office.domain.permissions import GRANTS, Reach, Verb, within
from govgauge.office.models import Change, Entry, Person, Role, RoleKind, Round

TYPED_TOGETHER = timedelta(minutes=10)
"""What somebody saves of one record within this time while they type makes one row of the trail."""
KEPT_BACK = frozenset({"password", "token_hash", "private_note"})
"""Fields whose content never enters the trail: only that they changed."""


LONGEST_REASON = 1000
"""Characters of a reason that the trail keeps; the record itself holds the whole."""


class NotAllowed(GovgaugeError):
    """Somebody may not do what they tried. The message names it and says whom to ask."""


class Acting(Struct, frozen=True):
    """Somebody at work, or the program itself when `person` is None. `roles` are those that are in force."""

    person: Person | None
    roles: tuple[Role, ...] = ()
    address: str = ""

    def reaches(self, verb: Verb, round_: Round | None = None) -> tuple[tuple[Reach, str], ...]:
        """How far the right to do something goes in a round (with its scope), by each role that gives it."""
        return tuple(
            (GRANTS[RoleKind(role.kind)][verb], role.scope)
            for role in self.roles
            if verb in GRANTS[RoleKind(role.kind)]
            and (role.round_id is None or round_ is None or role.round_id == round_.id)
        )

    def may(
        self, verb: Verb, *, round_: Round | None = None, key: str | None = None, assignee: int | None = None
    ) -> bool:
        """Whether they may do something: to the subject of a key, to what was given to a person (by id).

        Without key and assignee: whether they may do it to anything at all. The program may do everything.
        """
        if self.person is None:
            return True
        if not self.person.is_active:
            return False
        return any(self._covers(reach, scope, key, assignee) for reach, scope in self.reaches(verb, round_))

    def need(
        self, verb: Verb, *, round_: Round | None = None, key: str | None = None, assignee: int | None = None
    ) -> None:
        """Raises NotAllowed when they may not."""
        if not self.may(verb, round_=round_, key=key, assignee=assignee):
            raise NotAllowed("您没有做这件事的权限；如确有需要，请联系评估办公室管理员 (you may not do this).")

    def bodies(self, round_id: int) -> set[str]:
        """The keys of the assessed bodies that they stand for in a round, whatever else they are."""
        mine = (role for role in self.roles if role.kind == RoleKind.ASSESSED)
        return {role.scope for role in mine if role.round_id in {None, round_id}}

    def stands_for(self, entry: Entry) -> bool:
        """Whether they stand for an assessed body: nobody judges what concerns their own."""
        return entry.key in self.bodies(entry.round_id)

    def need_distance(self, entry: Entry) -> None:
        """Raises NotAllowed when they stand for the body that is to be judged."""
        if self.stands_for(entry):
            raise NotAllowed(f"您代表“{entry.name}”，关于它的判断请由别人作出 (nobody judges their own body).")

    def entries(self, verb: Verb, round_: Round) -> models.QuerySet[Entry]:
        """The entries of a round to which they may do something."""
        if self.person is None:
            return round_.entries.all()
        chosen = Q(pk__in=[])
        for reach, scope in self.reaches(verb, round_):
            if reach is Reach.ALL:
                return round_.entries.all()
            if reach in (Reach.OWN, Reach.REGION):
                chosen |= Q(key=scope) | Q(key__startswith=f"{scope}/") if reach is Reach.REGION else Q(key=scope)
        return round_.entries.filter(chosen)

    def _covers(self, reach: Reach, scope: str, key: str | None, assignee: int | None) -> bool:
        assert self.person is not None  # noqa: S101 - tells mypy
        match reach:
            case Reach.ALL:
                return True
            case Reach.ASSIGNED:
                return assignee is None or assignee == self.person.id
            case Reach.OWN:
                return key is None or key == scope
            case Reach.REGION:
                return key is None or within(key, scope)


PROGRAM = Acting(None)
"""What the program does by itself: jobs, deadlines, imports on the command line."""


def acting_as(person: Person, address: str = "") -> Acting:
    """Somebody with the roles that they have now."""
    return Acting(person, tuple(person.roles.filter(ended_at=None).select_related("round")), address)


@contextmanager
def noted(
    acting: Acting,
    verb: str,
    record: models.Model,
    *,
    round_: Round | None = None,
    entry: Entry | None = None,
    reason: str = "",
    typed: bool = False,
    back: frozenset[str] = frozenset(),
) -> Iterator[None]:
    """Write down what the block changes in a record, in its transaction; for a new record everything that it holds.

    The record is to be saved inside the block. Nothing is written when nothing changed, or when the block fails.
    `typed`: it is saved by itself while somebody types, and goes into the row of their last save. Lock the record.
    `back`: fields of this record whose content stays out, beside those of KEPT_BACK.
    """
    hidden = KEPT_BACK | back
    with transaction.atomic():
        before = {} if record.pk is None else _kept(record)
        yield
        after = _kept(record)
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        if not changed:
            return
        was = {name: _told(name, value, hidden) for name, value in before.items() if name in changed}
        now = {name: _told(name, value, hidden) for name, value in after.items() if name in changed}
        if typed and (row := _still_typing(acting, verb, record)) is not None:
            row.take_in(was, now, timezone.now(), hidden)
            return
        noted_plainly(acting, verb, record, before=was, after=now, round_=round_, entry=entry, reason=reason)


def noted_plainly(
    acting: Acting,
    verb: str,
    record: models.Model,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
    round_: Round | None = None,
    entry: Entry | None = None,
    reason: str = "",
) -> None:
    """Write down a change that shows in no field of the record itself, in the transaction that makes it."""
    Change.objects.create(
        actor=acting.person,
        actor_name=acting.person.name if acting.person else by_command.at_work(),
        address=acting.address or (by_command.ADDRESS if acting.person is None and by_command.at_work() else ""),
        verb=verb,
        topic=record._meta.model.__name__,  # noqa: SLF001 - the true class, also of a lazy one
        record=str(record.pk),
        round=round_ or (entry.round if entry else None),
        entry=entry,
        before=before,
        after=after,
        reason=reason.replace("\x00", "")[:LONGEST_REASON],
    )


def noted_many(
    acting: Acting,
    verb: str,
    changes: Iterable[tuple[models.Model, Mapping[str, Any], Mapping[str, Any], int, str]],
    round_: Round,
) -> None:
    """Write down changes of many records in the transaction that makes them: each with its fields as they were (none
    for a new one) and as they are, the number of its entry, and the reason."""
    name = acting.person.name if acting.person else by_command.at_work()
    address = acting.address or (by_command.ADDRESS if acting.person is None and by_command.at_work() else "")
    Change.objects.bulk_create(
        (
            Change(
                actor=acting.person,
                actor_name=name,
                address=address,
                verb=verb,
                topic=record._meta.model.__name__,  # noqa: SLF001 - Django's public way
                record=str(record.pk),
                round=round_,
                entry_id=entry,
                before={key: _told(key, was.get(key), KEPT_BACK) for key in was if was.get(key) != now.get(key)},
                after={key: _told(key, now.get(key), KEPT_BACK) for key in now if was.get(key) != now.get(key)},
                reason=reason.replace("\x00", "")[:LONGEST_REASON],
            )
            for record, was, now, entry, reason in changes
        ),
        batch_size=500,
    )


def noted_by_command(verb: str, round_: Round, before: dict[str, Any], after: dict[str, Any], reason: str = "") -> None:
    """Write down what somebody did to a round on the command line, in the transaction that does it. Nothing where it
    was done elsewhere: that has a trail of its own."""
    if by_command.at_work():
        noted_plainly(PROGRAM, verb, round_, before=before, after=after, round_=round_, reason=reason)


def _still_typing(acting: Acting, verb: str, record: models.Model) -> Change | None:
    """The row of somebody's last save of a record, where neither they nor anybody at the record did anything since."""
    mine = Change.objects.filter(actor=acting.person).order_by("-id").first()
    if mine is None or acting.person is None or mine.at < timezone.now() - TYPED_TOGETHER:
        return None
    same = (mine.verb, mine.topic, mine.record, mine.address)
    if same != (verb, record._meta.model.__name__, str(record.pk), acting.address):  # noqa: SLF001 - Django's public way
        return None
    later = Change.objects.filter(topic=mine.topic, record=mine.record, id__gt=mine.id)
    return None if later.exists() else mine


def _kept(record: models.Model) -> dict[str, Any]:
    """The fields of a record as its row in the database holds them now."""
    row = type(record)._base_manager.filter(pk=record.pk).values().first()  # noqa: SLF001 - Django's public way
    return row or {}


def _told(name: str, value: Any, hidden: frozenset[str]) -> Any:
    if name in hidden:
        return "（不记录内容）" if value else ""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value
