"""Which cases are chosen: the first of each pool, with the round's answer to ties at the last place."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256

from msgspec import Struct

from govgauge.choosing.totals import CaseTotal, Pool, pool_of
from govgauge.choosing.unusable import UnusableChoice
from govgauge.scoring.ranks import Rank, ranks_of_keys
from govgauge.systems.ranking import Ties
from govgauge.word_enum import WordEnum


class TieBreak(WordEnum):
    """What is looked at when cases with equal totals do not all fit."""

    EXPERTS = "experts"
    """Higher points of the experts."""
    PUBLIC = "public"
    """Higher points of the public."""
    FIRST_CHOICES = "first-choices"
    """More ballots on which the case stands first."""
    LOT = "lot"
    """The smaller SHA-256 of seed, line feed and id of the case: anybody can draw the lot again."""


class Remaining(WordEnum):
    """What becomes of cases that are still equal, and do not all fit."""

    ALL_IN = "all-in"
    NONE_IN = "none-in"


class ChoiceRule(Struct, frozen=True):
    """How many cases of each pool are chosen: `places` by the name of the pool, `first` of every other.

    Only cases with at least `minimum` points can be; one at 0 never is. `seed` is the published word that lots are
    drawn with: it must be fixed before anybody knows the result, and by nobody alone. `ties` numbers equal ranks.
    """

    first: int = 0
    places: Mapping[str, int] = {}
    pool: Pool = Pool.ALL
    minimum: Fraction | None = None
    tie_breaks: tuple[TieBreak, ...] = ()
    remaining: Remaining = Remaining.ALL_IN
    seed: str = ""
    ties: Ties = Ties.COMPETITION


class Ended(WordEnum):
    """Why a case is chosen or not."""

    PLACE = "place"
    TIE_BROKEN_FOR = "tie-broken-for"
    TIE_ALL_IN = "tie-all-in"
    BELOW_MINIMUM = "below-minimum"
    NO_POINTS = "no-points"
    BEYOND = "beyond"
    TIE_BROKEN_AGAINST = "tie-broken-against"
    TIE_NONE_IN = "tie-none-in"
    OPEN = "open"

    @property
    def chosen(self) -> bool:
        """Whether the case is chosen."""
        return self in {Ended.PLACE, Ended.TIE_BROKEN_FOR, Ended.TIE_ALL_IN}


class RankedCase(Struct, frozen=True):
    """A case with its rank in its pool (None while it has no total), and how it ended. `by` is what broke the tie."""

    total: CaseTotal
    pool: str
    rank: Rank | None
    ended: Ended
    by: TieBreak | None = None

    @property
    def chosen(self) -> bool:
        """Whether the case is chosen."""
        return self.ended.chosen


def select(cases: Iterable[CaseTotal], rule: ChoiceRule) -> list[RankedCase]:
    """Every case with rank and outcome: pools by name, in each the best first, equal ones by id, open ones last.

    Raises UnusableChoice for negative numbers of places, and for lots without a seed.
    """
    _check(rule)
    pools: dict[str, list[CaseTotal]] = {}
    for case in sorted(cases, key=lambda one: one.case):
        pools.setdefault(pool_of(case, rule.pool), []).append(case)
    return [ranked for name in sorted(pools) for ranked in _in_pool(name, pools[name], rule)]


def lot(seed: str, case: str) -> str:
    """What a case draws: hexadecimal, the smaller one wins."""
    return sha256(f"{seed}\n{case}".encode()).hexdigest()


def _in_pool(name: str, cases: Sequence[CaseTotal], rule: ChoiceRule) -> list[RankedCase]:
    known = sorted((case for case in cases if case.total is not None), key=lambda one: -(one.total or 0))
    ranks = ranks_of_keys([case.total for case in known if case.total is not None], rule.ties)
    ended = _ended(known, rule.places.get(name, rule.first), rule)
    return [
        *(RankedCase(case, name, rank, *ended[case.case]) for case, rank in zip(known, ranks, strict=True)),
        *(RankedCase(case, name, None, Ended.OPEN) for case in cases if case.total is None),
    ]


def _ended(known: Sequence[CaseTotal], places: int, rule: ChoiceRule) -> dict[str, tuple[Ended, TieBreak | None]]:
    """How each case of a pool, the best first, ends."""
    ended: dict[str, tuple[Ended, TieBreak | None]] = {}
    fit: list[CaseTotal] = []
    for case in known:
        if not case.total:
            ended[case.case] = (Ended.NO_POINTS, None)
        elif rule.minimum is not None and case.total < rule.minimum:
            ended[case.case] = (Ended.BELOW_MINIMUM, None)
        else:
            fit.append(case)
    last = fit[places - 1].total if 0 < places <= len(fit) else None
    tied = [case for case in fit if case.total == last]
    above = sum(last is not None and case.total is not None and case.total > last for case in fit)
    for at, case in enumerate(fit):
        ended[case.case] = (Ended.PLACE if at < places else Ended.BEYOND, None)
    if len(tied) > places - above:
        ended.update(_broken(tied, places - above, rule))
    return ended


def _broken(tied: Sequence[CaseTotal], places: int, rule: ChoiceRule) -> dict[str, tuple[Ended, TieBreak | None]]:
    """Equal cases of which only some fit: one criterion after the other takes out who is better and who is worse."""
    ended: dict[str, tuple[Ended, TieBreak | None]] = {}
    left, free = list(tied), places
    for criterion in rule.tie_breaks:
        keys = {case.case: _key(case, criterion, rule.seed) for case in left}
        bound = sorted(keys.values(), reverse=True)[free - 1]
        better = [case for case in left if keys[case.case] > bound]
        equal = [case for case in left if keys[case.case] == bound]
        ended.update({case.case: (Ended.TIE_BROKEN_FOR, criterion) for case in better})
        ended.update({case.case: (Ended.TIE_BROKEN_AGAINST, criterion) for case in left if keys[case.case] < bound})
        left, free = equal, free - len(better)
        if len(left) == free:
            return ended | {case.case: (Ended.TIE_BROKEN_FOR, criterion) for case in left}
    rest = Ended.TIE_ALL_IN if rule.remaining is Remaining.ALL_IN else Ended.TIE_NONE_IN
    return ended | {case.case: (rest, None) for case in left}


def _key(case: CaseTotal, criterion: TieBreak, seed: str) -> Fraction:
    """The greater, the better."""
    match criterion:
        case TieBreak.EXPERTS:
            return case.experts or Fraction(0)
        case TieBreak.PUBLIC:
            return case.public or Fraction(0)
        case TieBreak.FIRST_CHOICES:
            return Fraction(case.first_choices)
        case TieBreak.LOT:
            return Fraction(-int(lot(seed, case.case), 16))


def _check(rule: ChoiceRule) -> None:
    if rule.first < 0 or any(number < 0 for number in rule.places.values()):
        raise UnusableChoice("入选名额不得小于 0，请改正本轮设置 (negative number of places).")
    if TieBreak.LOT in rule.tie_breaks and not rule.seed.strip():
        raise UnusableChoice("抽签须有事先公布的种子，请填写 (lots need a published seed).")
