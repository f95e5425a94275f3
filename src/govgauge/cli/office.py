"""`govgauge office`: what the office does by itself from time to time."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="评估办公室 (what the office does by itself).", no_args_is_help=True)
Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
EVERY_SECONDS = 60.0


@app.command("tick")
def tick(
    home: Home = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """催办、上报、说明失效、自动复查，发出邮件和消息 (deadlines and mails); daily or more often, safe to run twice."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.tick import tick as all_due

    done = all_due()
    if as_json:
        import msgspec

        print(json.dumps(msgspec.to_builtins(done)))
        return
    days, sent = done.days, done.sent
    print(
        f"催办 {days.urged}，上报主管 {days.escalated}，再次出现 {days.reopened}，说明失效 {days.lapsed}，"
        f"安排复查 {days.rechecks}，提醒实测 {done.reminded}；"
        f"发出邮件 {sent.mails} 封、办公群消息 {sent.messages} 条，未发出 {sent.failed}"
    )


@app.command("run")
def run(home: Home = None) -> None:
    """一直运行：每分钟做到期的事，并执行复查和自查 (keep at it, and do re-checks and self-checks), until Ctrl-C."""
    from govgauge.office.start import start

    place = start(home)
    from govgauge.office.lanes import ASIDE
    from govgauge.office.sweeper import worker_name
    from govgauge.office.tick import tick as all_due

    stopped = [False]

    def stop(_number: int, _frame: object) -> None:
        stopped[0] = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    environment = {**os.environ, "GOVGAUGE_HOME": str(place)}
    command = [sys.executable, "-m", "govgauge.office.worker_process", worker_name(0), f"{ASIDE}:1"]
    worker = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    print("复查、自查和消息都在处理，按 Ctrl-C 结束 (at work; Ctrl-C ends).", flush=True)
    last = -EVERY_SECONDS
    while not stopped[0] and worker.poll() is None:
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            all_due()
        time.sleep(0.5)
    worker.terminate()
    raise typer.Exit(0 if stopped[0] else 1)
