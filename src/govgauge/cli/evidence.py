"""`govgauge evidence`: the kept original behind a finding."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.errors import Failed, Unusable

if TYPE_CHECKING:
    from govgauge.assessment.finding_lines import FindingLine


def evidence(
    folder: Annotated[Path, typer.Argument(help="assess 写出的目录 (a folder written by assess).")],
    finding: Annotated[str, typer.Argument(help="问题编号 (id of a finding).")],
    out: Annotated[Path | None, typer.Option("--out", help="把原件写入文件 (write the original to a file).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出问题的记录 (print the finding's record).")] = False,
) -> None:
    """取出一处问题所依据的网页原件 (the archived original behind a finding)."""
    line = _line(folder, finding)
    if as_json:
        print(json.dumps(line.plain(), ensure_ascii=False))
        return
    if line.warc is None:
        raise Failed(f"问题 {finding} 没有网页原件（没有得到任何应答） (there is no original: nothing answered).")
    from govgauge.gather import archive

    headers, body = archive.body(folder / line.warc.file, line.warc.offset)
    if out is not None:
        out.write_bytes(body)
        print(f"原件已写入 {out}（{len(body)} 字节）")
        return
    for name, value in headers:
        print(f"{name}: {value}")
    print(flush=True)
    sys.stdout.buffer.write(body)


def _line(folder: Path, finding: str) -> "FindingLine":
    from govgauge.assessment.finding_lines import read_findings

    path = folder / "findings.jsonl"
    if not path.exists():
        raise Unusable(f"{folder} 中没有 findings.jsonl；请给出 assess 写出的目录 (no findings in this folder).")
    for line in read_findings(path):
        if line.id == finding:
            return line
    raise Unusable(f"{path} 中没有编号为 {finding} 的问题 (no such finding).")
