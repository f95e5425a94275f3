"""The process that keeps the tables, seen from the one that judges."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from govgauge.assessment.table_requests import FRAME, Answer, LinksTable, Request, Table, Uses
from govgauge.errors import Failed
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.structure.site import LinkUse


class TableProcess:
    """Asks for tables without waiting for them; `finish` (or a question) waits and raises what went wrong.

    The process takes a while to load: it is made long before it is asked for anything.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = 0
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Answer)
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "govgauge.assessment.table_server", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is for us: the process ends when its input does
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None and kind is not None:
            self._process.kill()
        self._process.communicate()

    def write_links(self, order: Iterable[str]) -> None:
        """Have the links of the pages written as links.parquet, in the order of the pages."""
        self._ask(LinksTable(list(order)))

    def write(self, name: str, rows: list[list[object]]) -> None:
        """Have a table of rows written."""
        self._ask(Table(name, rows))

    def uses(self, wanted: set[str], limit: int) -> dict[str, list[LinkUse]]:
        """Where URLs are linked from: at most `limit` uses a URL, pages first in the visit first."""
        if not wanted:
            return {}
        self._ask(Uses(sorted(wanted), limit))
        found: dict[str, list[LinkUse]] = defaultdict(list)
        for page, url, kind, text, region in self.finish().uses:
            found[url].append(LinkUse(page, Link(url, LinkKind(kind), text, Region(region))))
        return dict(found)

    def finish(self) -> Answer:
        """Wait until everything asked for is done; the last answer. Raises OSError as it happened there."""
        answer = Answer()
        while self._open:
            answer = self._next()
            if answer.errno:
                raise OSError(answer.errno, answer.error, str(self.folder))
        return answer

    def _ask(self, request: Request) -> None:
        raw = self._encoder.encode(request)
        assert self._process.stdin  # noqa: S101 - tells mypy
        try:
            self._process.stdin.write(FRAME.pack(len(raw)) + raw)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise _ended() from None
        self._open += 1

    def _next(self) -> Answer:
        assert self._process.stdout  # noqa: S101 - tells mypy
        head = self._process.stdout.read(FRAME.size)
        if len(head) < FRAME.size:
            raise _ended()
        self._open -= 1
        return self._decoder.decode(self._process.stdout.read(*FRAME.unpack(head)))


def _ended() -> Failed:
    return Failed(
        "写数据表的进程意外结束；已采集的内容没有丢失，请加 --resume 重新运行 "
        "(the process that writes the tables ended; use --resume)."
    )
