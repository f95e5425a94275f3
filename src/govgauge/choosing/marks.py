"""From levels to points: one person's score of a case, and the mean over at least two people."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise

from msgspec import Struct

from govgauge.choosing.rubric import Rubric, check_weights
from govgauge.choosing.unusable import UnusableChoice

FULL = 100
"""Points of a case that is on the highest level everywhere."""
AT_LEAST_TWO = 2
"""People who must have scored a case before it has a mean."""


class Mark(Struct, frozen=True):
    """The levels that a person gave a case, by code of the aspect; an aspect that is absent was not judged."""

    case: str
    judge: str
    levels: Mapping[str, int]


class PersonScore(Struct, frozen=True):
    """A person's points for a case, 0…100. `points` is None while an aspect that has weight lacks its level;
    `low` and `high` are the points if the missing levels were all the lowest, or all the highest."""

    case: str
    judge: str
    points: Fraction | None
    low: Fraction
    high: Fraction
    missing: tuple[str, ...]


class CaseScore(Struct, frozen=True):
    """What all people together say of a case, in points 0…100.

    `mean` is None while fewer people than needed have scored it completely. `spread` is the highest minus the lowest
    complete score, `apart` whether it reaches the bound from which the people talk with each other. `by_dimension`
    are mean points 0…100 over all who gave the aspect a level. `missing` says what is to be done, a sentence each.
    """

    case: str
    scores: tuple[PersonScore, ...]
    mean: Fraction | None
    spread: Fraction | None
    apart: bool
    by_dimension: Mapping[str, Fraction]
    missing: tuple[str, ...]


def person_score(scale: Rubric, weights: Mapping[str, Decimal], mark: Mark) -> PersonScore:
    """points = 100 × Σ weight × (level - lowest) / (highest - lowest) / Σ weight.

    Raises UnusableChoice for a level or an aspect that the rubric does not have.
    """
    check_weights(scale, weights)
    _check_levels(scale, mark)
    total = sum(Fraction(weight) for weight in weights.values())
    missing = tuple(code for code in scale.codes if code not in mark.levels and weights[code])
    low = sum(
        (Fraction(weights[code]) * level_points(scale, level) for code, level in mark.levels.items()), Fraction(0)
    )
    open_weight = sum((Fraction(weights[code]) for code in missing), Fraction(0))
    high = low + open_weight * FULL
    return PersonScore(mark.case, mark.judge, None if missing else low / total, low / total, high / total, missing)


def level_points(scale: Rubric, level: int) -> Fraction:
    """A level as points 0…100: the lowest is 0, the highest 100, those between are evenly spaced."""
    return Fraction(FULL * (level - scale.lowest), scale.highest - scale.lowest)


def case_scores(
    scale: Rubric,
    weights: Mapping[str, Decimal],
    marks: Iterable[Mark],
    *,
    needed: int = AT_LEAST_TWO,
    apart_from: Fraction | None = None,
) -> list[CaseScore]:
    """The mean of each case that was marked, in the order of their ids.

    `needed`: complete scores that a mean rests on, at least two. `apart_from`: spread in points from which people are
    far apart; None asks for nothing. A person's two marks of one case are refused: the later one replaces the other
    before it comes here. Raises UnusableChoice.
    """
    if needed < AT_LEAST_TWO:
        raise UnusableChoice(f"每个案例至少由两人评分，不能设为 {needed} 人，请改正 (at least two people a case).")
    ordered = sorted(marks, key=lambda mark: (mark.case, mark.judge))
    for one, other in pairwise(ordered):
        if (one.case, one.judge) == (other.case, other.judge):
            raise UnusableChoice(f"{one.judge} 对案例 {one.case} 评了两次，请只保留一次 (scored twice by one person).")
    return [_case_score(scale, weights, list(held), needed, apart_from) for _, held in groupby(ordered, _case)]


def _case_score(
    scale: Rubric, weights: Mapping[str, Decimal], marks: Sequence[Mark], needed: int, apart_from: Fraction | None
) -> CaseScore:
    scores = [person_score(scale, weights, mark) for mark in marks]
    points = [score.points for score in scores if score.points is not None]
    spread = max(points) - min(points) if len(points) >= AT_LEAST_TWO else None
    missing = [
        f"{score.judge} 尚未评定：{'、'.join(_name(scale, code) for code in score.missing)}。"
        for score in scores
        if score.missing
    ]
    if len(points) < needed:
        missing.append(f"还需 {needed - len(points)} 人完成评分。")
    return CaseScore(
        marks[0].case,
        tuple(scores),
        mean_of(points) if len(points) >= needed else None,
        spread,
        spread is not None and apart_from is not None and spread >= apart_from,
        {
            code: mean_of([level_points(scale, mark.levels[code]) for mark in marks if code in mark.levels])
            for code in scale.codes
            if any(code in mark.levels for mark in marks)
        },
        tuple(missing),
    )


def mean_of(points: Sequence[Fraction]) -> Fraction:
    """The exact mean of at least one number."""
    return sum(points, Fraction(0)) / len(points)


def _case(mark: Mark) -> str:
    return mark.case


def _name(scale: Rubric, code: str) -> str:
    return next(dimension.zh for dimension in scale.dimensions if dimension.code == code)


def _check_levels(scale: Rubric, mark: Mark) -> None:
    for code, level in mark.levels.items():
        if code not in scale.codes:
            raise UnusableChoice(
                f"{mark.judge} 对案例 {mark.case} 的评分中，量表没有“{code}”这一方面，请核对 (no such dimension)."
            )
        if not scale.lowest <= level <= scale.highest:
            raise UnusableChoice(
                f"{mark.judge} 对案例 {mark.case} 的“{_name(scale, code)}”评了 {level} 级；"
                f"请在 {scale.lowest} 至 {scale.highest} 级中选择 (no such level)."
            )
