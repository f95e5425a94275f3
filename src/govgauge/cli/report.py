"""`govgauge report`: the general report, special ones and diagnoses, from a publication's folder."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli.report_diagnosis import diagnosis

if TYPE_CHECKING:
    from govgauge.reports.document.model import Document
    from govgauge.reports.writing import Form

app = typer.Typer(help="报告 (reports of a publication).", no_args_is_help=True)
Folder = Annotated[
    Path, typer.Argument(metavar="MATERIAL", help="公布材料的目录，内有 about.json (folder of a publication).")
]
Out = Annotated[Path, typer.Option("--out", help="写到哪个目录 (folder to write to).")]
Forms = Annotated[
    list[str] | None,
    typer.Option("--format", help="pdf、docx、html，可重复，省略为全部 (repeatable; all if left out)."),
]


app.command("diagnosis")(diagnosis)


@app.callback()
def report() -> None:
    """报告 (reports of a publication)."""


@app.command("general")
def general(material: Folder, out: Out, form: Forms = None) -> None:
    """由公布材料生成总报告 (the general report: PDF, Word, HTML from the same data)."""
    forms = _forms(form)
    from govgauge.reports.general.report import general_report
    from govgauge.reports.material import Material
    from govgauge.reports.studied import Studied

    studied = Studied(Material(material))
    _show("正在分析", 0, 1)
    _write(general_report(studied), out, "general", forms)


@app.command("special")
def special(
    material: Folder,
    out: Out,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="哪一种，可重复，省略为全部 (repeatable; all if left out).")
    ] = None,
    form: Forms = None,
) -> None:
    """由公布材料生成专项报告 (special reports: disclosure, search, qa, ai, cleanup, new-media)."""
    forms = _forms(form)
    from govgauge.reports.material import Material
    from govgauge.reports.special.kinds import kind as named
    from govgauge.reports.special.kinds import kinds
    from govgauge.reports.special.report import special_report
    from govgauge.reports.studied import Studied

    wanted = [named(each) for each in kind] if kind else list(kinds())
    studied = Studied(Material(material))
    for each in wanted:
        _write(special_report(studied, each), out, each.id, forms)


def _forms(wanted: list[str] | None) -> "list[Form]":
    from govgauge.errors import Unusable
    from govgauge.reports.writing import Form

    known = {form.value: form for form in Form}
    for each in wanted or ():
        if each not in known:
            raise Unusable(f"没有格式“{each}”；可选：{'、'.join(known)} (no such format; choose one).")
    return [known[each] for each in wanted] if wanted else list(Form)


def _write(document: "Document", out: Path, stem: str, forms: "list[Form]") -> None:
    from govgauge.reports.writing import write_report

    for path in write_report(document, out, stem, forms, _show):
        print(path)


def _show(what: str, done: int, count: int) -> None:
    if sys.stderr.isatty():
        end = "" if done < count else "\r\x1b[2K"
        print(f"\r\x1b[2K{what} {done}/{count}{end}", end="", file=sys.stderr, flush=True)
