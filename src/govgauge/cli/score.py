"""`govgauge score`: totals, ranks and grades from a table of first-level indexes."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli.table_options import Decimals, Input, ProfileOption, SystemOption, TiesOption, chosen
from govgauge.cli.whole_files import write_whole

if TYPE_CHECKING:
    from govgauge.scoring.totals import Standing
    from govgauge.systems.ranking import Ranking


def score(
    system_id: SystemOption,
    table: Input,
    profile: ProfileOption = "",
    output: Annotated[
        Path | None, typer.Option("--output", help="写入 CSV，省略则打印 (write a CSV; printed when left out).")
    ] = None,
    ties: TiesOption = None,
    decimals: Decimals = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """由一级指标指数表计算总分、名次和档级 (totals, ranks and grades from a table of indexes)."""
    from govgauge.scoring.index_table import read_table
    from govgauge.scoring.scored_table import table_lines
    from govgauge.scoring.totals import standings, weights_of

    system, profile, ranking = chosen(system_id, profile, ties, decimals)
    read = read_table(table, system, profile)
    found = standings(read, weights_of(system, profile), ranking)
    text = "".join(table_lines(read, found, ranking))
    if output is not None:
        write_whole(output, text.encode())
    if as_json:
        facts = {"system": system.id, "profile": profile, "rows": [_facts(one, ranking) for one in found]}
        print(json.dumps(facts, ensure_ascii=False))
    elif output is None:
        print(text, end="")


def _facts(one: "Standing", ranking: "Ranking") -> dict[str, object]:
    from govgauge.scoring.ranks import rounded

    return {
        "name": one.row.name,
        "group": one.row.group,
        "total": float(one.total),
        "shown": str(rounded(one.total, ranking)),
        "rank": one.rank.number,
        "rank_label": one.rank.label,
        "grade": one.grade,
    }
