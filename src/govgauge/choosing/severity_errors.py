"""How sure severities and adjusted points are: standard errors of the additive model, in points."""

from collections.abc import Mapping
from fractions import Fraction
from math import sqrt

import numpy as np
from msgspec import Struct

from govgauge.choosing.marks import mean_of


class Errors(Struct, frozen=True):
    """Standard errors in points by id; empty when there are no more scores than things to estimate."""

    cases: Mapping[str, float]
    judges: Mapping[str, float]


def standard_errors(
    table: Mapping[str, Mapping[str, Fraction]], severity: Mapping[str, Fraction], shrink: Fraction
) -> Errors:
    """Errors of one connected part: `table` are points by case and judge.

    The variance of chance is the sum of squared residuals over (scores - cases - judges + 1). With S the judges'
    equations and M = (S + shrink · I)⁻¹ (the pseudo-inverse at 0), severities have the covariance v · M S M, and a case
    with n judges has the variance v · (1/n + w M S M w'), w being 1/n for each of its judges.
    """
    judges = sorted(severity)
    place = {judge: at for at, judge in enumerate(judges)}
    freedom = sum(len(row) for row in table.values()) - len(table) - len(judges) + 1
    if freedom <= 0:
        return Errors({}, {})
    design = np.zeros((len(table), len(judges)))
    squares = Fraction(0)
    for at, row in enumerate(table.values()):
        case = mean_of([points + severity[judge] for judge, points in row.items()])
        squares += sum(((points + severity[judge] - case) ** 2 for judge, points in row.items()), Fraction(0))
        for judge in row:
            design[at, place[judge]] = 1
    sizes = design.sum(axis=1)
    shares = design / sizes[:, None]
    equations = np.diag(design.sum(axis=0)) - design.T @ shares
    inverse = (
        np.linalg.inv(equations + float(shrink) * np.eye(len(judges)))
        if shrink
        else np.linalg.pinv(equations, hermitian=True)
    )
    covariance = inverse @ equations @ inverse
    chance = float(squares / freedom)
    of_cases = chance * (1 / sizes + np.einsum("ij,jk,ik->i", shares, covariance, shares))
    of_judges = chance * np.diag(covariance)
    return Errors(
        {case: sqrt(max(0.0, float(variance))) for case, variance in zip(table, of_cases, strict=True)},
        {judge: sqrt(max(0.0, float(variance))) for judge, variance in zip(judges, of_judges, strict=True)},
    )
