"""The simulated sites, one file each; a file is a site by having `build`."""

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govgauge.testbed.model import Site

AS_OF = date(2025, 11, 30)
"""The day on which the simulated world stands still."""
SEED = 20251130

NAMES = ("qinghe", "lanhu", "yunmen", "shuochuan", "shiqiao", "xiyuan", "lanqiao", "haitang", "beiyuan", "kuling")
"""The sites in the order in which they are shown."""


class UnknownSiteError(ValueError):
    """No simulated site of that name. The message names those there are."""


def build(names: Sequence[str] = (), seed: int = SEED, as_of: date = AS_OF) -> "list[Site]":
    """The sites of those names, all when none is given. Raises UnknownSiteError."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise UnknownSiteError(f"没有名为“{unknown[0]}”的模拟网站；可选：{'、'.join(NAMES)} (no such simulated site).")
    return [_builder(name)(seed, as_of) for name in (names or NAMES)]


def _builder(name: str) -> "Callable[[int, date], Site]":
    made: Callable[[int, date], Site] = import_module(f"{__name__}.{name}").build
    return made
