"""Cases are given to experts: evenly by a seed after a preview, or by hand; and taken back."""

import hashlib
from collections import Counter

import msgspec
from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from govgauge.choosing.assignment import CaseToJudge, Judge, Plan, assign
from govgauge.errors import Unusable
from govgauge.office.domain import case_calls, notices, panels, ties
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.models import Case, CaseCall, PanelExpert, Seat, SeatDraw
from govgauge.office.queries.panel_scores import name_of


class Preview(Struct, frozen=True):
    """An even assignment that could be made. `new` are its pairs of case and expert that are not given yet; `digest`
    tells whether it is still the same when somebody makes it."""

    seed: str
    plan: Plan
    new: tuple[tuple[Case, PanelExpert], ...]
    digest: str


def preview(call: CaseCall, seed: str) -> Preview:
    """What an assignment by a seed would give whom; what is given already stays. Raises Unusable."""
    word = seed.strip()[:60]
    if not word:
        raise Unusable("请填写抽签用的种子，如评审日期，便于日后重现 (a seed is needed).")
    cases = {name_of(case): case for case in ties.judged_cases(call) if not case.is_calibration}
    names = {case.pk: name for name, case in cases.items()}
    seats = Seat.objects.filter(expert__call=call, case__in=list(names))
    given = [
        (names[case], alias, back) for case, alias, back in seats.values_list("case", "expert__alias", "taken_back_at")
    ]
    kept = {(name, alias) for name, alias, back in given if back is None}
    returned = {(name, alias) for name, alias, back in given if back is not None}
    experts = {one.alias: one for one in panels.members(call)}
    if not experts or not cases:
        raise Unusable("专家组和终评名单都不能为空，请先加入专家、完成初选 (no experts, or no cases).")
    aliases = dict(call.experts.values_list("pk", "alias"))
    barred = {(names[case], aliases[one]) for one, case in ties.kept_out(call) if case in names} | returned
    gone = Counter(alias for _, alias in kept if alias not in experts)
    plan = assign(
        [CaseToJudge(name, case.category) for name, case in cases.items()],
        [Judge(alias, frozenset(one.fields)) for alias, one in experts.items()]
        + [Judge(alias, most=count) for alias, count in gone.items()],
        case_calls.rules_of(call).experts_per_case,
        barred=frozenset(barred - kept),
        kept=frozenset(kept),
        seed=word,
    )
    new = tuple((cases[name], experts[alias]) for name, alias in plan.pairs if (name, alias) not in kept)
    digest = hashlib.sha256(msgspec.json.encode([word, plan.pairs, sorted(kept)])).hexdigest()
    return Preview(word, plan, new, digest)


@transaction.atomic
def give_evenly(acting: Acting, call: CaseCall, seed: str, digest: str) -> SeatDraw:
    """Make an assignment that was previewed. Raises NotAllowed, Unusable when something changed since."""
    panels.chair(acting, call)
    CaseCall.objects.select_for_update().get(pk=call.pk)
    shown = preview(call, seed)
    if shown.digest != digest:
        raise Unusable("试算之后专家、案例或回避有变化，请重新试算 (something changed since the preview).")
    if not shown.new:
        raise Unusable("没有新的案例可分配 (nothing new to give).")
    Seat.objects.bulk_create(Seat(expert=expert, case=case) for case, expert in shown.new)
    draw = SeatDraw(call=call, seed=shown.seed, seats=len(shown.new), by=acting.person)
    with noted(acting, "panel.assign", draw, round_=call.round):
        draw.save()
    counts = Counter(expert.pk for _, expert in shown.new)
    for expert in {one.pk: one for _, one in shown.new}.values():
        _tell(call, expert, counts[expert.pk])
    return draw


@transaction.atomic
def give(acting: Acting, expert: PanelExpert, case: Case) -> Seat:
    """Give one case by hand. Raises NotAllowed, Unusable: a tie, given already, not in the final."""
    panels.chair(acting, expert.call)
    if expert.left_at is not None:
        raise Unusable("这位专家已退出专家组 (has left the panel).")
    if (expert.pk, case.pk) in ties.kept_out(expert.call):
        raise Unusable(f"{expert.alias} 与这个案例有需要回避或待认定的情形，不能分配 (there is a tie).")
    if not any(one.pk == case.pk for one in ties.judged_cases(expert.call)):
        raise Unusable("这个案例没有进入终评 (not in the final).")
    made = Seat.objects.select_for_update().filter(expert=expert, case=case).first() or Seat(expert=expert, case=case)
    if made.pk is not None and made.taken_back_at is None:
        raise Unusable(f"已经分给 {expert.alias} (given already).")
    with noted(acting, "seat.give", made, round_=expert.call.round, entry=case.entry):
        made.taken_back_at, made.taken_back_why = None, ""
        made.save()
    _tell(expert.call, expert, 1)
    return made


@transaction.atomic
def take_back(acting: Acting, seat: Seat, reason: str) -> None:
    """Take one case back; a verdict stays on its row and counts no more. Raises NotAllowed, Unusable."""
    panels.chair(acting, seat.expert.call)
    if len(reason.strip()) < panels.SHORTEST:
        raise Unusable("收回案例要写明理由 (say why).")
    current = Seat.objects.select_for_update().get(pk=seat.pk)
    if current.taken_back_at is not None:
        raise Unusable("这个案例已经收回 (taken back already).")
    with noted(acting, "seat.take-back", current, round_=seat.expert.call.round, reason=reason.strip()[:1000]):
        current.taken_back_at, current.taken_back_why = timezone.now(), reason.strip()[:300]
        current.save(update_fields=["taken_back_at", "taken_back_why"])


def _tell(call: CaseCall, expert: PanelExpert, count: int) -> None:
    days = case_calls.rules_of(call).panel
    facts: dict[str, str | int] = {"call": call.title, "count": count, "ends": str(days.ends) if days else "—"}
    address = f"/rounds/{call.round.slug}/my-cases/"
    notices.tell([expert.person], "panel-assigned", facts, address=address, round_=call.round)
