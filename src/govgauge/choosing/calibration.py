"""The calibration case: everybody judges it, levels are agreed upon, and each sees how far off they were."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.marks import Mark
from govgauge.choosing.rubric import Rubric
from govgauge.choosing.unusable import UnusableChoice


class Calibrated(Struct, frozen=True):
    """A judge beside the agreed levels. Differences are levels given minus levels agreed: below 0 is severe.

    `mean` is the mean difference, `distance` the mean of the differences without their signs; both None where nothing
    was judged. `fits`: every aspect is judged and none is further off than the tolerance.
    """

    judge: str
    differences: Mapping[str, int]
    missing: tuple[str, ...]
    mean: Fraction | None
    distance: Fraction | None
    fits: bool


def calibrate(scale: Rubric, agreed: Mapping[str, int], marks: Iterable[Mark], tolerance: int = 1) -> list[Calibrated]:
    """Each judge's difference from the agreed levels of the calibration case, in the order of their ids.

    `agreed` has a level for every aspect; `tolerance` in levels, 0 or more. Raises UnusableChoice.
    """
    absent = [code for code in scale.codes if code not in agreed]
    wrong = [code for code, level in agreed.items() if not scale.lowest <= level <= scale.highest]
    if absent or wrong or set(agreed) - set(scale.codes):
        raise UnusableChoice(
            f"校准案例须逐项商定级别（{scale.lowest} 至 {scale.highest}）；"
            f"请核对：{'、'.join(absent or wrong or sorted(set(agreed) - set(scale.codes)))} "
            "(an agreed level for each dimension)."
        )
    if tolerance < 0:
        raise UnusableChoice(f"允许的偏差 {tolerance} 级不得小于 0，请改正 (tolerance must not be negative).")
    given = sorted(marks, key=lambda mark: mark.judge)
    if len({mark.judge for mark in given}) < len(given) or len({mark.case for mark in given}) > 1:
        raise UnusableChoice("校准只用同一案例，每人一次；请核对评分 (one calibration case, one score a person).")
    return [_beside(scale, agreed, mark, tolerance) for mark in given]


def _beside(scale: Rubric, agreed: Mapping[str, int], mark: Mark, tolerance: int) -> Calibrated:
    differences = {code: mark.levels[code] - agreed[code] for code in scale.codes if code in mark.levels}
    missing = tuple(code for code in scale.codes if code not in mark.levels)
    count = len(differences)
    return Calibrated(
        mark.judge,
        differences,
        missing,
        Fraction(sum(differences.values()), count) if count else None,
        Fraction(sum(abs(one) for one in differences.values()), count) if count else None,
        not missing and all(abs(one) <= tolerance for one in differences.values()),
    )
