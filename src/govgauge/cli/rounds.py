"""`govgauge round`: a whole assessment on this machine."""

import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.cli import round_visits
from govgauge.cli.assess import as_day
from govgauge.cli.round_export import export
from govgauge.cli.round_freezing import freeze, verify, warn
from govgauge.cli.round_recompute import recompute
from govgauge.cli.round_stages import Anyway, StageFile, StageGiven, stage_lines, stages, stages_json
from govgauge.cli.round_subjects import add, update
from govgauge.errors import Failed

if TYPE_CHECKING:
    from govgauge.cli.round_progress import Moment
    from govgauge.office.models import Round

app = typer.Typer(help="年度评估 (rounds: whole assessments).", no_args_is_help=True)


@app.callback()
def by_command(context: typer.Context) -> None:
    """年度评估 (rounds: whole assessments)."""
    from govgauge.office.by_command import given

    if context.invoked_subcommand != "run":  # what workers do, the program does
        context.with_resource(given())


app.command("visit")(round_visits.visit)
app.command("changes")(round_visits.changes)
app.command("warnings")(round_visits.warnings)
app.command("freshness")(round_visits.freshness)
app.command("stages")(stages)
app.command("add")(add)
app.command("update")(update)
app.command("export")(export)
app.command("freeze")(freeze)
app.command("verify")(verify)
app.command("recompute")(recompute)
Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Slug = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (name of the round).")]


@app.command("new")
def new(
    slug: Slug,
    as_of: Annotated[str, typer.Option("--as-of", help="以哪一天为“今天” (today's date for freshness).")],
    title: Annotated[str, typer.Option("--title", help="标题 (title).")] = "",
    rules: Annotated[str, typer.Option("--rules", help="检查规则 (rule set).")] = "inspection-2019",
    settings: Annotated[str, typer.Option("--settings", help="采集设置，JSON (how sites are visited).")] = "{}",
    stage_file: StageFile = None,
    stage: StageGiven = None,
    home: Home = None,
) -> None:
    """新建一次年度评估 (open a round)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds, stages
    from govgauge.office.domain.settings import settings_of

    plan = stages.plan_of(stage_file, stage or ())
    rounds.create(slug, title, rules=rules, as_of=as_day(as_of), settings=settings_of(settings), plan=plan)
    print(f"已新建“{slug}”(opened).")


@app.command("run")
def run(
    slug: Slug,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="本机执行进程数 (workers here).")] = 2,
    report_workers: Annotated[
        int, typer.Option("--report-workers", min=0, max=64, help="另写报告的进程数 (workers that write reports).")
    ] = 1,
    anyway: Anyway = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """采集和判定，直到没有待办 (work off what is to be done); Ctrl-C stops, and the same command goes on."""
    from govgauge.office.start import start

    place = start(home)
    from govgauge.cli.round_progress import RoundScreen, moment
    from govgauge.office.by_command import given
    from govgauge.office.domain import freezing, rounds
    from govgauge.office.domain.acting import noted_by_command
    from govgauge.office.domain.stages import may_collect, today
    from govgauge.office.pool import Pool

    round_ = rounds.find(slug)
    rounds.need_open(round_)
    if not anyway:
        may_collect(round_, today())
    freezing.need_subjects(round_)
    warn(round_)
    with given():
        noted_by_command("round.run", round_, {}, {"workers": workers, "anyway": anyway})
    stopped = [False]

    def stop(_number: int, _frame: object) -> None:
        stopped[0] = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with RoundScreen(round_) as screen:
        Pool(place, workers, report_workers, anyway=anyway).run(round_, screen.show, lambda: stopped[0])
    told = moment(round_)
    _tell(round_, told, as_json=as_json)
    now = told.standing
    if stopped[0]:
        raise Failed("已停止；重新运行同一命令即可继续 (stopped; the same command goes on).")
    raise typer.Exit(1 if now.failed or now.unreachable or now.closed else 0)


@app.command("status")
def status(slug: Slug, home: Home = None, as_json: Json = False) -> None:
    """进展 (where a round is)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.cli.round_progress import moment
    from govgauge.office.domain import rounds

    round_ = rounds.find(slug)
    _tell(round_, moment(round_), as_json=as_json, stages=stages_json(round_))
    if not as_json:
        for line in stage_lines(round_):
            print(line)


@app.command("pause")
def pause(slug: Slug, home: Home = None) -> None:
    """暂停：不再分派任务 (give no more jobs out)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds

    rounds.pause(rounds.find(slug))
    print("已暂停 (paused).")


@app.command("resume")
def resume(slug: Slug, home: Home = None) -> None:
    """继续 (give jobs out again)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import rounds

    rounds.go_on(rounds.find(slug))
    print("已继续 (open again).")


@app.command("retry")
def retry(slug: Slug, home: Home = None) -> None:
    """让已失败的任务重新开始 (give jobs that have failed for good another chance)."""
    from govgauge.office.start import start

    start(home)
    from django.db import transaction

    from govgauge.office.domain import jobs, rounds
    from govgauge.office.domain.acting import noted_by_command
    from govgauge.office.models import JobState

    round_ = rounds.find(slug)
    with transaction.atomic():
        count = jobs.try_again(round_.jobs.filter(state=JobState.FAILED).values_list("id", flat=True))
        noted_by_command("round.retry", round_, {}, {"jobs": count})
    print(f"{count} 项任务将重试 (jobs will be tried again).")


@app.command("adopt")
def adopt(slug: Slug, home: Home = None) -> None:
    """改由本机的程序版本继续；结束后请 recompute (let this program go on with the round)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import programs, rounds

    round_ = rounds.find(slug)
    before = programs.adopt(round_)
    print(f"“{slug}”原由程序 {before or '不限'} 执行，现由本机程序执行；结束后请运行 recompute (adopted).")


def _tell(round_: "Round", told: "Moment", *, as_json: bool, stages: dict[str, object] | None = None) -> None:
    from govgauge.cli.round_progress import duration, progress_json

    now = told.standing
    if as_json:
        facts = {name: getattr(now, name) for name in now.__struct_fields__}
        more = progress_json(round_, told)
        print(
            json.dumps(
                {"round": round_.slug, "state": round_.state, **facts, **more, **(stages or {})}, ensure_ascii=False
            )
        )
        return
    print(
        f"{round_.slug}（{round_.get_state_display()}）：评估对象 {now.entries} 个（{now.without_site} 个没有网站）；"
        f"完成 {now.done}，进行中 {now.running}，等待 {now.ready}，失败 {now.failed}；首页未打开 {now.unreachable} 个；"
        f"网页 {now.pages} 个，问题 {now.findings} 个"
    )
    if told.pace.seconds_left:
        print(f"  {told.pace.pages_per_second:.1f} 页/秒，约剩 {duration(told.pace.seconds_left)}")
    for reason, count in now.reasons.items():
        print(f"  {count} 项：{reason}")
    for line in round_visits.looks_told(round_, now):
        print(f"  {line}")
