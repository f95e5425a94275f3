"""Ballots of experts: a number of votes each, cast as often as one likes within the days; the last one holds."""

from collections.abc import Sequence

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.case_rules import PanelMode
from govgauge.office.domain import case_calls, panels, ties
from govgauge.office.domain.acting import Acting, noted_plainly
from govgauge.office.models import PanelBallot, PanelExpert


@transaction.atomic
def cast(
    acting: Acting, expert: PanelExpert, choices: Sequence[int], *, seen: int, abstains: bool = False, reason: str = ""
) -> PanelBallot:
    """Cast votes for cases (their numbers); `seen` is the id of the ballot that was shown, 0 for none.

    Raises NotAllowed, or Unusable: too many, none, a case with a tie, out of days, cast elsewhere meanwhile.
    """
    panels.need_own(acting, expert)
    current = PanelExpert.objects.select_for_update().select_related("call__round").get(pk=expert.pk)
    rules = case_calls.rules_of(current.call)
    if rules.panel_mode is not PanelMode.BALLOTS:
        raise Unusable("本届专家评审采用评分，不采用投票 (this panel gives scores, not votes).")
    if why := case_calls.closed_why(rules.panel, "专家评审"):
        raise Unusable(why)
    last = last_of(current)
    if seen != (last.pk if last else 0):
        raise Unusable("您的选票刚在别处改过；请核对现在的内容后再提交 (changed elsewhere meanwhile).")
    chosen = sorted(set(choices))
    if abstains and (chosen or len(reason.strip()) < panels.SHORTEST):
        raise Unusable("弃权不能同时选择案例，并要写明理由 (abstaining takes a reason and no choices).")
    if not abstains and not chosen:
        raise Unusable("请至少选择一个案例，或选择弃权 (choose at least one).")
    if len(chosen) > rules.votes_per_expert:
        raise Unusable(f"每人最多 {rules.votes_per_expert} 票，选了 {len(chosen)} 个；请减少 (too many votes).")
    _may_choose(current, chosen)
    made = PanelBallot.objects.create(
        expert=current, choices=chosen, abstained=abstains, reason=reason.strip()[:300] if abstains else ""
    )
    noted_plainly(acting, "panel-ballot.cast", made, before={}, after={"id": made.pk}, round_=current.call.round)
    return made


def last_of(expert: PanelExpert) -> PanelBallot | None:
    """The ballot that holds."""
    return expert.ballots.order_by("-id").first()


def _may_choose(expert: PanelExpert, chosen: Sequence[int]) -> None:
    cases = {case.number: case for case in ties.judged_cases(expert.call) if not case.is_calibration}
    if unknown := [str(number) for number in chosen if number not in cases]:
        raise Unusable(f"终评名单中没有案例 {'、'.join(unknown)}；请刷新 (no such cases in the final).")
    out = ties.kept_out(expert.call)
    if tied := [cases[number].name for number in chosen if (expert.pk, cases[number].pk) in out]:
        raise Unusable(f"请回避，不能投给：{'、'.join(tied)} (you have a tie to these).")
