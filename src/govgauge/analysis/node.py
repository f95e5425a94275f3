"""A node of a system as tables and figures name it."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from govgauge.systems.model import Indicator, System


class Node(Struct, frozen=True):
    """Code, name, level (0 for the total), the codes of the node above and of its children, points in the profile."""

    code: str
    name: str
    level: int
    parent: str = ""
    path: tuple[str, ...] = ()
    weight: float = 0.0
    bonus: bool = False
    leaf: bool = False


WHOLE = Node(code="", name="总指数", level=0)


def nodes_of(system: System, profile: str) -> tuple[Node, ...]:
    """The nodes assessed in a profile, parents before children, in the order of the table."""
    return tuple(_below(system.indicators, profile, (), bonus=False))


def _below(
    indicators: Sequence[Indicator], profile: str, above: tuple[Indicator, ...], *, bonus: bool
) -> Iterator[Node]:
    for indicator in indicators:
        weight = indicator.weight(profile)
        if weight is None:
            continue
        line = (*above, indicator)
        apart = bonus or indicator.bonus
        yield Node(
            code=indicator.code,
            name=indicator.name,
            level=len(line),
            parent=above[-1].code if above else "",
            path=tuple(each.name for each in line),
            weight=float(weight),
            bonus=apart,
            leaf=not indicator.children,
        )
        yield from _below(indicator.children, profile, line, bonus=apart)
