"""The bonus of innovation cases: the best cases summed, as in 2017, or votes counted, as in 2025.

The sources say what is summed and not what makes a full bonus: that is a setting of each round.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from govgauge.errors import Unusable


class UnusableCases(Unusable):
    """Points or votes that cannot be counted; the message says which."""


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


def voted_cases(votes: Mapping[str, int], chosen: int, per_case: Fraction, full: Fraction) -> dict[str, Fraction]:
    """The bonus index of each body from the votes on cases: `votes` by case, named `body/case`.

    The `chosen` cases with most votes earn their bodies `per_case` points each, up to `full`; cases that tie with the
    last chosen one are chosen with it, cases without a vote never. Bodies are those of all cases, also at 0.
    Source: 2025 report, chapter on the selection of cases by the number of votes.
    """
    if full <= 0 or per_case < 0 or chosen < 0:
        raise UnusableCases("入选案例数、每个案例的分值不得小于 0，满分必须大于 0，请改正本轮设置。")
    negative = next((name for name, count in votes.items() if count < 0), None)
    if negative is not None:
        raise UnusableCases(f"案例“{negative}”的票数 {votes[negative]} 小于 0，请核对计票。")
    counts = sorted((count for count in votes.values() if count), reverse=True)
    least = counts[min(chosen, len(counts)) - 1] if chosen and counts else None
    earned: dict[str, Fraction] = {}
    for name, count in votes.items():
        body = name.partition("/")[0]
        points = per_case if least is not None and count >= least else Fraction(0)
        earned[body] = earned.get(body, Fraction(0)) + points
    return {body: min(Fraction(1), points / full) for body, points in earned.items()}
