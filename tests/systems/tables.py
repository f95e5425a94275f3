"""A system in the words of its printed table."""

from decimal import Decimal

from govgauge.systems.model import Indicator, System
from govgauge.systems.verify import plain


def rows(system: System) -> list[str]:
    """One line for each row: the names from the first level down, then the weight in each profile (— where none)."""
    return [
        f"{' '.join(name.replace(' ', '') for name in leaf.path if name)}: {_weights(system, leaf.indicator)}"
        for leaf in system.leaves()
    ]


def totals(system: System) -> dict[str, str]:
    """Weights of the first level, by name, in each profile."""
    return {node.name: _weights(system, node) for node in system.indicators}


def _weights(system: System, node: Indicator) -> str:
    return " ".join(_said(node.weight(profile)) for profile in system.profile_ids())


def _said(weight: Decimal | None) -> str:
    return "—" if weight is None else plain(weight)
