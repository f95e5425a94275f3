"""What is at stake: how many points each check loses, and what every single finding costs."""

from fractions import Fraction

from msgspec import Struct

from govgauge.scoring.scored import Node, Scored, ScoredCheck


class Stake(Struct, frozen=True):
    """Points that hang on one check. `lost` come back when all its findings are mended, `open` are not decided yet.

    `per_finding` is the equal part of `lost` that one finding costs; 0 where none was counted.
    """

    check: str
    indicator: str
    text: str
    audit: str | None
    weight: Fraction
    lost: Fraction
    open: Fraction
    findings: int

    @property
    def per_finding(self) -> Fraction:
        return self.lost / self.findings if self.findings else Fraction(0)


def points_at_stake(scored: Scored) -> list[Stake]:
    """One stake for each check that loses points or is open: most points lost first, then most open."""
    stakes = [_stake(leaf, check) for leaf, check in scored.checks() if check.high < check.weight or not check.answered]
    return sorted(stakes, key=lambda stake: (-stake.lost, -stake.open, stake.check))


def stake_of_audit(scored: Scored) -> dict[str, Fraction]:
    """Points that each audit's findings cost in all, over every check that rests on it."""
    lost: dict[str, Fraction] = {}
    for _, check in scored.checks():
        if check.audit is not None and check.lost:
            lost[check.audit] = lost.get(check.audit, Fraction(0)) + check.lost
    return lost


def stake_of_finding(scored: Scored) -> dict[str, Fraction]:
    """Points that one finding of each audit costs: every check splits what it loses evenly among its findings."""
    each: dict[str, Fraction] = {}
    for _, check in scored.checks():
        if check.audit is not None and check.lost and check.findings:
            each[check.audit] = each.get(check.audit, Fraction(0)) + check.lost / check.findings
    return each


def _stake(leaf: Node, check: ScoredCheck) -> Stake:
    return Stake(
        check=check.id,
        indicator=leaf.code,
        text=check.text,
        audit=check.audit,
        weight=check.weight,
        lost=check.lost,
        open=check.high - check.low,
        findings=check.findings,
    )
