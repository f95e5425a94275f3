"""The memory of a visit: archive and journal together, and what they held before it was resumed."""

import os
import time
from pathlib import Path

from isal import isal_zlib

import govgauge
from govgauge.gather import archive, journal, warc
from govgauge.gather.artifacts import Exchange
from govgauge.gather.errand import Errand
from govgauge.gather.journal import End, Journal, Line, Start
from govgauge.gather.transport import Answer


class Record:
    """Writes what a visit does, and knows what an earlier part of it did."""

    def __init__(self, folder: Path, start: Start) -> None:
        self.folder = folder
        self.start = start
        self._archive_path = folder / archive.NAME
        self._journal_path = folder / journal.NAME
        self._done: dict[int, tuple[int, bool]] = {}
        self.seconds_before = 0.0
        self._began = time.monotonic()
        self._take_up()
        self._warc = warc.Writer(self._archive_path, f"govgauge/{govgauge.__version__}")
        self._journal = Journal(self._journal_path)
        if self._journal.offset == 0:
            self._journal.write(Line(start=start))
        self._lines = journal.Rereader(self._journal_path)
        self._bodies = archive.Archive(self._archive_path)

    @property
    def seconds(self) -> float:
        """How long the visit has lasted, without its interruptions."""
        return self.seconds_before + time.monotonic() - self._began

    def keep(self, errand: Errand, exchange: Exchange, *, read: bool) -> int:
        """Write an exchange whose records lie in the archive; returns the place of its line."""
        line = Line(
            exchange=exchange,
            archived=self._warc.offset,
            seconds=round(self.seconds, 3),
            read=read,
            asked="" if errand.purpose is exchange.purpose else errand.purpose.value,
        )
        return self._journal.write(line)

    def response(self, url: str, lines: list[bytes], answer: Answer, digest: str) -> int:
        """Write a response to the archive; `digest` is the SHA-256 of its body. Returns its offset."""
        return self._warc.response(
            url,
            lines,
            answer.body,
            at=answer.started_at,
            peer=answer.peer,
            truncated="length" if answer.cut else "disconnect" if answer.code else "",
            digest=digest,
        )

    def earlier(self, errand: Errand) -> tuple[int, Exchange, bool] | None:
        """What an earlier part of the visit brought for an errand: place, exchange, whether it was read as a page."""
        found = self._done.pop(_name(errand.url, errand.purpose, errand.attempt), None)
        if found is None:
            return None
        exchange = self.exchange(found[0])
        return found[0], exchange, found[1]

    def exchange(self, place: int) -> Exchange:
        """The exchange whose line begins at `place`."""
        found = self._lines.at(place).exchange
        assert found is not None, "a place always belongs to an exchange"  # noqa: S101 - tells mypy
        return found

    def recall(self, place: int) -> tuple[Exchange, bytes]:
        """An exchange and its body again."""
        exchange = self.exchange(place)
        return exchange, self.body(exchange)

    def body(self, exchange: Exchange) -> bytes:
        """The body of an exchange, empty when no response came."""
        return self._bodies.response(exchange.offset)[1] if exchange.offset >= 0 else b""

    def finish(self, end: End) -> None:
        """Write that the visit is over."""
        self._journal.write(Line(end=end, archived=self._warc.offset, seconds=round(self.seconds, 3)))

    def close(self) -> None:
        """Close all files."""
        self._warc.close()
        self._journal.close()
        self._lines.close()
        self._bodies.close()

    def _take_up(self) -> None:
        """Read what is there, and cut off what a kill left half done."""
        if not self._journal_path.exists():
            self._archive_path.unlink(missing_ok=True)
            return
        whole = archived = 0
        for place, line in journal.lines(self._journal_path):
            if line.exchange is not None:
                kept = line.exchange
                self._done[_name(kept.url, line.asked or kept.purpose, kept.attempt)] = (place, line.read)
            self.seconds_before = max(self.seconds_before, line.seconds)
            archived = max(archived, line.archived)
            whole = place
        whole = _end_of_line(self._journal_path, whole)
        os.truncate(self._journal_path, whole)
        if self._archive_path.exists():
            os.truncate(self._archive_path, _whole_members(self._archive_path, archived))


def _name(url: str, purpose: str, attempt: int) -> int:
    return hash((url, purpose, attempt))


def _end_of_line(path: Path, place: int) -> int:
    with path.open("rb") as file:
        file.seek(place)
        line = file.readline()
        return place + (len(line) if line.endswith(b"\n") else 0)


def _whole_members(path: Path, archived: int) -> int:
    """How much of the archive is whole: what the journal vouches for, or the first record when it is silent."""
    size = path.stat().st_size
    if archived:
        return min(archived, size)
    with path.open("rb") as file:
        unpacker = isal_zlib.decompressobj(31)
        raw = file.read()
        try:
            unpacker.decompress(raw)
        except archive.Corrupt:
            return 0
        return size - len(unpacker.unused_data) if unpacker.eof else 0
