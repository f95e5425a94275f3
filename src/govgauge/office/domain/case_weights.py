"""What the aspects of the rubric weigh in a call, and the points that follow from somebody's levels."""

from decimal import Decimal
from fractions import Fraction

from govgauge.choosing.marks import Mark, person_score
from govgauge.choosing.rubric import check_weights, equal_weights, rubric
from govgauge.office.case_rules import CaseSettings
from govgauge.office.models import CaseCall, CaseScore

FINE = Decimal("0.0001")
"""Points are kept so fine for lists; what is decided rests on the levels."""


def weights_of(rules: CaseSettings) -> dict[str, Decimal]:
    """The weight of each aspect; equal ones where the rules say nothing."""
    return dict(rules.weights) or equal_weights(rubric())


def check(rules: CaseSettings) -> None:
    """Raises UnusableChoice unless the weights are of the rubric's aspects, all of them."""
    check_weights(rubric(), weights_of(rules))


def mark_of(score: CaseScore) -> Mark:
    """A screener's levels as the arithmetic takes them."""
    return Mark(str(score.case_id), str(score.by_id), {str(code): int(level) for code, level in score.levels.items()})


def points_of(rules: CaseSettings, score: CaseScore) -> Decimal | None:
    """A screener's points as they are kept; None while levels are missing."""
    points = person_score(rubric(), weights_of(rules), mark_of(score)).points
    return None if points is None else fine(points)


def fine(points: Fraction) -> Decimal:
    """Points as lists keep them."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(FINE)


def reckon_again(call: CaseCall, rules: CaseSettings) -> int:
    """Bring the kept points of all scores that were handed in up to new weights; how many changed."""
    given = CaseScore.objects.select_for_update().filter(case__call=call, submitted_at__isnull=False)
    changed = []
    for score in given:
        points = points_of(rules, score)
        if points != score.points:
            score.points = points
            changed.append(score)
    CaseScore.objects.bulk_update(changed, ["points"], batch_size=500)
    return len(changed)
