"""`govgauge report diagnosis`: a diagnosis for every subject of a publication."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def diagnosis(
    material: Annotated[Path, typer.Argument(metavar="MATERIAL", help="公布材料的目录 (folder of a publication).")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个目录 (folder to write into).")],
    subject: Annotated[
        list[str] | None, typer.Option("--subject", help="只做这些对象：名称或“上级/名称”，可重复 (only these).")
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--format", "--form", help="pdf、docx、html，可重复或用逗号分隔，省略为全部 (all if left out)."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="几个进程 (processes).")] = 2,
    as_json: Annotated[bool, typer.Option("--json", help="每个文件输出一行 JSON (a line of JSON a file).")] = False,
) -> None:
    """为每个对象生成诊断报告；中断后用同样的命令接着做 (a diagnosis for every subject; the same command goes on)."""
    from govgauge.reports.diagnosis.files import FORMS
    from govgauge.reports.diagnosis.making import count, make

    keys = tuple(subject or ())
    forms = [name.strip() for each in form or FORMS for name in each.split(",") if name.strip()]
    whole, done, new = count(material, keys), 0, 0
    for made in make(material, out, forms=forms, keys=keys, workers=workers):
        done, new = done + 1, new + made.new
        if as_json:
            for file in made.files:
                told = {"group": made.group, "system": made.system, "subject": made.key, "file": file.path}
                print(json.dumps({**told, "size": file.size, "sha256": file.sha256}, ensure_ascii=False), flush=True)
        if sys.stderr.isatty():
            print(f"\r\x1b[2K诊断报告 {done}/{whole}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r\x1b[2K", end="", file=sys.stderr)
    if not as_json:
        print(f"{done} 个对象的诊断报告在 {out}（新做 {new} 个） ({done} diagnoses, {new} of them new).")
