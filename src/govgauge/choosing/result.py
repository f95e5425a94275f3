"""From what was given to what is announced: totals, chosen cases, bonus, and lines that let anybody recompute them."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from govgauge.choosing.case_bonus import BonusRule, Earning, SubjectBonus, bonuses
from govgauge.choosing.selection import ChoiceRule, Ended, RankedCase, TieBreak, lot, select
from govgauge.choosing.totals import PartRule, Scaling, Shares, Standing, Totals, totals

SHOWN_DECIMALS = 4
BREAKS = {
    TieBreak.EXPERTS: "专家部分得分",
    TieBreak.PUBLIC: "公众部分得分",
    TieBreak.FIRST_CHOICES: "首选票数",
    TieBreak.LOT: "抽签",
}


class Result(Struct, frozen=True):
    """Everything that follows from the standings; `cases` as `selection.select` orders them."""

    totals: Totals
    cases: tuple[RankedCase, ...]
    bonuses: tuple[SubjectBonus, ...]

    @property
    def chosen(self) -> tuple[RankedCase, ...]:
        """The chosen cases, the best of each pool first."""
        return tuple(case for case in self.cases if case.chosen)


def decide(standings: Iterable[Standing], shares: Shares, choice: ChoiceRule, bonus: BonusRule) -> Result:
    """The result of a round. The same whatever the order of standings. Raises UnusableChoice."""
    found = totals(standings, shares)
    cases = select(found.cases, choice)
    return Result(found, tuple(cases), tuple(bonuses(cases, bonus)))


def case_lines(standing: Standing, ranked: RankedCase, result: Result, shares: Shares, choice: ChoiceRule) -> list[str]:
    """How a case came to its points and its end, a sentence a line, exact."""
    case = ranked.total
    lines = [
        _part("专家", standing.experts, case.experts, shares.experts),
        _part("公众", standing.public, case.public, shares.public),
    ]
    if case.total is None:
        return [*lines, "尚缺一部分的评分，暂不排名。"]
    parts = [
        f"{exact(weight)} × {exact(points)}"
        for weight, points in ((result.totals.experts, case.experts), (result.totals.public, case.public))
        if weight and points is not None
    ]
    where = f"“{ranked.pool}”中" if ranked.pool else ""
    label = ranked.rank.label if ranked.rank else ""
    lines.append(f"总分 = {' + '.join(parts)} = {exact(case.total)}，{where}第 {label} 名。")
    return [*lines, _ended(ranked, choice)]


def bonus_lines(bonus: SubjectBonus, rule: BonusRule) -> list[str]:
    """How a subject came to its bonus, a sentence a line, exact."""
    lines = [f"案例 {one.case} 得 {exact(one.points)} 分。" for one in bonus.cases]
    if rule.by is Earning.BEST:
        full = Fraction(rule.best * 100) if rule.full is None else rule.full
        lines.insert(0, f"得分最高的 {rule.best} 个案例计入，每个得 {rule.cap} × 总分 ÷ {exact(full)} 分。")
    capped = f"，超过上限，按 {exact(Fraction(rule.cap))} 分计" if bonus.capped else ""
    summed = sum((one.points for one in bonus.cases), Fraction(0))
    return [*lines, f"合计 {exact(summed)} 分{capped}。"]


def exact(value: Fraction) -> str:
    """A number in decimals where these end, else as a fraction with decimals behind it: 250/3（≈83.3333）."""
    if value.denominator == 1:
        return str(value.numerator)
    rounded = round(value, SHOWN_DECIMALS)
    scaled = Decimal(int(rounded * 10**SHOWN_DECIMALS)).scaleb(-SHOWN_DECIMALS)
    text = f"{scaled:f}".rstrip("0").rstrip(".")
    return text if rounded == value else f"{value}（≈{text}）"


def _part(name: str, given: Fraction | None, points: Fraction | None, rule: PartRule) -> str:
    if points is None or given is None:
        return f"{name}：没有评分。"
    if not points:
        return f"{name}：0 分。"
    match rule.scaling:
        case Scaling.POINTS:
            return f"{name}：{exact(points)} 分。"
        case Scaling.BALLOTS:
            return f"{name}：{exact(given)} 票，100 × {exact(given)} ÷ 有效票 {rule.ballots} 张 = {exact(points)} 分。"
        case Scaling.LARGEST:
            most = exact(given * 100 / points)
            return f"{name}：{exact(given)} 票，100 × {exact(given)} ÷ 最多票数 {most} = {exact(points)} 分。"


def _ended(ranked: RankedCase, choice: ChoiceRule) -> str:
    by = BREAKS[ranked.by] if ranked.by else ""
    drawn = f"（SHA-256，种子“{choice.seed}”，签值 {lot(choice.seed, ranked.total.case)[:16]}…）"
    broken = f"末位同分，按{by}{drawn if ranked.by is TieBreak.LOT else ''}"
    minimum = "" if choice.minimum is None else exact(choice.minimum)
    return {
        Ended.PLACE: "入选。",
        Ended.TIE_BROKEN_FOR: f"{broken}入选。",
        Ended.TIE_ALL_IN: "末位同分，同分者全部入选。",
        Ended.BELOW_MINIMUM: f"未达到最低分 {minimum}，未入选。",
        Ended.NO_POINTS: "得分为 0，未入选。",
        Ended.BEYOND: "名额之外，未入选。"
        if choice.places.get(ranked.pool, choice.first)
        else "没有定入选数，未入选。",
        Ended.TIE_BROKEN_AGAINST: f"{broken}未入选。",
        Ended.TIE_NONE_IN: "末位同分，同分者均不入选。",
        Ended.OPEN: "尚缺一部分的评分，暂不排名。",
    }[ranked.ended]
