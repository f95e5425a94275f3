"""Field tests: planned within what a body can bear, given to somebody else, withdrawn; evidence put beside them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import field_scripts
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.coding_plans import check_open
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Assignment,
    Entry,
    FieldChannel,
    FieldEvidence,
    FieldScript,
    FieldState,
    FieldStep,
    FieldStepKind,
    FieldTest,
    Person,
    Upload,
)

ENDED = (FieldState.CLOSED, FieldState.WITHDRAWN)
FURTHEST_MONTHS = 12
"""Months ahead for which tests are planned."""


class Wish(Struct, frozen=True, kw_only=True):
    """How tests are to be sent: by which way, as whom, and from which day on."""

    channel: FieldChannel
    identity: str
    day: date


class Place(Struct, frozen=True):
    """A body and a check that somebody is to try out; of an assignment where there is one."""

    entry: Entry
    check_id: str
    person: Person
    assignment: Assignment | None = None


def places_of(assignments: Iterable[Assignment]) -> list[Place]:
    """What some assignments ask for."""
    return [Place(one.entry, one.check_id, one.person, one) for one in assignments]


@transaction.atomic
def plan(acting: Acting, script: FieldScript, places: Sequence[Place], wish: Wish) -> list[FieldTest]:
    """Plan a test at each place with a script; where a body has enough in a month, its test waits for the next one.

    Raises Unusable; NotAllowed unless one plans the collection.
    """
    round_ = script.round
    acting.need(Verb.PLAN_COLLECTION, round_=round_)
    check_open(round_)
    if not places:
        raise Unusable("没有可以安排实测的采集任务：请先分派这个要点，或换一个话术 (nothing to plan tests for).")
    if not wish.identity.strip():
        raise Unusable("请写明以什么身份发出，如“普通市民（化名）” (say as whom it is sent).")
    if wish.day < timezone.localdate() - timedelta(days=366):
        raise Unusable(f"{wish.day} 太早；请改为今天以后的日期 (the day is too early).")
    limit = field_scripts.policy_of(round_).monthly_limit
    keys = {place.entry.key for place in places}
    list(Entry.objects.select_for_update().filter(key__in=keys).order_by("id").values_list("id", flat=True))
    used = _used(keys)
    return [_planned(acting, script, place, wish, _day(used, place.entry.key, wish.day, limit)) for place in places]


def bearable(test: FieldTest, day: date) -> bool:
    """Whether a body can bear a test in the month of a day, beside its others."""
    limit = field_scripts.policy_of(test.round).monthly_limit
    others = _counted({test.entry.key}).exclude(pk=test.pk).filter(day__year=day.year, day__month=day.month)
    return others.count() < limit


@transaction.atomic
def hand_over(acting: Acting, test: FieldTest, person: Person) -> None:
    """Give a test to somebody else. Raises Unusable once it has ended."""
    acting.need(Verb.PLAN_COLLECTION, round_=test.round)
    locked = FieldTest.objects.select_for_update().get(pk=test.pk)
    if locked.state in ENDED:
        raise Unusable("已经结束的实测不能改派 (the test has ended).")
    with noted(acting, "field-test.hand-over", locked, entry=test.entry):
        locked.person = person
        locked.save(update_fields=["person"])


def add_evidence(
    acting: Acting, test: FieldTest, *, address: str = "", excerpt: str = "", upload: Upload | None = None
) -> FieldEvidence:
    """Put evidence beside a test. Raises Unusable when there is nothing."""
    acting.need(Verb.RECORD_FIELD_TEST, round_=test.round, assignee=test.person_id)
    check_open(test.round)
    if not (address or excerpt.strip() or upload):
        raise Unusable("请填写网址或摘录，或选择一个文件 (no evidence given).")
    if address and not address.lower().startswith(("http://", "https://")):
        raise Unusable("网址应以 http:// 或 https:// 开头 (only web addresses).")
    made = FieldEvidence(test=test, address=address, excerpt=excerpt.strip(), upload=upload, by=acting.person)
    with noted(acting, "field-evidence.add", made, entry=test.entry):
        made.save()
    return made


def remove_evidence(acting: Acting, piece: FieldEvidence) -> None:
    """Take a piece of evidence away; its row stays. Raises Unusable once its test has ended."""
    test = piece.test
    acting.need(Verb.RECORD_FIELD_TEST, round_=test.round, assignee=test.person_id)
    if test.state in ENDED:
        raise Unusable("已经结束的实测，材料不能再移除 (the test has ended).")
    with noted(acting, "field-evidence.remove", piece, entry=test.entry):
        piece.removed_at = piece.removed_at or timezone.now()
        piece.save(update_fields=["removed_at"])


def _planned(acting: Acting, script: FieldScript, place: Place, wish: Wish, day: date) -> FieldTest:
    test = FieldTest(
        round=script.round,
        entry=place.entry,
        assignment=place.assignment,
        check_id=place.check_id,
        kind=script.kind,
        script=script,
        text=field_scripts.filled(script, place.entry, day),
        channel=wish.channel,
        identity=wish.identity.strip()[:120],
        person=place.person,
        day=day,
        version=1,
    )
    with noted(acting, "field-test.plan", test, entry=place.entry):
        test.save()
        FieldStep.objects.create(test=test, kind=FieldStepKind.PLANNED, day=day, by=acting.person)
    return test


def _counted(keys: set[str]) -> QuerySet[FieldTest]:
    return FieldTest.objects.filter(entry__key__in=keys).exclude(state=FieldState.WITHDRAWN)


def _used(keys: set[str]) -> dict[tuple[str, int, int], int]:
    """Tests of each body by month, over all rounds."""
    used: dict[tuple[str, int, int], int] = {}
    for key, day in _counted(keys).values_list("entry__key", "day"):
        used[key, day.year, day.month] = used.get((key, day.year, day.month), 0) + 1
    return used


def _day(used: dict[tuple[str, int, int], int], key: str, first: date, limit: int) -> date:
    """The first day from which on a body can bear one more test; it is counted there."""
    day = first
    for _ in range(FURTHEST_MONTHS):
        month = (key, day.year, day.month)
        if used.get(month, 0) < limit:
            used[month] = used.get(month, 0) + 1
            return day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    raise Unusable(
        f"“{key}”今后 {FURTHEST_MONTHS} 个月的实测都已排满；请减少实测，或调高每月的数量 (no month is left)."
    )
