"""What time brings: overdue findings are urged and go up, explanations lapse, what came back is reopened.

Each part may be done again at any time: it does what is due, once.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain import notices, remedies, remedy_reports, remedy_stuck
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedy_deadlines import due_from, up_before, urged_before
from govgauge.office.domain.remedy_steps import locked, set_deadline, step
from govgauge.office.models import JobState, Remedy, RemedyState, RemedyStep, RemedyStepKind, Round, Standing
from govgauge.office.remedy_rules import RUNNING, Remedying, fingerprint


class DayDone(Struct, frozen=True):
    """How many remedies were urged, went up, were reopened, lost their explanation, are re-checked, and cannot be."""

    urged: int = 0
    escalated: int = 0
    reopened: int = 0
    lapsed: int = 0
    rechecks: int = 0
    stuck: int = 0


def day(now: datetime | None = None) -> DayDone:
    """Do what is due by now in every round."""
    now = now or timezone.now()
    done = [_of_round(round_, now) for round_ in Round.objects.filter(remedies__isnull=False).distinct()]
    return DayDone(*(sum(getattr(one, name) for one in done) for name in DayDone.__struct_fields__))


def _of_round(round_: Round, now: datetime) -> DayDone:
    today, rules = timezone.localdate(now), round_settings.of(round_).remedies
    stuck = _each_entry(remedy_stuck.waiting(round_), lambda those: remedy_stuck.give_up(those, rules))
    return DayDone(
        urged=_each_entry(_to_urge(round_, today, rules), lambda those: _urge(those, today, rules)),
        escalated=_each_entry(_to_escalate(round_, today, rules), lambda those: _escalate(those, today, rules)),
        reopened=_each_entry(_back(round_), lambda those: _reopen(those, today, rules)),
        lapsed=_each_entry(_excused(round_), lambda those: _lapse(those, today, rules)),
        rechecks=_each_entry(_to_recheck(round_, now), _recheck),
        stuck=stuck,
    )


def _each_entry(found: QuerySet[Remedy], act: Callable[[list[Remedy]], int]) -> int:
    """Act on remedies body by body, each in a transaction of its own, on rows that nobody else changes."""
    count = 0
    for entry in list(found.order_by("entry_id").values_list("entry_id", flat=True).distinct()):
        with transaction.atomic():
            still = set(locked(found.filter(entry_id=entry).values_list("id", flat=True)))
            due = [one for one in still if found.filter(id=one.id).exists()]
            count += act(sorted(due, key=lambda one: one.id)) if due else 0
    return count


def _overdue(round_: Round, today: date) -> QuerySet[Remedy]:
    """Nobody is urged who is there no more."""
    return Remedy.objects.filter(round=round_, state__in=RUNNING, due__lt=today, entry__standing=Standing.IN)


def _to_urge(round_: Round, today: date, rules: Remedying) -> QuerySet[Remedy]:
    day = urged_before(rules, today) + timedelta(days=1)
    since = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    lately = RemedyStep.objects.filter(remedy=OuterRef("pk"), kind=RemedyStepKind.URGED, at__gte=since)
    return _overdue(round_, today).filter(~Exists(lately))


def _urge(those: list[Remedy], today: date, _rules: Remedying) -> int:
    for remedy in those:
        assert remedy.due is not None  # noqa: S101 - overdue
        step(PROGRAM, remedy, RemedyStepKind.URGED, f"逾期 {(today - remedy.due).days} 天")
    remedies.tell_urged(those)
    return len(those)


def _to_escalate(round_: Round, today: date, rules: Remedying) -> QuerySet[Remedy]:
    """Once for each deadline: what went up under an earlier one goes up again under a new one."""
    up = RemedyStep.objects.filter(remedy=OuterRef("pk"), kind=RemedyStepKind.ESCALATED, at__date__gt=OuterRef("due"))
    return _overdue(round_, up_before(rules, today) + timedelta(days=1)).filter(~Exists(up))


def _escalate(those: list[Remedy], _today: date, rules: Remedying) -> int:
    entry = those[0].entry
    people = notices.supervisors(entry)
    who = "、".join(person.name for person in people) or "该地区没有登记主管，已告知评估办公室"
    for remedy in those:
        step(PROGRAM, remedy, RemedyStepKind.ESCALATED, who)
    facts: notices.Facts = {"entry": entry.key, "count": len(those), "days": rules.escalate_days}
    address = f"/rounds/{entry.round.slug}/region/"
    if not people:
        people = notices.who_may(Verb.NOTIFY_FINDING, entry.round)
        address = f"/rounds/{entry.round.slug}/remedies/?overdue=1"
    notices.tell(people, "remedy-escalated", facts, address=address, round_=entry.round, entry=entry)
    return len(those)


def _back(round_: Round) -> QuerySet[Remedy]:
    """What was closed, or waits to be closed, and was seen again by a later visit."""
    settled = Q(state=RemedyState.CLOSED, finding__last_seen__gt=F("closed_at")) | Q(state=RemedyState.CONFIRMING)
    return Remedy.objects.filter(settled, round=round_, finding__gone_since=None)


def _reopen(those: list[Remedy], today: date, rules: Remedying) -> int:
    due = due_from(rules, today)
    for remedy in those:
        kind = RemedyStepKind.REOPENED if remedy.state == RemedyState.CLOSED else RemedyStepKind.SEEN_AGAIN
        step(PROGRAM, remedy, kind, f"第 {remedy.finding.last_visit} 次访问又见到")
        set_deadline(PROGRAM, remedy, due, "再次出现")
    remedies.tell_body(those[0].entry, "remedy-reopened", {"count": len(those), "due": f"{due}"})
    return len(those)


def _excused(round_: Round) -> QuerySet[Remedy]:
    return Remedy.objects.filter(round=round_, state=RemedyState.EXCUSED)


def _lapse(those: list[Remedy], today: date, rules: Remedying) -> int:
    """An accepted explanation lapses when its time is over, or when the finding is no longer what was explained."""
    due = due_from(rules, today)
    lapsed = []
    for remedy in those:
        over = remedy.excused_until is not None and remedy.excused_until < today
        if over or remedy.fingerprint != fingerprint(remedy.finding):
            why = f"有效期至 {remedy.excused_until}" if over else "问题的内容变了"
            step(PROGRAM, remedy, RemedyStepKind.LAPSED, why)
            set_deadline(PROGRAM, remedy, due, "说明失效")
            lapsed.append(remedy)
    if lapsed:
        words = {"decision": f"说明失效，请在 {due} 前整改", "decision_en": f"the explanation lapsed; due {due}"}
        remedies.tell_body(lapsed[0].entry, "remedy-decided", {**words, "count": len(lapsed), "reason": ""})
    return len(lapsed)


def _to_recheck(round_: Round, now: datetime) -> QuerySet[Remedy]:
    """What was reported and could not be judged yet, and what a later visit did not see: only a re-check closes it.

    Not while a re-check is under way, nor twice within a day.
    """
    asked = RemedyStep.objects.filter(remedy=OuterRef("pk"), kind=RemedyStepKind.RECHECK_ASKED)
    lately = Q(at__gt=now - timedelta(days=1)) | Q(job__state__in=[JobState.READY, JobState.RUNNING])
    wanting = Q(state=RemedyState.REPORTED) | Q(
        state__in=[*RUNNING, RemedyState.UNJUDGED, RemedyState.EXPLAINED, RemedyState.EXCUSED],
        finding__gone_since__isnull=False,
    )
    return Remedy.objects.filter(wanting, ~Exists(asked.filter(lately)), round=round_).exclude(entry__url="")


def _recheck(those: list[Remedy]) -> int:
    return remedy_reports.ask_by_program(those).count
