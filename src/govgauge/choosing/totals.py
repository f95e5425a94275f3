"""A case's total 0…100 from what experts and the public gave it, by the shares of the round."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from govgauge.choosing.unusable import UnusableChoice
from govgauge.word_enum import WordEnum

FULL = 100


class Scaling(WordEnum):
    """How what was given becomes points 0…100. Neither way depends on how many cases there are or how they spread."""

    LARGEST = "largest"
    """100 × votes ÷ the most votes that a case of the same pool has."""
    BALLOTS = "ballots"
    """100 × votes ÷ ballots that chose anything: the share of voters who want the case."""
    POINTS = "points"
    """Points 0…100 already, such as the mean of a rubric."""


class Pool(WordEnum):
    """The cases that are held against each other."""

    ALL = "all"
    CATEGORY = "category"
    GROUP = "group"
    BOTH = "category-and-group"


class Standing(Struct, frozen=True):
    """A case and what it was given: votes or points, by the scaling of each part; None where nobody could give any.

    `first_choices`: ballots of experts on which it stands first, where choices are ranked.
    """

    case: str
    subject: str
    category: str = ""
    group: str = ""
    experts: Fraction | None = None
    public: Fraction | None = None
    first_choices: int = 0


class PartRule(Struct, frozen=True):
    """The share of a part (any unit; shares count by their sum), and how its votes become points. `ballots` is the
    number of valid ballots, which the scaling `ballots` needs."""

    share: Decimal
    scaling: Scaling = Scaling.LARGEST
    ballots: int = 0


class Shares(Struct, frozen=True):
    """What counts how much, and within which pool the largest number of votes is sought."""

    experts: PartRule
    public: PartRule
    pool: Pool = Pool.ALL


class CaseTotal(Struct, frozen=True):
    """Points 0…100 of a case. A part that was not held is None and its share has gone to the other one; `total` is None
    where a part was held but has nothing for this case: it cannot be ranked until that is settled."""

    case: str
    subject: str
    category: str
    group: str
    experts: Fraction | None
    public: Fraction | None
    total: Fraction | None
    first_choices: int


class Totals(Struct, frozen=True):
    """All cases in the order of their ids, the weights that really held (their sum is 1, or both are 0), and what is to
    be said about parts and cases."""

    cases: tuple[CaseTotal, ...]
    experts: Fraction
    public: Fraction
    sentences: tuple[str, ...]


def totals(standings: Iterable[Standing], shares: Shares) -> Totals:
    """total = (share of experts × their points + share of the public × its points) ÷ both shares.

    A part that gave no case anything (no panel, no public vote, no valid ballot) is taken as not held: the other part
    counts in full. Where neither was held no case has a total. Raises UnusableChoice.
    """
    entered = sorted(standings, key=lambda one: one.case)
    _check(entered, shares)
    experts = _points(entered, [one.experts for one in entered], shares.experts, shares.pool)
    public = _points(entered, [one.public for one in entered], shares.public, shares.pool)
    weights = (_weight(experts, shares.experts), _weight(public, shares.public))
    whole = sum(weights, Fraction(0))
    held_weights = tuple(weight / whole for weight in weights) if whole else weights
    cases = tuple(
        CaseTotal(
            one.case,
            one.subject,
            one.category,
            one.group,
            by_experts,
            by_public,
            _total((by_experts, by_public), held_weights),
            one.first_choices,
        )
        for one, by_experts, by_public in zip(entered, experts, public, strict=True)
    )
    return Totals(cases, held_weights[0], held_weights[1], tuple(_sentences(cases, shares, held_weights)))


def pool_of(case: CaseTotal | Standing, pool: Pool) -> str:
    """The name of the pool that a case is in."""
    match pool:
        case Pool.ALL:
            return ""
        case Pool.CATEGORY:
            return case.category
        case Pool.GROUP:
            return case.group
        case Pool.BOTH:
            return f"{case.category} / {case.group}"


def _points(
    entered: Sequence[Standing], given: Sequence[Fraction | None], rule: PartRule, pool: Pool
) -> list[Fraction | None]:
    """Points of each case from one part; None everywhere when the part was not held."""
    if not any(given) and (rule.scaling is not Scaling.POINTS or all(one is None for one in given)):
        return [None] * len(given)
    match rule.scaling:
        case Scaling.POINTS:
            return list(given)
        case Scaling.BALLOTS:
            return [None if one is None else one * FULL / rule.ballots for one in given]
        case Scaling.LARGEST:
            most: dict[str, Fraction] = {}
            for case, one in zip(entered, given, strict=True):
                name = pool_of(case, pool)
                most[name] = max(most.get(name, Fraction(0)), one or Fraction(0))
            return [
                None if one is None else one * FULL / (most[pool_of(case, pool)] or 1)
                for case, one in zip(entered, given, strict=True)
            ]


def _weight(points: Sequence[Fraction | None], rule: PartRule) -> Fraction:
    return Fraction(rule.share) if any(one is not None for one in points) else Fraction(0)


def _total(points: Sequence[Fraction | None], weights: Sequence[Fraction]) -> Fraction | None:
    counted = [(one, weight) for one, weight in zip(points, weights, strict=True) if weight]
    if not counted or any(one is None for one, _ in counted):
        return None
    return sum((one * weight for one, weight in counted if one is not None), Fraction(0))


def _sentences(cases: Sequence[CaseTotal], shares: Shares, weights: Sequence[Fraction]) -> Iterable[str]:
    wanted: Mapping[str, tuple[PartRule, Fraction]] = {
        "专家": (shares.experts, weights[0]),
        "公众": (shares.public, weights[1]),
    }
    absent = [name for name, (rule, weight) in wanted.items() if rule.share and not weight]
    if cases and not any(weights):
        yield "没有专家评分，也没有公众有效票，无法得出结果。"
        return
    for name in absent:
        yield f"{name}部分没有进行或没有有效票，其权重全部转给另一部分。"
    for case in cases:
        if case.total is None:
            yield f"案例 {case.case} 尚缺一部分的评分，暂不排名。"


def _check(entered: Sequence[Standing], shares: Shares) -> None:
    names = [one.case for one in entered]
    twice = next((one for one, other in pairwise(names) if one == other), None)
    if twice is not None:
        raise UnusableChoice(f"案例 {twice} 出现两次，请核对候选名单 (a case occurs twice).")
    for name, rule, given in (
        ("专家", shares.experts, [one.experts for one in entered]),
        ("公众", shares.public, [one.public for one in entered]),
    ):
        if not rule.share.is_finite() or rule.share < 0:
            raise UnusableChoice(f"{name}部分的权重 {rule.share} 不得小于 0，请改正本轮设置 (negative share).")
        most = {Scaling.POINTS: Fraction(FULL), Scaling.BALLOTS: Fraction(rule.ballots)}.get(rule.scaling)
        for case, one in zip(names, given, strict=True):
            if one is not None and (one < 0 or (most is not None and one > most)):
                bound = "" if most is None else f"、大于 {most}"
                raise UnusableChoice(f"案例 {case} 的{name}得分 {one} 小于 0{bound}，请核对计票 (out of range).")
    if not shares.experts.share + shares.public.share:
        raise UnusableChoice("专家和公众的权重不能都为 0，请改正本轮设置 (both shares are zero).")
