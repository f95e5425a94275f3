"""What the terminal shows while a round runs: where it is, who is at work, how fast it goes, when it may be done.

On a terminal a view that is written over, else a line from time to time; both on stderr.
"""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from msgspec import Struct

from govgauge.office.queries.groups import GroupStanding, by_group
from govgauge.office.queries.pace import Pace, Running, at_work, pace
from govgauge.office.queries.progress import Standing, standing
from govgauge.office.queries.reasons import classes

if TYPE_CHECKING:
    from rich.console import Group
    from rich.live import Live

    from govgauge.office.models import Round

VIEW_SECONDS = 1.0
LINE_SECONDS = 10.0
RUNNING_SHOWN = 8
REASONS_SHOWN = 5
WIDTH = 40
"""Characters of the bar."""


class Moment(Struct, frozen=True):
    """A round as it is at one moment."""

    standing: Standing
    pace: Pace
    running: tuple[Running, ...]
    reasons: dict[str, int]


def moment(round_: "Round") -> Moment:
    """The round as it is now, in a constant number of queries."""
    now = standing(round_)
    return Moment(now, pace(round_, now.ready + now.running), at_work(round_), classes(now.reasons))


class RoundScreen:
    """Shows a round while it runs. `show` may be called as often as one likes: it asks the database when it is time."""

    def __init__(self, round_: "Round", out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._round = round_
        self._out = out or sys.stderr
        self._clock = clock
        self._live = _live(self._out) if self._out.isatty() else None
        self._next = clock()

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def show(self) -> None:
        """Show the round as it is, unless it was shown a moment ago."""
        now = self._clock()
        if now < self._next:
            return
        told = moment(self._round)
        if self._live:
            self._next = now + VIEW_SECONDS
            self._live.update(view(told))
        else:
            self._next = now + LINE_SECONDS
            print(line(told), file=self._out, flush=True)


def line(told: Moment) -> str:
    """A moment in a line."""
    now, speed = told.standing, told.pace
    left = f"，约剩 {duration(speed.seconds_left)}" if speed.seconds_left else ""
    longest = f"，最久 {told.running[0].name} {duration(told.running[0].seconds)}" if told.running else ""
    failed = "".join(f"；{count} 项：{reason}" for reason, count in list(told.reasons.items())[:REASONS_SHOWN])
    return (
        f"{time.strftime('%H:%M:%S')} 完成 {now.done}/{now.jobs}，进行中 {now.running}{longest}，等待 {now.ready}，"
        f"失败 {now.failed}；{speed.pages_per_second:.1f} 页/秒{left}{failed}"
    )


def view(told: Moment) -> "Group":
    """A moment as a view of several lines."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    now, speed = told.standing, told.pace
    parts = (
        (now.done, "green", "━"),
        (now.failed, "red", "━"),
        (now.running, "blue", "━"),
        (now.ready, "bright_black", "─"),
    )
    bar = Text()
    for count, style, sign in parts:
        bar.append(sign * round(WIDTH * count / max(1, now.jobs)), style)
    share = 100 * now.ended / max(1, now.jobs)
    bar.append(f" {share:.0f}%  完成 {now.done}  进行中 {now.running}  等待 {now.ready}  ")
    bar.append(f"失败 {now.failed}", "red" if now.failed else "")
    left = f"  约剩 {duration(speed.seconds_left)}" if speed.seconds_left else ""
    rate = Text(f"{speed.pages_per_second:.1f} 页/秒  网页 {now.pages}  问题 {now.findings}{left}")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for one in told.running[:RUNNING_SHOWN]:
        table.add_row(
            Text("进行中", "blue"), Text(one.name), Text(duration(one.seconds)), Text(one.worker, "bright_black")
        )
    for reason, count in list(told.reasons.items())[:REASONS_SHOWN]:
        table.add_row(Text("原因", "red"), Text(reason), Text(f"{count} 项"), Text(""))
    return Group(bar, rate, table)


def duration(seconds: float | None) -> str:
    """A length of time in its two largest units."""
    whole = int(seconds or 0)
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        return f"{whole // 60} 分 {whole % 60} 秒"
    return f"{whole // 3600} 小时 {whole % 3600 // 60} 分"


def progress_json(round_: "Round", told: Moment) -> dict[str, object]:
    """A moment for programs, beside the numbers of its standing."""
    return {
        "pages_per_second": round(told.pace.pages_per_second, 3),
        "jobs_per_second": round(told.pace.jobs_per_second, 5),
        "seconds_left": None if told.pace.seconds_left is None else round(told.pace.seconds_left),
        "reason_classes": told.reasons,
        "at_work": [_fields(one) for one in told.running],
        "groups": [_fields(one) for one in by_group(round_)],
    }


def _fields(one: Running | GroupStanding) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def _live(out: TextIO) -> "Live":
    from rich.console import Console
    from rich.live import Live

    return Live(console=Console(file=out), refresh_per_second=4, transient=True)
