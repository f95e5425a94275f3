"""What comes of the papers of a call: totals, chosen cases, bonuses, and lines by which anybody can reckon again."""

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.case_bonus import BonusRule, Earning, SubjectBonus, bonuses
from govgauge.choosing.result import Result, case_lines
from govgauge.choosing.selection import ChoiceRule, RankedCase, Remaining, TieBreak, select
from govgauge.choosing.totals import PartRule, Pool, Scaling, Shares, Standing, totals
from govgauge.office.case_papers import Papers
from govgauge.office.case_rules import Bonus, BonusMode, CaseSettings, PanelMode, Ties


class Outcome(Struct, frozen=True):
    """The result with each case's lines, by the case's name."""

    result: Result
    lines: dict[str, list[str]]


def outcome(papers: Papers) -> Outcome:
    """The result of a call's papers: cases of a family are held against each other. Raises UnusableChoice."""
    rules = papers.rules
    families = {category.slug: category.family for category in rules.categories}
    standings = {
        name: Standing(
            case=name,
            subject=str(case.entry_id),
            category=case.category,
            group=families.get(case.category, ""),
            experts=papers.experts.get(name),
            public=papers.public.get(name),
        )
        for name, case in papers.cases.items()
    }
    shares = _shares(papers)
    found = totals(standings.values(), shares)
    choices = {family: _choice(rules, family) for family in sorted({one.group for one in standings.values()})}
    ranked: list[RankedCase] = []
    for family, choice in choices.items():
        ranked += select([case for case in found.cases if case.group == family], choice)
    rule = bonus_rule(rules.bonus)
    result = Result(found, tuple(ranked), tuple(bonuses(ranked, rule)) if rule else ())
    lines = {
        one.total.case: case_lines(standings[one.total.case], one, result, shares, choices[one.total.group])
        for one in ranked
    }
    return Outcome(result, lines)


def bonus_rule(bonus: Bonus) -> BonusRule | None:
    """The bonus as the arithmetic takes it; None where cases add nothing."""
    match bonus.mode:
        case BonusMode.BEST:
            return BonusRule(by=Earning.BEST, cap=bonus.full, best=bonus.best)
        case BonusMode.CHOSEN:
            return BonusRule(by=Earning.CHOSEN, cap=bonus.full, per_case=bonus.per_case)
        case BonusMode.NONE:
            return None


def index_of(bonus: SubjectBonus, rules: CaseSettings) -> Decimal:
    """A subject's bonus as the answer of a check, 0…1 at six decimals, half up."""
    share: Fraction = bonus.index(rules.bonus.full)
    return Decimal(int(share * 10**6 + Fraction(1, 2))).scaleb(-6)


def _shares(papers: Papers) -> Shares:
    public = papers.rules.public_share
    scaling = Scaling.POINTS if papers.rules.panel_mode is PanelMode.SCORES else Scaling.LARGEST
    return Shares(PartRule(1 - public, scaling), PartRule(public, Scaling.LARGEST), Pool.GROUP)


def _choice(rules: CaseSettings, family: str) -> ChoiceRule:
    limit = next((one for one in rules.chosen if one.family == family), None)
    breaks = {Ties.EXPERTS: (TieBreak.EXPERTS,), Ties.LOT: (TieBreak.LOT,)}
    return ChoiceRule(
        places={family: limit.most if limit else 0},
        pool=Pool.GROUP,
        minimum=Fraction(limit.least_total) if limit and limit.least_total else None,
        tie_breaks=breaks.get(rules.ties, ()),
        remaining=Remaining.NONE_IN if rules.ties is Ties.NONE else Remaining.ALL_IN,
        seed=rules.lot_seed,
    )
