"""The options that commands over tables of indexes have in common."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.systems.ranking import Ties

if TYPE_CHECKING:
    from govgauge.systems.model import System
    from govgauge.systems.ranking import Ranking

SystemOption = Annotated[str, typer.Option("--system", help="指标体系标识 (id of the indicator system).")]
ProfileOption = Annotated[str, typer.Option("--profile", help="权重档，只有一档时可省略 (the weight column).")]
Input = Annotated[Path, typer.Option("--input", help="指数表，UTF-8 的 CSV (the table of indexes, CSV in UTF-8).")]
TiesOption = Annotated[
    Ties | None, typer.Option("--ties", help="并列名次的排法，省略则按该体系 (tie policy; the system's when left out).")
]
Decimals = Annotated[
    int | None, typer.Option("--decimals", min=0, max=6, help="总分显示的小数位数 (decimals of the totals).")
]


def chosen(system_id: str, profile: str, ties: Ties | None, decimals: int | None) -> tuple["System", str, "Ranking"]:
    """The system, its profile, and the policy of ranks. Raises Unusable when they cannot be used."""
    from msgspec.structs import replace

    from govgauge.systems import library
    from govgauge.systems.profiles import profile_of

    system = library.system(system_id)
    ranking = system.ranking
    if ties is not None:
        ranking = replace(ranking, ties=ties)
    if decimals is not None:
        ranking = replace(ranking, decimals=decimals)
    return system, profile_of(system, profile), ranking
