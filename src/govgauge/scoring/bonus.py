"""The bonus of a body's best innovation cases, summed as in 2017. `choosing` reckons all other ways.

The source says what is summed and not what makes a full bonus: that is a setting of each round.
"""

from collections.abc import Iterable
from fractions import Fraction

from govgauge.errors import Unusable


class UnusableCases(Unusable):
    """Points that cannot be counted; the message says which."""


def best_cases(points: Iterable[Fraction], best: int, full: Fraction) -> Fraction:
    """The bonus index (0…1) of a body: its `best` highest case points, summed, over `full`, at most 1.

    A body with fewer cases sums those it has. `points` and `full` are on the experts' scale.
    Source: 2017 report, part two, selection of innovation cases.
    """
    given = sorted(points, reverse=True)
    if full <= 0 or best < 1:
        raise UnusableCases(f"加分的满分 {full} 和计入的案例数 {best} 必须大于 0，请改正本轮设置。")
    if given and given[-1] < 0:
        raise UnusableCases(f"案例得分 {given[-1]} 小于 0，请核对专家打分。")
    return min(Fraction(1), sum(given[:best], Fraction(0)) / full)
