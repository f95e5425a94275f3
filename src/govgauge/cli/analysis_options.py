"""The options that the commands of analysis have in common, and what they stand for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.analysis.assessed import Assessed
    from govgauge.analysis.leaf_table import LeafTable
    from govgauge.analysis.printed_averages import Scheme
    from govgauge.analysis.simulation import Progress
    from govgauge.systems.model import System

Leaves = Annotated[
    Path,
    typer.Option("--input", help="末级指标指数表，CSV（UTF-8）或 Parquet (leaf indexes, CSV in UTF-8 or Parquet)."),
]
By = Annotated[list[str] | None, typer.Option("--by", help="分组的列，可重复 (a column to group by; may be repeated).")]
Out = Annotated[Path | None, typer.Option("--out", help="表格写入此目录：CSV 和 XLSX (folder for the tables).")]
Figures = Annotated[Path | None, typer.Option("--figures", help="图写入此目录：SVG (folder for the figures).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


def assessed(system_id: str, profile: str, path: Path) -> "Assessed":
    """A scored table. Raises Unusable when system, profile or table cannot be used."""
    from govgauge.analysis.assessed import Assessed

    system, profile, table = read(system_id, profile, path)
    return Assessed(system, profile, table)


def read(system_id: str, profile: str, path: Path) -> "tuple[System, str, LeafTable]":
    """System, profile and table. Raises Unusable when one of them cannot be used."""
    from govgauge.analysis.reading import read_leaf_table
    from govgauge.systems import library
    from govgauge.systems.profiles import profile_of

    system = library.system(system_id)
    profile = profile_of(system, profile)
    return system, profile, read_leaf_table(path, system, profile)


def known_columns(table: "LeafTable", columns: list[str] | None) -> list[str]:
    """The columns asked for. Raises Unusable naming those that the table has."""
    from govgauge.errors import Unusable

    for column in columns or []:
        if column not in table.columns:
            has = "、".join(table.columns) or "没有"
            raise Unusable(f"表中没有可用来分组的列“{column}”；现有：{has} (no such column to group by).")
    return columns or []


def schemes_of(options: list[str]) -> "tuple[dict[str, list[Scheme]], dict[str, list[str]]]":
    """`name=id[:profile]+…` → schemes by group; `name=group+group` → the groups it is made of.

    Raises Unusable for an option that is neither.
    """
    from govgauge.analysis.printed_averages import Scheme
    from govgauge.errors import Unusable
    from govgauge.systems import library
    from govgauge.systems.profiles import profile_of

    schemes: dict[str, list[Scheme]] = {}
    made_of: dict[str, list[str]] = {}
    for option in options:
        name, equals, right = option.partition("=")
        parts = [part.strip() for part in right.split("+") if part.strip()]
        if not equals or not name.strip() or not parts:
            raise Unusable(
                f"--group“{option}”应写成 组名=体系标识[:权重档][+…] 或 组名=组名+组名 (name=id or name=group+group)."
            )
        name = name.strip()
        if all(part in schemes for part in parts):
            made_of[name] = parts
            schemes[name] = [scheme for part in parts for scheme in schemes[part]]
            continue
        schemes[name] = []
        for part in parts:
            system_id, _, profile = part.partition(":")
            system = library.system(system_id)
            schemes[name].append(Scheme(system, profile_of(system, profile)))
    return schemes, made_of


@contextmanager
def progress_of(what: str) -> "Iterator[Progress | None]":
    """A bar on stderr that tells how far long work is; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
