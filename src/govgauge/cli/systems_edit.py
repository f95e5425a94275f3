"""`govgauge systems diff`, `export`, `import`: comparing systems, and editing them in a workbook."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from govgauge.cli.whole_files import write_whole

Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Named = "体系标识或文件 (id of a system, or a file)."


def diff_systems(
    before: Annotated[str, typer.Argument(metavar="A", help=Named)],
    after: Annotated[str, typer.Argument(metavar="B", help=Named)],
    profile_a: Annotated[str, typer.Option(help="A 的权重档 (profile of A).")] = "",
    profile_b: Annotated[str, typer.Option(help="B 的权重档 (profile of B).")] = "",
    checks: Annotated[
        bool | None,
        typer.Option("--checks/--no-checks", help="逐条列出评估要点；同一体系的两版默认列出 (list checks one by one)."),
    ] = None,
    refs: Annotated[bool, typer.Option("--refs", help="列出每处不同的引用名 (show how each change is cited).")] = False,
    as_json: Json = False,
) -> None:
    """比较两套指标体系：增、删、更名、移动、权重 (what was added, removed, renamed, moved, re-weighted)."""
    from govgauge.systems.diff import diff
    from govgauge.systems.diff_json import diff_json
    from govgauge.systems.diff_text import diff_lines
    from govgauge.systems.opening import open_system

    found = diff(open_system(before), open_system(after), profile_before=profile_a, profile_after=profile_b)
    if as_json:
        print(json.dumps(diff_json(found), ensure_ascii=False))
        return
    shown = found.before.id == found.after.id if checks is None else checks
    for line in diff_lines(found, with_checks=shown, with_refs=refs):
        print(line)


def export_system(
    name: Annotated[str, typer.Argument(metavar="ID", help=Named)],
    out: Annotated[Path, typer.Option("--out", help="写到哪里，.xlsx、.docx 或 .yaml (the file to write).")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="征求意见的截止日期，写入 .docx (comments until).")
    ] = None,
    contact: Annotated[str, typer.Option(help="反馈方式，写入 .docx (where comments go).")] = "",
) -> None:
    """导出为 Excel 表格以便编辑，为 Word 文档以便征求意见，或为 YAML (export for editing or a consultation)."""
    from govgauge.errors import Unusable
    from govgauge.systems.consultation_document import Consultation, document
    from govgauge.systems.opening import open_system
    from govgauge.systems.sheets.export import workbook
    from govgauge.systems.writer import write

    system = open_system(name)
    match out.suffix.lower():
        case ".xlsx":
            write_whole(out, workbook(system))
        case ".docx":
            asked = Consultation(until=until.date() if until else None, contact=contact)
            write_whole(out, document(system, asked))
        case ".yaml":
            write_whole(out, write(system).encode())
        case _:
            raise Unusable(f"不能导出为 {out.name}；请用 .xlsx、.docx、.yaml 结尾的文件名 (unknown ending).")
    print(f"已写入 {out}", file=sys.stderr)


def import_system(
    workbook: Annotated[Path, typer.Argument(metavar="F.xlsx", help="编辑过的表格 (the edited workbook).")],
    out: Annotated[Path, typer.Option("--out", help="写到哪里，.yaml (the file to write).")],
) -> None:
    """由 Excel 表格读回指标体系，写成 YAML；有错时逐处说明，什么也不写 (read an edited workbook back)."""
    from govgauge.systems.sheets.importing import read_workbook
    from govgauge.systems.verify import verify
    from govgauge.systems.writer import write

    read = read_workbook(workbook)
    for remark in (*read.remarks, *verify(read.system).sentences()):
        print(remark, file=sys.stderr)
    write_whole(out, write(read.system).encode())
    print(f"已写入 {out}", file=sys.stderr)
