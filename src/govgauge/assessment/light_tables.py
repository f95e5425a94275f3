"""The tables of a site among thousands: kept by the process that judges, and only what is read again later."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import msgspec

from govgauge.assessment.read_pages import ReadPages
from govgauge.assessment.table_columns import TABLES, Kind
from govgauge.structure.site import LinkUse

KEPT = ("columns", "articles")
"""Tables that are written, as lines of JSON; everything else can be had from the archive by judging it again."""
EPOCH = date(1970, 1, 1)


class TableKeeper(Protocol):
    """What a conclusion asks of the tables: `TableProcess` writes them all, `LightTables` hardly any."""

    folder: Path

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write_links(self, order: Iterable[str]) -> None: ...

    def write(self, name: str, rows: list[list[object]]) -> None: ...

    def uses(self, wanted: set[str], limit: int) -> dict[str, list[LinkUse]]: ...

    def finish(self) -> object: ...


class LightTables:
    """Looks links up in what was read, and writes columns.jsonl and articles.jsonl."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._order: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing runs on."""

    def write_links(self, order: Iterable[str]) -> None:
        """Remember the order of the pages; links are looked up in what was read."""
        self._order = list(order)

    def write(self, name: str, rows: list[list[object]]) -> None:
        """One of the tables that come as rows, when it is kept."""
        if name not in KEPT:
            return
        columns = TABLES[name]
        days = [place for place, kind in enumerate(columns.values()) if kind is Kind.DAY]
        encoder = msgspec.json.Encoder()
        lines = []
        for row in rows:
            for place in days:
                if isinstance(since := row[place], int):
                    row[place] = EPOCH + timedelta(days=since)
            lines.append(encoder.encode(dict(zip(columns, row, strict=True))) + b"\n")
        (self.folder / f"{name}.jsonl").write_bytes(b"".join(lines))

    def uses(self, wanted: set[str], limit: int) -> dict[str, list[LinkUse]]:
        """Where URLs are linked from: at most `limit` uses a URL, pages first in the visit first."""
        found: dict[str, list[LinkUse]] = {}
        if not wanted:
            return found
        with ReadPages(self.folder) as read:
            for page in self._order:
                for link in read.links_of(page):
                    if link.url in wanted:
                        uses = found.setdefault(link.url, [])
                        if len(uses) < limit:
                            uses.append(LinkUse(page, link))
        return found

    def finish(self) -> None:
        """Everything has been written."""
