"""`govgauge publish`: what a round tells the public, in numbered versions."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.office.models import Publication

app = typer.Typer(help="公布结果 (what a round tells the public).", no_args_is_help=True)
Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]
Number = Annotated[int | None, typer.Option("--number", help="第几版，省略为最新的 (which version).")]
Home = Annotated[Path | None, typer.Option("--home", help="工作目录 (folder of the office).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Note = Annotated[str, typer.Option("--note", help="说明，撤回时必填并公开 (a note; shown when withdrawn).")]


@app.callback()
def by_command(context: typer.Context) -> None:
    """公布结果 (what a round tells the public)."""
    from govgauge.office.by_command import given

    context.with_resource(given())


@app.command("prepare")
def prepare(
    slug: Slug,
    answers: Annotated[bool, typer.Option(help="公布每个要点的采集值 (tell what each check brought).")] = True,
    findings: Annotated[bool, typer.Option(help="公布单个问题 (tell single findings).")] = True,
    ranks: Annotated[bool, typer.Option(help="公布排名 (tell ranks).")] = True,
    points: Annotated[
        bool, typer.Option(help="不公布名次的分组也公布得分和指数 (tell points also where no ranks are told).")
    ] = False,
    issuer: Annotated[str, typer.Option("--issuer", help="发布单位 (who publishes).")] = "",
    previous: Annotated[str, typer.Option("--previous", help="与哪次比较，如 2024/1 (compare with).")] = "",
    note: Note = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """由冻结的结果准备一个待公布的版本 (make a version from the frozen results; nobody outside sees it yet)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import publications, rounds
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.reports.about import Shows

    shows = Shows(answers=answers, findings=findings, ranks=ranks, points=points)
    made = publications.prepare(
        PROGRAM,
        rounds.find(slug),
        shows=shows,
        note=note,
        issuer=issuer,
        previous=previous,
        progress=_show,
    )
    _tell(made, as_json)


@app.command("now")
def now(
    slug: Slug,
    number: Number = None,
    files: Annotated[
        bool,
        typer.Option(help="公布之前先生成开放数据文件 (make the files of open data first; else when somebody asks)."),
    ] = True,
    note: Note = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """公布一个准备好的版本，取代以前的 (make a prepared version public; it replaces the one before)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import publications
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.models import PublicationState
    from govgauge.office.open_data import making
    from govgauge.office.open_data.found import version_of

    found = publications.find(slug, number)
    if files and found.state == PublicationState.PREPARED:
        making.make_all(version_of(found), _show)
    made = publications.publish(PROGRAM, found, note)
    _let_find()
    _tell(made, as_json)


@app.command("withdraw")
def withdraw(slug: Slug, number: Number = None, note: Note = "", home: Home = None, as_json: Json = False) -> None:
    """撤回已公布的版本，理由公开 (take a public version back; the reason is shown)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import publications
    from govgauge.office.domain.acting import PROGRAM

    made = publications.withdraw(PROGRAM, publications.find(slug, number), note)
    _let_find()
    _tell(made, as_json)


@app.command("restore")
def restore(slug: Slug, number: Number = None, note: Note = "", home: Home = None, as_json: Json = False) -> None:
    """恢复撤错或作废错的版本，理由公开 (undo a withdrawal or a discarding; the reason is shown)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import publications
    from govgauge.office.domain.acting import PROGRAM

    made = publications.restore(PROGRAM, publications.find(slug, number), note)
    _let_find()
    _tell(made, as_json)


@app.command("documents")
def documents(
    slug: Slug,
    number: Number = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="general、special、diagnosis，可重复，省略为全部 (which).")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--format", help="pdf、docx、html，可重复，省略为全部 (which forms).")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="几个进程 (processes).")] = 2,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """为一个版本生成报告和各对象的诊断；中断后用同样的命令接着做 (make its documents; the same command goes on)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.errors import Failed
    from govgauge.office.domain import publication_documents, publications, publishing_runs
    from govgauge.office.domain.acting import PROGRAM

    asked = publishing_runs.Asked(
        kinds=tuple(kind or publication_documents.KINDS), forms=tuple(form or publication_documents.FORMS)
    )
    publication = publications.find(slug, number)
    run = publishing_runs.begin_documents(PROGRAM, publication, asked)
    ended = publishing_runs.carry_out(run.pk, workers=workers, progress=_show)
    if ended.failure:
        raise Failed(ended.failure)
    _let_find()
    made = publication.documents.count()
    if as_json:
        print(json.dumps({**_facts(publication), "documents": made}, ensure_ascii=False))
    else:
        print(f"{publication}：{made} 个文件 ({made} files).")


@app.command("list")
def list_versions(slug: Slug, home: Home = None, as_json: Json = False) -> None:
    """列出各个版本 (list the versions)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds
    from govgauge.office.models import Publication

    found = Publication.objects.filter(round=rounds.find(slug)).order_by("number")
    if as_json:
        print(json.dumps([_facts(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        _tell(one, as_json)
    if not found:
        print("还没有准备过公布版本 (no version yet).")


def _let_find() -> None:
    """The portal's search follows what is public."""
    from govgauge.web.portal.search import building

    building.renew()


def _tell(made: "Publication", as_json: bool) -> None:
    facts = _facts(made)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(
        f"{facts['round']} 第 {facts['number']} 版  {made.get_state_display()}  {facts['subjects']} 个对象  "
        f"结果表 {facts['tables_hash']}  {facts['folder']}"
    )


def _facts(made: "Publication") -> dict[str, object]:
    from govgauge.office.domain import publications

    return {
        "round": made.round.slug,
        "number": made.number,
        "state": made.state,
        "subjects": made.subjects,
        "tables_hash": made.tables_hash,
        "folder": str(publications.home() / made.folder),
        "published_at": made.published_at and made.published_at.isoformat(),
    }


def _show(what: str, done: int, count: int) -> None:
    if sys.stderr.isatty():
        end = "" if done < count else "\r\x1b[2K"
        print(f"\r\x1b[2K{what} {done}/{count}{end}", end="", file=sys.stderr, flush=True)
