"""Counting a call, publishing what came of it, and taking that back while the round is not yet frozen."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from govgauge.choosing.result import bonus_lines
from govgauge.errors import Unusable
from govgauge.office.case_outcome import Outcome, bonus_rule, index_of, outcome
from govgauge.office.case_papers import Papers, joined, kept_rules, papers, shown_points
from govgauge.office.case_rules import BonusMode, CaseSettings
from govgauge.office.domain import (
    bonus_runs,
    case_bonus,
    case_calls,
    case_notices,
    case_steps,
    certificates,
    notices,
    panels,
    stages,
)
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.screening_rights import nominators_of
from govgauge.office.models import (
    Case,
    CaseCall,
    CaseCount,
    CaseResult,
    CaseStepKind,
    Certificate,
    RoundState,
)

CHOSEN = {CaseStepKind.CHOSEN: ("入选", "chosen"), CaseStepKind.NOT_CHOSEN: ("未入选", "not chosen")}


def last(call: CaseCall) -> CaseCount | None:
    """The count that holds."""
    return call.counts.order_by("-number").first()


def published(call: CaseCall) -> CaseCount | None:
    """The count that is public."""
    return call.counts.filter(published_at__isnull=False).order_by("-number").first()


def not_yet(rules: CaseSettings) -> str:
    """Why nothing is counted yet; empty when it can be. There is no running result."""
    for what, days in (("专家评审", rules.panel), ("公众投票", rules.vote)):
        if days is not None and stages.today() <= days.ends:
            return f"{what}到 {days.ends} 结束，结束前不计票，也没有中间结果 (no count before {days.ends} has passed)."
    return ""


def without_places(given: Papers) -> list[str]:
    """What is said of families of the final for which the rules name no places: none of their cases is chosen."""
    families = {one.slug: one.family for one in given.rules.categories}
    places = {one.family for one in given.rules.chosen if one.most}
    still = "加分按得分计，不受影响。" if given.rules.bonus.mode is BonusMode.BEST else ""
    cases = Counter(families.get(case.category, "") for case in given.cases.values())
    return [
        f"评选办法没有给“{family or '其他'}”定入选数，其 {number} 个案例都不会入选；如有遗漏，请补上再重新计票。{still}"
        for family, number in sorted(cases.items())
        if family not in places
    ]


@transaction.atomic
def count(acting: Acting, call: CaseCall) -> CaseCount:
    """Count verdicts and ballots as they are; the same papers always give the same digest.

    Raises NotAllowed, Unusable: too early, nothing in the final, severity that cannot be taken out.
    """
    panels.chair(acting, call)
    CaseCall.objects.select_for_update().get(pk=call.pk)
    if why := not_yet(case_calls.rules_of(call)):
        raise Unusable(why)
    given = papers(call)
    if not given.cases:
        raise Unusable("没有进入终评的案例，无法计票 (no cases in the final).")
    found = outcome(given)
    made = CaseCount(
        call=call,
        number=call.counts.count() + 1,
        rules=kept_rules(given.rules),
        experts=given.heads,
        ballots=given.counted,
        set_aside=given.set_aside,
        digest=joined(given.digest, rows(found)),
        bonuses=_bonuses(found, given.rules),
        notes=[*given.sentences, *found.result.totals.sentences, *without_places(given)],
        by=acting.person,
    )
    with noted(acting, "case-count.make", made, round_=call.round):
        made.save()
    CaseResult.objects.bulk_create(
        CaseResult(
            count=made,
            case=given.cases[case.total.case],
            experts=shown_points(case.total.experts),
            public=shown_points(case.total.public),
            total=shown_points(case.total.total),
            place=case.rank.number if case.rank else None,
            chosen=case.chosen,
            explained=found.lines[case.total.case],
        )
        for case in found.result.cases
    )
    return made


@transaction.atomic
def publish(acting: Acting, made: CaseCount) -> int:
    """Make the last count public: each case is chosen or not, and its nominators are told. How many are chosen.

    Raises NotAllowed, Unusable: not the last one, published already, papers that changed since.
    """
    call = _locked(acting, made)
    if last(call) != made or published(call) is not None:
        raise Unusable("只能公布最近一次计票，且同时只能公布一次；请刷新 (not the last count, or published already).")
    again = papers(call)
    if joined(again.digest, rows(outcome(again))) != made.digest:
        raise Unusable("计票之后评分、选票或办法又有变化，请重新计票再公布 (papers have changed since; count again).")
    _mark(acting, made, "case-count.publish", public=True)
    results = made.results.select_related("case__entry__round", "case__call__round")
    for one in results:
        kind = CaseStepKind.CHOSEN if one.chosen else CaseStepKind.NOT_CHOSEN
        case_steps.step(acting, one.case, kind, f"第 {made.number} 次计票")
        words, english = CHOSEN[kind]
        _tell(one.case, "case-published", {"outcome": words, "outcome_en": english})
    return sum(one.chosen for one in results)


@transaction.atomic
def take_back(acting: Acting, made: CaseCount, reason: str) -> None:
    """Take a published result back, its bonus out of the totals, and its certificates; everybody concerned is told.

    Raises NotAllowed, Unusable: without a reason, not published, or when the round is frozen.
    """
    call = _locked(acting, made)
    if len(reason.strip()) < panels.SHORTEST:
        raise Unusable("撤回公布要写明理由 (say why).")
    if published(call) != made:
        raise Unusable("这次计票没有公布，无需撤回 (not published).")
    if case_bonus.is_applied(made):
        if not bonus_runs.is_small(made):
            raise Unusable(
                "加分已计入总分；请先在“案例加分”中从总分取消，再撤回公布 (take the bonus out of the totals first)."
            )
        case_bonus.take_out(acting, made)
    _mark(acting, made, "case-count.take-back", public=False, reason=reason.strip())
    issued = Certificate.objects.filter(case__call=call).select_related("round")
    certificates.revoke_all(acting, issued, f"评选结果撤回：{reason.strip()}")
    for one in made.results.select_related("case__entry__round", "case__call__round"):
        case_steps.step(acting, one.case, CaseStepKind.ADMITTED, f"结果撤回：{reason.strip()}")
        _tell(one.case, "case-unpublished", {"reason": reason.strip()})


def rows(found: Outcome) -> list[tuple[str, str, str, str, bool]]:
    """What the digest holds of a result: every case with its exact parts and whether it is chosen."""
    return [
        (case.total.case, str(case.total.experts), str(case.total.public), str(case.total.total), case.chosen)
        for case in found.result.cases
    ]


def _bonuses(found: Outcome, rules: CaseSettings) -> dict[str, dict[str, object]]:
    rule = bonus_rule(rules.bonus)
    if rule is None:
        return {}
    return {
        one.subject: {
            "index": str(index_of(one, rules)),
            "points": shown_points(one.points),
            "lines": bonus_lines(one, rule),
        }
        for one in found.result.bonuses
        if one.points
    }


def _locked(acting: Acting, made: CaseCount) -> CaseCall:
    call = CaseCall.objects.select_for_update(of=("self",)).select_related("round").get(pk=made.call_id)
    panels.chair(acting, call)
    if call.round.state == RoundState.FROZEN:
        raise Unusable(f"“{call.round.slug}”已冻结，评选结果不能再变 (the round is frozen).")
    return call


def _mark(acting: Acting, made: CaseCount, verb: str, *, public: bool, reason: str = "") -> None:
    with noted(acting, verb, made, round_=made.call.round, reason=reason[:1000]):
        made.published_at = timezone.now() if public else None
        made.save(update_fields=["published_at"])


def _tell(case: Case, event: str, facts: dict[str, str]) -> None:
    """Those who nominated it, and its body, each once."""
    told = {"call": case.call.title, **facts}
    case_notices.tell_nominators(case, event, told)
    known = nominators_of(case) | {case.nominated_by_id}
    body = [person for person in notices.of_body(case.entry) if person.pk not in known]
    notices.tell(body, event, {"case": case.name, **told}, round_=case.call.round, entry=case.entry)
