"""`govgauge work`: a worker beyond the machine of the office."""

import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from govgauge.errors import Unusable


def work(
    lanes: Annotated[
        str, typer.Option("--lanes", help="通道，逗号分隔，可写明同时执行几项，如 visit:8,reports:1 (lanes).")
    ] = "visit,tls,browser,reports,checks",
    concurrency: Annotated[
        int | None,
        typer.Option("--concurrency", min=1, max=1000, help="未写明的通道同时执行几项 (jobs of a lane at a time)."),
    ] = None,
    home: Annotated[
        Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")
    ] = None,
) -> None:
    """执行任务，直到停止 (do jobs until stopped); needs GOVGAUGE_DATABASE=postgresql://…"""
    from govgauge.office.lanes import slots_of
    from govgauge.office.start import start

    slots = slots_of(lanes, concurrency)
    if not os.environ.get("GOVGAUGE_DATABASE", "").startswith("postgres"):
        raise Unusable(
            "govgauge work 需要 PostgreSQL：请设 GOVGAUGE_DATABASE=postgresql://用户:密码@主机/库名；"
            "只用一台机器时，round run 就够了 (needs PostgreSQL; on one machine `round run` is enough)."
        )
    place = start(home, migrate=False)
    from govgauge.office.messenger import Messenger
    from govgauge.office.program import program

    _log_in_lines()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print(f"程序 {program()}，通道 {', '.join(f'{lane}×{count}' for lane, count in slots.items())}", file=sys.stderr)
    asyncio.run(_until_stopped(Messenger(place, slots, _say)))


class _Line(logging.Formatter):
    """A fault in one line."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - its name in logging
        return f"{ei[0].__name__}: {' '.join(str(ei[1]).split())}"


def _log_in_lines() -> None:
    told = logging.StreamHandler()
    told.setFormatter(_Line("%(name)s: %(message)s"))
    told.addFilter(_is_news)
    logging.basicConfig(handlers=[told], level=logging.ERROR)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line is to be shown: that the database is away, the messenger says itself, once."""
    from procrastinate.exceptions import ConnectorException

    fault = record.exc_info[1] if record.exc_info else None
    return not record.name.startswith("psycopg.") and not isinstance(fault, ConnectorException)


async def _until_stopped(messenger: object) -> None:
    from govgauge.office.messenger import Messenger

    assert isinstance(messenger, Messenger)  # noqa: S101 - tells mypy
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, messenger.stop)
    await messenger.run()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
