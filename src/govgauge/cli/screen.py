"""What the terminal shows: progress on stderr while it works, the conclusion on stdout at the end."""

import json
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.live import Live

    from govgauge.assessment.conclusion import Conclusion
    from govgauge.gather.visit import Progress

REFRESHES_PER_SECOND = 4


class Screen:
    """One line on stderr that tells how far the work is; silent where stderr is no terminal."""

    def __init__(self) -> None:
        self._live = _live() if sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def show(self, progress: "Progress") -> None:
        if self._live:
            counts = f"已完成 {progress.done}  待采集 {progress.waiting}  失败 {progress.failed}"
            self._live.update(f"{progress.phase}  {counts}")


def _live() -> "Live":
    from rich.console import Console
    from rich.live import Live

    return Live(console=Console(stderr=True), refresh_per_second=REFRESHES_PER_SECOND, transient=True)


def say_summary(conclusion: "Conclusion", out: Path, *, as_json: bool) -> None:
    """The conclusion of an assessment on stdout, and every warning on stderr."""
    for warning in conclusion.warnings:
        print(warning, file=sys.stderr)
    if as_json:
        print(json.dumps(conclusion.summary(), ensure_ascii=False))
        return
    for line in conclusion.lines():
        print(line)
    if conclusion.reported:
        print(f"报告：{out / 'report.html'}")
