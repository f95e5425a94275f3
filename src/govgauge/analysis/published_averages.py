"""Do printed averages of upper indicators follow from those of the indicators below them and the weights?

Every printed number may be half a unit of its last decimal off, so what follows is an interval. An average that is not
printed may be anything. Where a group is scored by several schemes (municipalities and cities told together) nothing is
known of the mixture, and the interval holds for any. A group may be made of other groups: its averages then lie between
the lowest and the highest of theirs. It is supposed that every indicator applied to every subject.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from govgauge.analysis.printed_averages import UNKNOWN, Interval, Printed, Scheme
from govgauge.analysis.shares import shown
from govgauge.systems.model import Indicator

WHOLE = "总指数"


class AverageCheck(Struct, frozen=True):
    """A printed average, and between what it had to lie. `unknown`: names below it whose averages are not printed.

    `plain_mean` is true where it does not fit, but the mean of the averages below, without weights, does.
    """

    group: str
    code: str
    name: str
    printed: str
    low: Decimal
    high: Decimal
    gap: Decimal
    unknown: tuple[str, ...]
    plain_mean: bool
    sentence: str

    @property
    def fits(self) -> bool:
        return self.gap == 0


def check_averages(
    printed: Sequence[Printed],
    schemes: Mapping[str, Sequence[Scheme]],
    made_of: Mapping[str, Sequence[str]] | None = None,
) -> list[AverageCheck]:
    """Check every printed average below which something is printed. `made_of`: groups that are made of others."""
    return list(_Checker(printed, schemes, made_of or {}).checks())


class _Checker:
    def __init__(
        self,
        printed: Sequence[Printed],
        schemes: Mapping[str, Sequence[Scheme]],
        made_of: Mapping[str, Sequence[str]],
    ) -> None:
        self._printed = printed
        self._known = {(each.group, each.code): each.interval for each in printed}
        self._schemes = schemes
        self._made_of = made_of

    def checks(self) -> Iterator[AverageCheck]:
        for each in self._printed:
            parts = self._made_of.get(each.group, ())
            groups = parts or (each.group,)
            if not any(self._something_below(group, each.code) for group in groups):
                continue
            found = self._joined(groups, each.code)
            unknown = tuple(dict.fromkeys(name for group in groups for name in self._unknown(group, each.code)))
            plain = not found.meets(each.interval) and not parts and self._plain_mean_meets(each)
            yield self._check(each, found, unknown, groups, plain=plain)

    def _joined(self, groups: Sequence[str], code: str) -> Interval:
        found = [self._computed(group, code) for group in groups]
        return Interval(min(each.low for each in found), max(each.high for each in found))

    def _computed(self, group: str, code: str) -> Interval:
        """What a node's average must be, from those below it; UNKNOWN for a leaf."""
        below = [self._below(scheme, code) for scheme in self._schemes[group]]
        codes = dict.fromkeys(child for weights in below for child in weights)
        if not codes:
            return UNKNOWN
        low = high = Decimal(0)
        for child in codes:
            part = self._known.get((group, child)) or self._computed(group, child)
            shares = [_share(weights, child) for weights in below if weights]
            low += min(shares) * part.low
            high += max(shares) * part.high
        return Interval(max(low, Decimal(0)), min(high, Decimal(1)))

    def _below(self, scheme: Scheme, code: str) -> dict[str, Decimal]:
        """The weights of the nodes right below; of the total, those of the first level but the bonus."""
        nodes: Sequence[Indicator] = [node for node in scheme.system.indicators if not node.bonus]
        if code:
            nodes = next((node.children for _, node in scheme.system.nodes() if node.code == code), ())
        found = {node.code: node.weight(scheme.profile) for node in nodes}
        return {child: weight for child, weight in found.items() if weight}

    def _something_below(self, group: str, code: str) -> bool:
        children = dict.fromkeys(child for scheme in self._schemes[group] for child in self._below(scheme, code))
        return any((group, child) in self._known or self._something_below(group, child) for child in children)

    def _unknown(self, group: str, code: str) -> Iterator[str]:
        """Names of what would have to be printed below a node, and is not."""
        children = dict.fromkeys(child for scheme in self._schemes[group] for child in self._below(scheme, code))
        for child in children:
            if (group, child) in self._known:
                continue
            if self._something_below(group, child):
                yield from self._unknown(group, child)
            else:
                yield self._name(group, child)

    def _plain_mean_meets(self, each: Printed) -> bool:
        children = dict.fromkeys(
            child for scheme in self._schemes[each.group] for child in self._below(scheme, each.code)
        )
        parts = [self._known.get((each.group, child)) for child in children]
        known = [part for part in parts if part is not None]
        if not each.code or len(known) < len(parts):
            return False
        mean = Interval(
            sum((part.low for part in known), Decimal(0)) / len(known),
            sum((part.high for part in known), Decimal(0)) / len(known),
        )
        return mean.meets(each.interval)

    def _name(self, group: str, code: str) -> str:
        if not code:
            return WHOLE
        return next(
            node.name for scheme in self._schemes[group] for _, node in scheme.system.nodes() if node.code == code
        )

    def _check(
        self, each: Printed, found: Interval, unknown: tuple[str, ...], groups: Sequence[str], *, plain: bool
    ) -> AverageCheck:
        name = self._name(groups[0], each.code)
        gap = each.interval.gap(found)
        between = f"{shown(found.low)} 至 {shown(found.high)} 之间"
        whence = f"由{'、'.join(groups)}的下级平均指数" if groups != (each.group,) else "由下级指标的平均指数"
        reach = f"（{'、'.join(unknown)}没有印出，按 0 至 1 计）" if unknown else ""
        head = f"“{each.group}”的“{name}”印为 {each.text}，{whence}和权重推算应在 {between}{reach}"
        if not gap:
            sentence = f"{head}，相符。"
        else:
            hint = "；与各下级指标不加权的简单平均相符，可能没有按权重计算" if plain else ""
            side = "偏高" if each.interval.low > found.high else "偏低"
            sentence = f"{head}，{side}至少 {_small(gap)}，不相符{hint}。"
        return AverageCheck(
            group=each.group,
            code=each.code,
            name=name,
            printed=each.text,
            low=found.low,
            high=found.high,
            gap=gap,
            unknown=unknown,
            plain_mean=plain,
            sentence=sentence,
        )


def _small(gap: Decimal) -> str:
    """Three decimals, and more where these would show nothing."""
    return shown(gap) if gap >= Decimal("0.0005") else shown(gap, 6)


def _share(weights: Mapping[str, Decimal], child: str) -> Decimal:
    """A child's part of its parent's weight in one scheme; 0 where that scheme does not have it."""
    return weights.get(child, Decimal(0)) / sum(weights.values(), Decimal(0))
