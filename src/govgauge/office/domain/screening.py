"""Screening cases: complete, in scope, real; the category changed, a case sent back, its address visited."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.case_visiting import TASK
from govgauge.office.domain import case_calls, jobs, stages
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_notices import tell_nominators
from govgauge.office.domain.case_steps import last_step, need_under_review, step
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.screening_rights import need_no_part
from govgauge.office.lanes import ASIDE
from govgauge.office.models import Case, CaseCheck, CaseStepKind, CaseVisit, Job, JobState

CHECKS: Mapping[str, str] = {"is_complete": "材料完整", "is_in_scope": "属于征集范围", "is_real": "情况属实"}
"""What is looked at, in its order."""


@transaction.atomic
def check(acting: Acting, case: Case, found: Mapping[str, bool | None], reason: str, seen: int) -> CaseCheck:
    """Write down what somebody found of a case; `seen` is the number of the last such row that they saw, 0 for none.

    Raises NotAllowed, Unusable.
    """
    current = held(acting, case)
    need_under_review(current)
    last = current.checks.order_by("-id").values_list("pk", flat=True).first() or 0
    if seen != last:
        raise Unusable("别人刚刚核对过这件案例；请看过现在的结果再填 (somebody else has just checked it).")
    if any(value is False for value in found.values()) and not reason.strip():
        raise Unusable("有一项不符合时，请写明理由 (a reason is needed).")
    assert acting.person is not None  # noqa: S101 - only people screen
    made = CaseCheck(case=current, by=acting.person, reason=reason.strip()[:1000])
    for name in CHECKS:
        setattr(made, name, found.get(name))
    with noted(acting, "case.check", made, entry=current.entry):
        made.save()
    return made


@transaction.atomic
def recategorise(acting: Acting, case: Case, category: str, reason: str) -> Case:
    """Put a case into another category, with a reason that its nominators read. Raises NotAllowed, Unusable."""
    current = held(acting, case)
    need_under_review(current)
    chosen = case_calls.category_of(case_calls.rules_of(current.call), category)
    if chosen.slug == current.category:
        raise Unusable(f"这件案例已经在“{chosen.name}”类 (it is in that category).")
    if not reason.strip():
        raise Unusable("改类别时请写明理由，推荐人会收到 (a reason is needed).")
    with noted(acting, "case.recategorise", current, entry=current.entry, reason=reason.strip()[:1000]):
        current.category = chosen.slug
        current.version += 1
        current.save(update_fields=["category", "version"])
    step(acting, current, CaseStepKind.RECATEGORISED, reason)
    tell_nominators(current, "case-recategorised", {"category": chosen.name, "reason": reason.strip()})
    return current


@transaction.atomic
def send_back(acting: Acting, case: Case, reason: str, seen: int) -> Case:
    """Return a case for correction; `seen` is the number of its last step that the person saw.

    Raises NotAllowed, Unusable.
    """
    current = held(acting, case)
    need_under_review(current)
    need_seen(current, seen)
    if not reason.strip():
        raise Unusable("退回时请写明理由，让推荐人知道要改什么 (a reason is needed).")
    step(acting, current, CaseStepKind.RETURNED, reason)
    rules = case_calls.rules_of(current.call)
    until = stages.today() + timedelta(days=rules.correction_days)
    if rules.nomination is not None:
        until = max(until, rules.nomination.ends)
    tell_nominators(current, "case-returned", {"reason": reason.strip(), "until": str(until)})
    return current


@transaction.atomic
def ask_visit(acting: Acting, case: Case) -> CaseVisit:
    """Let the program open a case's address and keep a picture of what it shows. Raises NotAllowed, Unusable."""
    current = held(acting, case)
    parts = urlsplit(current.url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Unusable("这件案例没有网址，不能截图；请查看附件 (there is no address).")
    waiting = current.visits.filter(job__state__in=[JobState.READY, JobState.RUNNING])
    if waiting.exists():
        raise Unusable("正在截图，请稍候 (a picture is being taken).")
    task = f"{TASK}-{current.pk}-{current.visits.count() + 1}"
    job = Job(round=current.call.round, entry=current.entry, task=task, lane=ASIDE, host=parts.netloc[:253])
    jobs.open_all([job])
    made = CaseVisit(case=current, url=current.url, asked_by=acting.person)
    made.job = Job.objects.get(round=current.call.round, entry=current.entry, task=task)
    with noted(acting, "case.visit", made, entry=current.entry):
        made.save()
    return made


def holding(case: Case) -> CaseCheck | None:
    """The check that holds: the last one, where the form was not handed in anew since."""
    last = case.checks.select_related("by").order_by("-id").first()
    handed_in = case.steps.filter(kind=CaseStepKind.SUBMITTED).order_by("-id").values_list("at", flat=True).first()
    return None if last is None or (handed_in is not None and last.at < handed_in) else last


def held(acting: Acting, case: Case) -> Case:
    """The case as it is now, held for a screener's change. Raises NotAllowed, also for who has a part in it."""
    acting.need(Verb.SCREEN_CASE, round_=case.call.round)
    related = Case.objects.select_related("call__round", "entry__round")
    current = related.select_for_update(of=("self",)).get(pk=case.pk)
    need_no_part(acting, current)
    return current


def need_seen(case: Case, seen: int) -> None:
    """Raises Unusable when something happened to a case since somebody saw it."""
    if seen != last_step(case):
        raise Unusable("这件案例刚刚有变动；请看过现在的内容再定 (it changed meanwhile).")
