"""`govgauge systems`: the indicator systems, and whether their printed totals follow from their rows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli import systems_edit, systems_versions

if TYPE_CHECKING:
    from govgauge.systems.model import System
    from govgauge.systems.verify import Verification

app = typer.Typer(help="指标体系 (indicator systems).", no_args_is_help=True)
app.command("diff")(systems_edit.diff_systems)
app.command("export")(systems_edit.export_system)
app.command("import")(systems_edit.import_system)
app.command("freeze")(systems_versions.freeze_system)
app.command("comment")(systems_versions.comment_on)
app.command("comments")(systems_versions.list_comments)
app.command("history")(systems_versions.show_history)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


@app.command("list")
def list_systems(as_json: Json = False) -> None:
    """列出全部指标体系 (list all indicator systems)."""
    from rich.console import Console
    from rich.table import Table

    from govgauge.systems import library
    from govgauge.systems.system_json import marks

    systems = [library.system(system_id) for system_id in library.system_ids()]
    if as_json:
        print(json.dumps([_facts(system) for system in systems], ensure_ascii=False))
        return
    table = Table("标识", "年份", "对象", "权重档", "满分", "状态", box=None)
    for system in systems:
        profiles = " ".join(system.profile_ids())
        full = marks(system, system.full_marks)
        shown = "—" if full is None else str(full)
        table.add_row(system.id, str(system.year), system.table, profiles, shown, system.status.value)
    Console().print(table)


@app.command("show")
def show(
    system_id: Annotated[str, typer.Argument(metavar="ID", help="指标体系标识 (id of an indicator system).")],
    as_json: Json = False,
) -> None:
    """显示一套指标体系：各级指标、权重、评估要点 (show one system: indicators, weights, checks)."""
    from govgauge.systems import library
    from govgauge.systems.outline import outline
    from govgauge.systems.system_json import system_json

    system = library.system(system_id)
    if as_json:
        print(json.dumps(system_json(system), ensure_ascii=False))
        return
    for line in outline(system):
        print(line)


@app.command("verify")
def verify_systems(
    file: Annotated[
        Path | None,
        typer.Argument(help="体系文件，省略则为自带的全部 (a system's file; the whole library when left out)."),
    ] = None,
    as_json: Json = False,
) -> None:
    """核对权重与印出的合计，指出缺陷 (check the weights against the printed totals, name the defects).

    Exits with 1 when a system is defective beyond the defects on its record.
    """
    from govgauge.systems import library
    from govgauge.systems.loader import load
    from govgauge.systems.verify import verify

    systems = [load(file)] if file else [library.system(system_id) for system_id in library.system_ids()]
    verified = [verify(system) for system in systems]
    if as_json:
        print(json.dumps([_verified(one) for one in verified], ensure_ascii=False))
    else:
        for one in verified:
            for sentence in one.sentences() or [f"{one.system}：各级合计与权重相符。"]:
                print(sentence)
    if not all(one.ok() for one in verified):
        raise typer.Exit(1)


def _facts(system: "System") -> dict[str, object]:
    from govgauge.systems.system_json import marks

    return {
        "id": system.id,
        "year": system.year,
        "table": system.table,
        "title": system.title,
        "profiles": system.profile_ids(),
        "full_marks": marks(system, system.full_marks),
        "bonus_max": marks(system, system.bonus_max),
        "status": system.status.value,
    }


def _verified(one: "Verification") -> dict[str, object]:
    from govgauge.systems.system_json import number

    return {
        "system": one.system,
        "ok": one.ok(),
        "mismatches": [
            {
                "code": mismatch.code,
                "name": mismatch.name,
                "profile": mismatch.profile,
                "printed": number(mismatch.printed),
                "computed": number(mismatch.computed),
                "recorded": mismatch not in one.unrecorded,
            }
            for mismatch in one.mismatches
        ],
        "sentences": one.sentences(),
    }
