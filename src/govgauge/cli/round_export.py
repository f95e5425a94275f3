"""`govgauge round export`: the tables of a round, with their hash."""

import json
from pathlib import Path
from typing import Annotated

import typer

from govgauge.office.tables.formats import Format


def export(
    slug: Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")],
    out: Annotated[
        Path, typer.Option("--out", help="写入的目录；以 .csv 结尾则只写结果表 (folder; FILE.csv: the results alone).")
    ],
    form: Annotated[Format, typer.Option("--format", help="表的格式 (format of the tables).")] = Format.CSV,
    home: Annotated[Path | None, typer.Option("--home", help="工作目录 (folder of the office).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """导出结果表：结果、指标、要点、问题和校验值 (write the tables, and print their hash)."""
    import tempfile

    from govgauge.cli.whole_files import write_whole
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds
    from govgauge.office.queries.judged import judged
    from govgauge.office.tables.writing import write

    found = judged(rounds.find(slug))
    alone = out.suffix.lower() == ".csv"
    if alone:
        with tempfile.TemporaryDirectory() as name:
            written = write(found, Path(name))
            write_whole(out, (Path(name) / "results.csv").read_bytes())
    else:
        written = write(found, out, form)
    sha256 = written.sha256 if form is Format.CSV else write(found, None).sha256
    if as_json:
        print(json.dumps({"out": str(out), "files": written.files, "tables_hash": sha256}, ensure_ascii=False))
        return
    for name, digest in [(str(out), written.files["results.csv"])] if alone else written.files.items():
        print(f"{digest}  {name}")
    print(f"tables  {sha256}")
