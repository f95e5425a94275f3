"""Judges' severity: who gives less than others for the same cases, and what cases come to once that is taken out.

Additive model: points of a case from a judge = case + judge + chance, by least squares over the scores at hand; no case
needs a score from every judge (Linacre 1989 for the question; Searle 1971, ch. 7, two-way layout without interaction,
for the arithmetic). Estimates are exact fractions, so that ties are ties; only standard errors are binary.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.exact_equations import solve
from govgauge.choosing.marks import FULL, mean_of
from govgauge.choosing.severity_errors import Errors, standard_errors
from govgauge.choosing.severity_parts import connected_parts
from govgauge.choosing.unusable import UnusableChoice

Table = Mapping[str, Mapping[str, Fraction]]
"""Points by case, then by judge."""


class Score(Struct, frozen=True):
    """Points that a judge gave a case, on any scale that all judges share."""

    case: str
    judge: str
    points: Fraction


class JudgeSeverity(Struct, frozen=True):
    """How many points a judge gives below (above 0) or above (below 0) the average judge of the same part.

    `error`: standard error in points; None where the scores leave nothing to estimate it from.
    """

    judge: str
    part: int
    cases: int
    severity: Fraction
    error: float | None


class AdjustedCase(Struct, frozen=True):
    """A case's raw mean, and the mean with the severity of its judges added back; it may leave the scale a little."""

    case: str
    part: int
    judges: int
    mean: Fraction
    adjusted: Fraction
    error: float | None

    @property
    def points(self) -> Fraction:
        """The adjusted points as they enter a total, kept within 0…100."""
        return min(Fraction(FULL), max(Fraction(0), self.adjusted))


class Adjustment(Struct, frozen=True):
    """Cases and judges in the order of their ids. `parts`: how many groups of cases there are that share judges,
    directly or over others; only cases of the same part (numbered from 0) may be held against each other by
    `adjusted`. `sentences` say so where there are several."""

    cases: tuple[AdjustedCase, ...]
    judges: tuple[JudgeSeverity, ...]
    parts: int
    sentences: tuple[str, ...]

    @property
    def comparable(self) -> bool:
        """Whether all cases may be ranked together by their adjusted points."""
        return self.parts <= 1


def adjust(scores: Iterable[Score], shrink: Fraction = Fraction(0)) -> Adjustment:
    """Severity of each judge and adjusted points of each case.

    `shrink` (scores, 0 or more) pulls severities towards 0 as if each judge had also given that many scores without any
    severity: sensible values are the variance of chance over that of judges. At 0, the default, a judge who gives
    everybody one point more changes no order; above 0 a part of the difference is believed to be the cases'.
    Raises UnusableChoice for a negative `shrink`, or for two scores of one judge for one case.
    """
    if shrink < 0:
        raise UnusableChoice(f"收缩系数 {shrink} 不得小于 0，请改正本轮设置 (shrinkage must not be negative).")
    table = _table(scores)
    parts = connected_parts({case: list(row) for case, row in table.items()})
    cases: list[AdjustedCase] = []
    judges: list[JudgeSeverity] = []
    for number, part in enumerate(parts):
        held = {case: table[case] for case in part}
        severity = _severities(held, shrink)
        errors = standard_errors(held, severity, shrink)
        cases += [_adjusted(case, number, row, severity, errors) for case, row in held.items()]
        judges += [
            JudgeSeverity(judge, number, sum(judge in row for row in held.values()), points, errors.judges.get(judge))
            for judge, points in severity.items()
        ]
    return Adjustment(
        tuple(sorted(cases, key=lambda one: one.case)),
        tuple(sorted(judges, key=lambda one: one.judge)),
        len(parts),
        tuple(_sentences(parts)),
    )


def _table(scores: Iterable[Score]) -> dict[str, dict[str, Fraction]]:
    table: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for score in sorted(scores, key=lambda one: (one.case, one.judge)):
        if score.judge in table[score.case]:
            raise UnusableChoice(
                f"{score.judge} 对案例 {score.case} 评了两次，请只保留一次 (scored twice by one person)."
            )
        table[score.case][score.judge] = Fraction(score.points)
    return dict(table)


def _severities(table: Table, shrink: Fraction) -> dict[str, Fraction]:
    """The judges' equations that are left when the cases' are eliminated; severities of a part add up to 0."""
    judges = sorted({judge for row in table.values() for judge in row})
    place = {judge: at for at, judge in enumerate(judges)}
    matrix = [[Fraction(0)] * len(judges) for _ in judges]
    right = [Fraction(0)] * len(judges)
    for row in table.values():
        mean, share = mean_of(list(row.values())), Fraction(1, len(row))
        for judge, points in row.items():
            at = place[judge]
            matrix[at][at] += 1
            right[at] += mean - points
            for other in row:
                matrix[at][place[other]] -= share
    for at in range(len(judges)):
        matrix[at][at] += shrink
    if not shrink:
        matrix[-1], right[-1] = [Fraction(1)] * len(judges), Fraction(0)
    return dict(zip(judges, solve(matrix, right), strict=True))


def _adjusted(
    case: str, part: int, row: Mapping[str, Fraction], severity: Mapping[str, Fraction], errors: Errors
) -> AdjustedCase:
    mean = mean_of(list(row.values()))
    return AdjustedCase(
        case, part, len(row), mean, mean + mean_of([severity[judge] for judge in row]), errors.cases.get(case)
    )


def _sentences(parts: Sequence[Sequence[str]]) -> Iterable[str]:
    if len(parts) > 1:
        yield (
            f"评分分成互不相连的 {len(parts)} 部分，没有专家同时评过不同部分的案例；"
            "各部分之间的校正分不可比较，请增加交叉评分或由全体专家评定同一校准案例。"
        )
        for number, part in enumerate(parts, start=1):
            yield f"第 {number} 部分：{'、'.join(part)}。"
