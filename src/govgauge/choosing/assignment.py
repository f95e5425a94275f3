"""Who judges which case: so many experts a case, even loads, fields matched, nobody where a conflict is.

Four aims, one before the other: as few places without an expert as can be, and these spread evenly; loads as even as
can be; one connected design, without which judges' severity cannot be told from their cases; fields matched. What is
left open is drawn by the seed, so that the same input gives the same plan whatever its order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from msgspec import Struct

from govgauge.choosing.assignment_program import Places, solve
from govgauge.choosing.unusable import UnusableChoice
from govgauge.word_enum import WordEnum

Pair = tuple[str, str]
"""A case and a judge."""


class Fields(WordEnum):
    """What a case's field asks of its judges."""

    IGNORED = "ignored"
    PREFERRED = "preferred"
    REQUIRED = "required"


class CaseToJudge(Struct, frozen=True):
    """A case and its field; an empty field suits everybody."""

    case: str
    field: str = ""


class Judge(Struct, frozen=True):
    """An expert with the declared fields (none: suits every case), and how many cases they take at most."""

    judge: str
    fields: frozenset[str] = frozenset()
    most: int | None = None


class Short(Struct, frozen=True):
    """A case that could not get as many experts as wanted, and the reason as a sentence."""

    case: str
    has: int
    wanted: int
    sentence: str


class Plan(Struct, frozen=True):
    """Pairs in the order of cases and judges; loads of all judges, also 0. `parts` numbers the groups of cases that no
    judge joins; with more than one, `sentences` say so. `mismatched`: pairs outside a judge's fields."""

    pairs: tuple[Pair, ...]
    loads: Mapping[str, int]
    short: tuple[Short, ...]
    parts: int
    mismatched: tuple[Pair, ...]
    sentences: tuple[str, ...]

    @property
    def spread(self) -> int:
        """The largest load minus the smallest."""
        return max(self.loads.values(), default=0) - min(self.loads.values(), default=0)


def assign(
    cases: Iterable[CaseToJudge],
    judges: Iterable[Judge],
    each: int,
    *,
    barred: Set[Pair] = frozenset(),
    fields: Fields = Fields.PREFERRED,
    kept: Set[Pair] = frozenset(),
    seed: str = "",
) -> Plan:
    """`each` experts a case. `barred` are never assigned; `kept` stay as they are, such as what is judged already.

    Raises UnusableChoice for ids that occur twice, for a kept pair that is barred or unknown, and for impossible
    numbers. 130 cases among 12 experts take a tenth of a second, 600 among 60 some seconds.
    """
    todo = sorted(cases, key=lambda one: one.case)
    panel = sorted(judges, key=lambda one: one.judge)
    _check(todo, panel, each, barred, kept)
    allowed = [
        (one.case, other.judge)
        for one in todo
        for other in panel
        if (one.case, other.judge) in kept
        or ((one.case, other.judge) not in barred and (fields is not Fields.REQUIRED or _suits(one, other)))
    ]
    outside = _outside(todo, panel) if fields is not Fields.IGNORED else frozenset()
    limits = {one.judge: len(todo) if one.most is None else one.most for one in panel}
    places = Places(limits, tuple(allowed), each, outside, frozenset(kept), seed)
    pairs, parts = solve(places)
    loads = Counter({one.judge: 0 for one in panel})
    loads.update(judge for _, judge in pairs)
    has = Counter(case for case, _ in pairs)
    short = tuple(
        Short(
            one.case,
            has[one.case],
            each,
            _why(one, panel, has[one.case], each, barred=barred, fields=fields, loads=loads),
        )
        for one in todo
        if has[one.case] < each
    )
    return Plan(
        tuple(pairs),
        {one.judge: loads[one.judge] for one in panel},
        short,
        len(parts),
        tuple(pair for pair in pairs if pair in outside),
        tuple(_sentences(short, parts)),
    )


def _suits(case: CaseToJudge, judge: Judge) -> bool:
    return not case.field or not judge.fields or case.field in judge.fields


def _outside(cases: Sequence[CaseToJudge], judges: Sequence[Judge]) -> frozenset[Pair]:
    return frozenset((one.case, other.judge) for one in cases for other in judges if not _suits(one, other))


def _why(
    case: CaseToJudge,
    judges: Sequence[Judge],
    has: int,
    each: int,
    *,
    barred: Set[Pair],
    fields: Fields,
    loads: Mapping[str, int],
) -> str:
    shut = [one for one in judges if (case.case, one.judge) in barred]
    left = [one for one in judges if one not in shut]
    alien = [one for one in left if fields is Fields.REQUIRED and not _suits(case, one)]
    full = [one for one in left if one not in alien and one.most is not None and loads[one.judge] >= one.most]
    reasons = [
        f"{what} {len(who)} 位" for what, who in (("回避", shut), ("领域不符", alien), ("已达上限", full)) if who
    ]
    return (
        f"案例 {case.case} 需 {each} 位专家，只能分到 {has} 位"
        f"（专家共 {len(judges)} 位{''.join('，' + reason for reason in reasons)}）；请增聘专家或放宽条件。"
    )


def _sentences(short: Sequence[Short], parts: Sequence[Sequence[str]]) -> Iterable[str]:
    yield from (one.sentence for one in short)
    if len(parts) > 1:
        smallest = min(parts, key=len)
        yield (
            f"分工分成互不相连的 {len(parts)} 部分，专家的宽严无法跨部分比较（最小的一部分：{'、'.join(smallest)}）；"
            "请增加每个案例的专家数、放宽条件，或由全体专家评定同一校准案例。"
        )


def _check(
    cases: Sequence[CaseToJudge], judges: Sequence[Judge], each: int, barred: Set[Pair], kept: Set[Pair]
) -> None:
    names, people = Counter(one.case for one in cases), Counter(one.judge for one in judges)
    twice = [name for name, number in (*names.items(), *people.items()) if number > 1]
    if twice:
        raise UnusableChoice(f"{'、'.join(twice)} 出现两次，请核对案例和专家名单 (listed twice).")
    if each < 1 or any(one.most is not None and one.most < 0 for one in judges):
        raise UnusableChoice("每个案例的专家数须大于 0，专家的上限不得小于 0，请改正 (impossible numbers).")
    for case, judge in sorted(kept):
        if case not in names or judge not in people or (case, judge) in barred:
            raise UnusableChoice(
                f"已有的分工（{case}，{judge}）不在名单中或须回避，请先撤销 (a kept pair is barred or unknown)."
            )
    held = Counter(case for case, _ in kept)
    loads = Counter(judge for _, judge in kept)
    over = [case for case, number in held.items() if number > each]
    over += [one.judge for one in judges if one.most is not None and loads[one.judge] > one.most]
    if over:
        raise UnusableChoice(f"已有的分工超过上限：{'、'.join(sorted(over))}，请先撤销一部分 (too many kept pairs).")
