"""A statement about numbers, with everything that it rests on."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from govgauge.analysis.groups import ALL, Group, Spread
from govgauge.analysis.node import WHOLE, Node
from govgauge.analysis.shares import Share, shown
from govgauge.scoring.bulk import SAME


class Kind(StrEnum):
    """The kinds of statements of the sources' analyses (2017 report, chapter 6; 2025 report, chapter 7)."""

    MEAN = "mean"
    ABOVE_MEAN = "above-mean"
    BELOW_BOUND = "below-bound"
    EXTREMES = "extremes"
    ORDER = "order"
    GROUP_ORDER = "group-order"
    DIFFERENCE = "difference"
    ALL_BEYOND = "all-beyond"
    SPREAD = "spread"
    DISTRIBUTION = "distribution"
    GRADES = "grades"
    GRADES_REACHED = "grades-reached"
    GRADE_CHANGES = "grade-changes"
    MOVEMENT = "movement"
    PAIRING = "pairing"
    CHANGES = "changes"
    IMPROVED = "improved"
    HAVE = "have"
    HAVE_CHANGED = "have-changed"


class Measured(Struct, frozen=True):
    """A number of a claim, and over how many subjects it was computed."""

    group: str
    name: str
    number: float
    subjects: int


class Counted(Struct, frozen=True):
    """A share of a claim, never without its denominator."""

    group: str
    name: str
    share: Share


class Claim(Struct, frozen=True):
    """One sentence in Chinese, its numbers and its shares."""

    kind: Kind
    text: str
    numbers: tuple[Measured, ...] = ()
    shares: tuple[Counted, ...] = ()


def measured(group: Group, spread: Spread) -> Measured:
    """The mean of a node in a group. The mean must be known."""
    return Measured(group.name, spread.node.name, spread.mean or 0.0, spread.known)


def titled(node: Node) -> str:
    """How a node's index is called in a sentence."""
    return node.name if node.code == WHOLE.code else f"“{node.name}”指数"


def gaps(spreads: Iterable[Spread]) -> str:
    """What is said behind a sentence of those whose index is still open; empty where nobody's is.

    Of one group also between which bounds its mean lies whatever they turn out to have.
    """
    found = list(spreads)
    still_open = sum(spread.still_open for spread in found)
    if not still_open:
        return ""
    one = found[0]
    if len(found) > 1 or one.low is None or one.high is None:
        return f"（另有 {still_open} 个尚有未采集的要点，未计入）"
    return f"（另有 {still_open} 个尚有未采集的要点，未计入；计入后平均在 {shown(one.low)} 至 {shown(one.high)} 之间）"


def left_out(spread: Spread) -> str:
    """How many are not counted because their index is open."""
    return f"（另有 {spread.still_open} 个尚有未采集的要点，未计入）" if spread.still_open else ""


def bounds(group: Group, spread: Spread) -> tuple[Measured, ...]:
    """The numbers that `gaps` tells of one group."""
    if not spread.still_open or spread.low is None or spread.high is None:
        return ()
    known = spread.known + spread.still_open
    name = spread.node.name
    return (
        Measured(group.name, f"{name}平均的下限", spread.low, known),
        Measured(group.name, f"{name}平均的上限", spread.high, known),
    )


def unsettled(ordered: Sequence[Spread]) -> str:
    """A warning behind an order of means, best first, that open values may still turn round; empty where none can."""
    return MAY_TURN if any(_may_turn(better, worse) for better, worse in combinations(ordered, 2)) else ""


def unsettled_ends(ordered: Sequence[Spread], first: int, last: int) -> str:
    """The same where only the `first` best and the `last` worst are told."""
    ends = [
        *((better, worse) for better in ordered[:first] for worse in ordered[first:]),
        *((better, worse) for better in ordered[:-last] for worse in ordered[-last:]),
    ]
    return MAY_TURN if any(_may_turn(better, worse) for better, worse in ends) else ""


def _may_turn(better: Spread, worse: Spread) -> bool:
    if not (better.still_open or worse.still_open) or better.low is None or worse.high is None:
        return False
    return better.low < worse.high - SAME


MAY_TURN = "（只按已确定的计算，计入尚有未采集要点的，先后可能不同）"


def subjects_of(group: str, count: int) -> str:
    """`区县的 459 个评估对象`."""
    return f"{count} 个评估对象" if group == ALL else f"{group}的 {count} 个评估对象"


def whose(group: str) -> str:
    """`区县的`, to stand before the name of an index."""
    return group if group == ALL else f"{group}的"


def joined(parts: Iterable[str]) -> str:
    """A list in Chinese: 甲、乙和丙."""
    *most, last = list(parts)
    return f"{'、'.join(most)}和{last}" if most else last


def signed(number: float, decimals: int = 3) -> str:
    """A change with its sign; 持平 where nothing of it would be shown."""
    text = shown(abs(number), decimals)
    if not any(digit in text for digit in "123456789"):
        return "持平"
    return f"{'上升' if number > 0 else '下降'} {text}"


TENTHS = "零一两三四五六七八九十"
NEARLY_ALL = 0.995
CLOSE = 0.02
"""Tenths by which a share may miss a whole tenth and still be told as about that."""
NEARLY = 0.7
"""Tenths above a whole tenth from which on the next is told as nearly reached."""


def in_words(share: Share) -> str:
    """A share in round words that are true of it: 全部, 近五成, 超过八成, 不足一成."""
    if not share.denominator:
        return "无从计算"
    if share.numerator in {0, share.denominator}:
        return "全部" if share.numerator else "没有一个"
    value = share.numerator / share.denominator
    if value >= NEARLY_ALL:
        return "几乎全部"
    tenth = int(value * 10 + 1e-9)
    rest = value * 10 - tenth
    if tenth == 0:
        return "近一成" if rest >= NEARLY else "不足一成"
    if rest <= CLOSE:
        return f"{TENTHS[tenth]}成" if rest < 1e-9 else f"约{TENTHS[tenth]}成"
    return f"近{TENTHS[tenth + 1]}成" if rest >= NEARLY and tenth < 9 else f"超过{TENTHS[tenth]}成"
