"""Calibration cases: judged by everybody, chosen by nobody, with levels upon which the panel agreed."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from govgauge.case_library import library
from govgauge.errors import Unusable
from govgauge.gather import urls
from govgauge.office.domain import case_calls, case_steps, panels, verdicts
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_forms import FIELDS, fitting
from govgauge.office.models import AgreedLevels, Case, CaseCall, CaseStepKind, NominationKind, Seat

FROM = frozenset({CaseStepKind.REFUSED, CaseStepKind.WITHDRAWN})
"""Cases that are out of the running anyway: nobody loses a chance."""


@transaction.atomic
def choose(acting: Acting, case: Case, levels: Mapping[str, int]) -> Case:
    """Take a case that did not pass screening for calibration, with its agreed levels; everybody gets it to judge.

    Raises NotAllowed, Unusable.
    """
    panels.chair(acting, case.call)
    if case_calls.states(case.call).get(case.pk) not in FROM and not case.is_calibration:
        raise Unusable(
            "校准案例只能从未通过初选、已撤回或自拟的案例中选 (only from cases that are out of the running)."
        )
    agree(acting, case, levels)
    current = Case.objects.select_for_update().get(pk=case.pk)
    with noted(acting, "case.calibrate", current, round_=case.call.round):
        current.is_calibration = True
        current.save(update_fields=["is_calibration"])
    for expert in panels.members(case.call):
        Seat.objects.get_or_create(expert=expert, case=current)
    return current


@transaction.atomic
def make(acting: Acting, call: CaseCall, fields: Mapping[str, str]) -> Case:
    """A case that nobody nominated, made up or told again, to be chosen for calibration: `name`, `owner`, `category`,
    `url`, `reason`. It stands as withdrawn. Raises NotAllowed, Unusable.
    """
    panels.chair(acting, call)
    told = fitting({name: fields.get(name, "") for name in ("name", "owner", "category", "url", "reason")})
    if missing := [FIELDS[name] for name in ("name", "owner", "reason") if not told[name]]:
        raise Unusable(f"请填写{'、'.join(missing)} (these are needed).")
    if told["url"] and not urls.is_web(told["url"]):
        raise Unusable("案例网址请写成 https://www.example.gov.cn/… (no web address).")
    CaseCall.objects.select_for_update().get(pk=call.pk)
    number = call.cases.aggregate(most=Max("number"))["most"] or 0
    made = Case(call=call, number=number + 1, kind=NominationKind.EXPERT, **told)
    with noted(acting, "case.make-up", made, round_=call.round):
        made.save()
    case_steps.step(acting, made, CaseStepKind.WITHDRAWN, "供校准用，不参加评选")
    return made


def from_library(acting: Acting, call: CaseCall, case_id: str) -> Case:
    """A described case of the library, told again for calibration. Raises NotAllowed, Unusable."""
    one = library.case(case_id.strip())
    described = library.description(one.id)
    if described is None:
        raise Unusable(f"案例库中的“{one.name}”没有能力说明，不能评分；请选有说明的 (it is not described).")
    reason = "\n".join(capability.zh for capability in described.capabilities)[:1000]
    return make(acting, call, {"name": one.name[:120], "owner": one.owner[:120], "reason": reason})


@transaction.atomic
def agree(acting: Acting, case: Case, levels: Mapping[str, int]) -> AgreedLevels:
    """Write down the agreed levels; those before stay as history. Raises NotAllowed, Unusable."""
    panels.chair(acting, case.call)
    given = verdicts.checked(levels)
    if missing := [one.zh for one in verdicts.scale().dimensions if one.code not in given]:
        raise Unusable(f"请逐项写明商定的级别，还缺：{'、'.join(missing)} (an agreed level for each dimension).")
    made = AgreedLevels(case=case, levels=given, by=acting.person)
    with noted(acting, "case.agree", made, round_=case.call.round):
        made.save()
    return made


@transaction.atomic
def drop(acting: Acting, case: Case) -> None:
    """Use a case for calibration no more; verdicts stay on their rows. Raises NotAllowed."""
    panels.chair(acting, case.call)
    current = Case.objects.select_for_update().get(pk=case.pk)
    with noted(acting, "case.uncalibrate", current, round_=case.call.round):
        current.is_calibration = False
        current.save(update_fields=["is_calibration"])
    held = Seat.objects.filter(case=current, taken_back_at=None)
    held.update(taken_back_at=timezone.now(), taken_back_why="不再用于校准")


def agreed(case: Case) -> dict[str, int]:
    """The levels that hold; empty where none were agreed."""
    found: dict[str, int] | None = case.agreed.order_by("-id").values_list("levels", flat=True).first()
    return found or {}
