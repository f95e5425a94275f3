"""`govgauge explain`: how a score came about, line by line, from an assessed site or a row of a table."""

import json
from pathlib import Path
from typing import Annotated

import typer


def explain(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="assess 写出的目录 (a folder written by assess).")
    ] = None,
    code: Annotated[
        str,
        typer.Argument(metavar="[CODE]", help="指标代码，省略则为总分 (an indicator's code; the total if left out)."),
    ] = "",
    table: Annotated[Path | None, typer.Option("--input", help="改为解释指数表中的一行 (a row of a table).")] = None,
    name: Annotated[str, typer.Option("--name", help="评估对象的名称 (the subject's name in the table).")] = "",
    group: Annotated[str, typer.Option("--group", help="重名时写明组 (its group, where names repeat).")] = "",
    system_id: Annotated[str, typer.Option("--system", help="指数表的指标体系 (system of the table).")] = "",
    profile: Annotated[str, typer.Option("--profile", help="权重档 (the weight column).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """逐行说明一个得分是怎样得来的 (how a score came about, line by line)."""
    from govgauge.errors import Unusable

    if table is not None and folder is None:
        lines = _of_row(table, name, group, system_id, profile)
    elif folder is not None and table is None:
        lines = _of_site(folder, code)
    else:
        raise Unusable("请给出 assess 写出的目录，或用 --input 给出一张指数表，两者取一 (a folder or a table).")
    if as_json:
        print(json.dumps({"lines": lines}, ensure_ascii=False))
        return
    for line in lines:
        print(line)


def _of_site(folder: Path, code: str) -> list[str]:
    from govgauge.scoring.explain import explain as explained
    from govgauge.scoring.written import read_scored

    return explained(read_scored(folder / "assessment.json"), code)


def _of_row(table: Path, name: str, group: str, system_id: str, profile: str) -> list[str]:
    from govgauge.cli.table_options import chosen
    from govgauge.errors import Unusable
    from govgauge.scoring.explain_row import explain_row
    from govgauge.scoring.index_table import read_table
    from govgauge.scoring.totals import standings, weights_of

    if not system_id or not name:
        raise Unusable("解释表中的一行，须用 --system 写明指标体系，用 --name 写明名称 (give --system and --name).")
    system, profile, ranking = chosen(system_id, profile, None, None)
    weights = weights_of(system, profile)
    found = standings(read_table(table, system, profile), weights, ranking)
    meant = [one for one in found if one.row.name == name and group in ("", one.row.group)]
    if not meant:
        raise Unusable(f"{table} 中没有“{name}”，请核对名称 (no such name in the table).")
    if len(meant) > 1:
        groups = "、".join(one.row.group for one in meant)
        raise Unusable(f"{table} 中有 {len(meant)} 个“{name}”，请用 --group 写明组：{groups} (give its --group).")
    return explain_row(meant[0], system, weights, ranking)
