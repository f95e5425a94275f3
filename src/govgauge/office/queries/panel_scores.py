"""What the panel's verdicts come to: points a case, severity of judges, how far each was from the calibration case."""

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.calibration import Calibrated, calibrate
from govgauge.choosing.marks import CaseScore, Mark, case_scores
from govgauge.choosing.severity import Adjustment, Score, adjust
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import calibration, case_calls, verdicts
from govgauge.office.domain.case_weights import weights_of
from govgauge.office.models import Case, CaseCall, Seat


class PanelScores(Struct, frozen=True):
    """`cases` by their number in three digits, as the arithmetic names them; judges are named by their alias."""

    cases: Mapping[str, Case]
    scores: tuple[CaseScore, ...]
    adjustment: Adjustment


class CalibrationCase(Struct, frozen=True):
    """A calibration case, its agreed levels, and each judge beside them."""

    case: Case
    agreed: Mapping[str, int]
    judges: tuple[Calibrated, ...]


def name_of(case: Case) -> str:
    """A case as the arithmetic names it: so that names sort as numbers do."""
    return f"{case.number:03d}"


def marks(call: CaseCall, *, calibration_cases: bool = False) -> list[Mark]:
    """Verdicts that count: submitted, not abstained from, not taken back; of cases in the running, or for calibration
    only."""
    found = Seat.objects.filter(
        case__call=call,
        case__is_calibration=calibration_cases,
        submitted_at__isnull=False,
        abstained=False,
        taken_back_at=None,
    )
    rows = found.order_by("case__number", "expert__alias").values_list("case__number", "expert__alias", "levels")
    return [Mark(f"{number:03d}", alias, levels) for number, alias, levels in rows]


def scores(call: CaseCall, rules: CaseSettings | None = None) -> PanelScores:
    """By the weights of the rules that hold, or of others: raw means, adjusted means and severities; cases for
    calibration link judges and stand among the cases."""
    scale = verdicts.scale()
    weights = weights_of(rules or case_calls.rules_of(call))
    given = marks(call) + marks(call, calibration_cases=True)
    cases = {name_of(case): case for case in call.cases.filter(number__in={int(mark.case) for mark in given})}
    told = case_scores(scale, weights, given)
    complete = [
        Score(one.case, one.judge, one.points) for score in told for one in score.scores if one.points is not None
    ]
    return PanelScores(cases, tuple(told), adjust(complete))


def calibrations(call: CaseCall) -> list[CalibrationCase]:
    """Each calibration case whose levels are agreed, with everybody's differences."""
    given = marks(call, calibration_cases=True)
    found = []
    for case in call.cases.filter(is_calibration=True).order_by("number"):
        levels = calibration.agreed(case)
        own = [mark for mark in given if mark.case == name_of(case)]
        if levels:
            found.append(CalibrationCase(case, levels, tuple(calibrate(verdicts.scale(), levels, own))))
    return found


def shown(points: Fraction | float | None, decimals: int = 2) -> str:
    """Points for showing only; empty where there are none."""
    return "" if points is None else f"{float(points):.{decimals}f}"
