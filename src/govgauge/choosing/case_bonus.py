"""The bonus that cases earn their subjects, exact and capped (ten points in the systems of 2017, 2020 and 2025)."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.marks import FULL
from govgauge.choosing.selection import RankedCase
from govgauge.choosing.unusable import UnusableChoice
from govgauge.scoring.bonus import best_cases
from govgauge.word_enum import WordEnum


class Earning(WordEnum):
    """What a case earns."""

    BEST = "best"
    """The best cases of a subject are summed, chosen or not: cap × their totals ÷ full (2017 report, part two)."""
    CHOSEN = "chosen"
    """Each chosen case earns `per_case` (2025 report, chapter on the selection of cases)."""
    POSITION = "position"
    """Each chosen case earns by its rank."""
    TOTAL = "total"
    """Each chosen case earns `per_case` × its total ÷ 100: where votes are the total, by its votes."""


class RankPoints(Struct, frozen=True):
    """What a chosen case earns down to the rank `to`, included."""

    to: int
    points: Decimal


class BonusRule(Struct, frozen=True):
    """How a bonus is earned; at most `cap` points a subject. `best` cases count, `full` total points of theirs make the
    whole bonus (None: 100 each); `positions` from the best rank down; beyond the last one nothing is earned."""

    by: Earning
    cap: Decimal = Decimal(10)
    best: int = 3
    full: Fraction | None = None
    per_case: Decimal = Decimal(0)
    positions: tuple[RankPoints, ...] = ()


class CaseEarned(Struct, frozen=True):
    """What a case adds before the cap, in bonus points."""

    case: str
    points: Fraction


class SubjectBonus(Struct, frozen=True):
    """A subject's bonus points, what they came from (the most first), and whether the cap took something off."""

    subject: str
    points: Fraction
    cases: tuple[CaseEarned, ...]
    capped: bool

    def index(self, cap: Decimal) -> Fraction:
        """The bonus as index 0…1, the form in which scoring takes it."""
        return self.points / Fraction(cap)


def bonuses(cases: Iterable[RankedCase], rule: BonusRule) -> list[SubjectBonus]:
    """The bonus of every subject that has a case, also at 0, in the order of subjects. Raises UnusableChoice."""
    _check(rule)
    held: dict[str, list[RankedCase]] = defaultdict(list)
    for case in cases:
        held[case.total.subject].append(case)
    return [_bonus(subject, held[subject], rule) for subject in sorted(held)]


def _bonus(subject: str, cases: list[RankedCase], rule: BonusRule) -> SubjectBonus:
    cap = Fraction(rule.cap)
    earned = sorted(
        (CaseEarned(case.total.case, points) for case in cases if (points := _earned(case, rule))),
        key=lambda one: (-one.points, one.case),
    )
    if rule.by is Earning.BEST:
        earned = earned[: rule.best]
        points = cap * best_cases(
            [case.total.total for case in cases if case.total.total is not None], rule.best, _full(rule)
        )
    else:
        points = min(cap, sum((one.points for one in earned), Fraction(0)))
    return SubjectBonus(subject, points, tuple(earned), sum((one.points for one in earned), Fraction(0)) > points)


def _earned(case: RankedCase, rule: BonusRule) -> Fraction:
    total = case.total.total
    if total is None or not (case.chosen or rule.by is Earning.BEST):
        return Fraction(0)
    match rule.by:
        case Earning.BEST:
            return Fraction(rule.cap) * total / _full(rule)
        case Earning.CHOSEN:
            return Fraction(rule.per_case)
        case Earning.TOTAL:
            return Fraction(rule.per_case) * total / FULL
        case Earning.POSITION:
            number = case.rank.number if case.rank else 0
            return Fraction(next((step.points for step in rule.positions if number <= step.to), Decimal(0)))


def _full(rule: BonusRule) -> Fraction:
    return Fraction(rule.best * FULL) if rule.full is None else rule.full


def _check(rule: BonusRule) -> None:
    steps = [step.to for step in rule.positions]
    if rule.cap <= 0 or rule.per_case < 0 or any(step.points < 0 for step in rule.positions):
        raise UnusableChoice("加分上限须大于 0，每个案例的分值不得小于 0，请改正本轮设置 (bonus points).")
    if rule.best < 1 or _full(rule) <= 0:
        raise UnusableChoice("计入加分的案例数和满分须大于 0，请改正本轮设置 (best cases and full bonus).")
    if steps != sorted(set(steps)):
        raise UnusableChoice("按名次加分的各档名次须逐档递增，请改正本轮设置 (ranks must increase).")
