"""The command `govgauge`: its sub-commands, and the one place where errors become sentences."""

import errno
import gc
import sys

import typer

from govgauge import __version__
from govgauge.cli import (
    analysis,
    assess,
    audits,
    cases,
    certificates,
    collect,
    demo,
    evidence,
    explain,
    inspect,
    judge,
    monitor,
    office,
    people,
    publish,
    report,
    results,
    rounds,
    score,
    serve,
    subjects,
    systems,
    testbed,
    work,
)
from govgauge.errors import GovgaugeError
from govgauge.gather.problems import Interrupted, VisitError

SEARCHED_AFTER = 50_000
"""New objects after which garbage is looked for. Loading makes hundreds of thousands that stay: with Python's own 700 a
tenth of the time of a start goes into looking through them."""

app = typer.Typer(
    name="govgauge",
    help="政测：政府网站与数字政府评估 (assessment of government websites).",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("assess")(assess.assess)
app.command("judge")(judge.judge)
app.command("evidence")(evidence.evidence)
app.command("demo")(demo.demo)
app.command("score")(score.score)
app.command("explain")(explain.explain)
app.command("inspect")(inspect.inspect)
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.add_typer(analysis.app, name="analysis")
app.add_typer(audits.app, name="audits")
app.add_typer(cases.app, name="cases")
app.add_typer(certificates.app, name="certificates")
app.add_typer(collect.app, name="collect")
app.add_typer(monitor.app, name="monitor")
app.add_typer(people.app, name="people")
app.add_typer(publish.app, name="publish")
app.add_typer(office.app, name="office")
app.add_typer(report.app, name="report")
app.add_typer(results.app, name="results")
app.add_typer(rounds.app, name="round")
app.add_typer(subjects.app, name="subjects")
app.add_typer(systems.app, name="systems")
app.add_typer(testbed.app, name="testbed")


def show_version(wanted: bool) -> None:
    if wanted:
        print(f"govgauge {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: bool = typer.Option(
        False, "--version", callback=show_version, is_eager=True, help="显示版本 (show the version)."
    ),
) -> None:
    """政测：政府网站与数字政府评估 (assessment of government websites)."""


def main() -> None:
    """Run the command; exit 0 on success, 1 when something asked for failed, 2 on unusable arguments or input."""
    gc.set_threshold(SEARCHED_AFTER)
    try:
        app()
    except GovgaugeError as error:
        stop(str(error), error.status)
    except VisitError as error:
        stop(str(error), 1 if isinstance(error, Interrupted) else 2)
    except KeyboardInterrupt:
        stop("已中断 (interrupted).", 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        stop(of_system(error), 2)
    except Exception as error:
        if not _is_of_database(error):
            raise
        from govgauge.office.start import unusable

        stop(str(unusable(error)), 2)


def _is_of_database(error: Exception) -> bool:
    """Whether the database went away in the middle of a command."""
    if "django.db" not in sys.modules:
        return False
    from govgauge.office.away import AWAY

    return isinstance(error, AWAY)


def stop(sentence: str, status: int) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(status)


def of_system(error: OSError) -> str:
    """A sentence for an error of the operating system, with its remedy."""
    place = error.filename or ""
    match error.errno:
        case errno.ENOSPC:
            return f"磁盘已满：{place}；已采集的内容没有丢失，请腾出空间后加 --resume 重试 (disk full; use --resume)."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"没有写入或读取权限：{place}；请换一个目录或修改权限 (no permission; choose another folder)."
        case errno.ENOENT:
            return f"找不到或无法建立：{place}；请换一个目录 (cannot be found or made; choose another folder)."
        case errno.ENOTDIR | errno.EISDIR | errno.EEXIST:
            return f"{place} 不能用作目录（可能是一个文件）；请换一个目录 (no folder; choose another)."
        case _:
            return f"系统错误：{error.strerror} {place} (system error)."
