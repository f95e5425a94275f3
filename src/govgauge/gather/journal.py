"""The journal of a visit: one line for each thing done, written after its record lies in the archive."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from govgauge.gather.artifacts import Exchange, Skipped
from govgauge.gather.facts import NetworkFacts
from govgauge.gather.plan import Plan
from govgauge.gather.problems import JournalUnreadableError

NAME = "visit.jsonl"
FORMAT = 1


class Start(Struct, frozen=True, kw_only=True):
    """What the visit was meant to be, and when it was first begun (UTC, ISO 8601)."""

    format: int = FORMAT
    plan: Plan
    started_at: str


class End(Struct, frozen=True, kw_only=True):
    """What a finished visit says of itself beside its exchanges."""

    home: str
    host: str
    finished_at: str
    skipped: tuple[Skipped, ...] = ()
    budget_exhausted: bool = False
    stopped: str = ""
    unread: tuple[str, ...] = ()
    network: NetworkFacts = NetworkFacts()


class Line(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the journal: exactly one of `start`, `exchange`, `end`.

    `archived` is how many bytes of the archive the visit had written then, `seconds` how long it had lasted without
    its interruptions, `read` whether the body was given to a reading process as a page, `asked` the purpose for which
    the URL was asked, where the answer turned out to be something else.
    """

    start: Start | None = None
    exchange: Exchange | None = None
    archived: int = 0
    seconds: float = 0.0
    read: bool = False
    asked: str = ""
    end: End | None = None


class Journal:
    """Writes the lines of a visit."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self.offset = os.lseek(self._file, 0, os.SEEK_END)
        self._encoder = msgspec.json.Encoder()

    def write(self, line: Line) -> int:
        """Add a line; returns the place at which it begins. Raises OSError when the disk is full."""
        raw = self._encoder.encode(line) + b"\n"
        place = self.offset
        written = os.write(self._file, raw)
        while written < len(raw):
            written += os.write(self._file, raw[written:])
        self.offset += written
        return place

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class _Rank(Struct, frozen=True):
    """What tells where an exchange belongs."""

    order: int = -1
    attempt: int = 1


class _RankedLine(Struct, frozen=True):
    """As much of a line as is needed to put exchanges into their order."""

    exchange: _Rank | None = None


_AnyLine = TypeVar("_AnyLine", Line, _RankedLine)


def lines(path: Path) -> Iterator[tuple[int, Line]]:
    """Every whole line of a journal with the place of its beginning; a broken last line ends it silently."""
    return _lines(path, msgspec.json.Decoder(Line))


def _lines(path: Path, decoder: msgspec.json.Decoder[_AnyLine]) -> Iterator[tuple[int, _AnyLine]]:
    place = 0
    with path.open("rb") as file:
        for raw in file:
            if not raw.endswith(b"\n"):
                return
            try:
                line = decoder.decode(raw)
            except msgspec.MsgspecError as error:
                raise JournalUnreadableError(path, str(error)) from None
            yield place, line
            place += len(raw)


class Rereader:
    """Reads single lines of a journal back."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._decoder = msgspec.json.Decoder(Line)

    def at(self, place: int) -> Line:
        """The line that begins at `place`."""
        raw = b""
        while b"\n" not in raw:
            more = os.pread(self._file, 4096 + 4 * len(raw), place + len(raw))
            if not more:
                break
            raw += more
        return self._decoder.decode(raw.partition(b"\n")[0])

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def exchanges(path: Path) -> Iterator[Exchange]:
    """Every exchange of a journal in the order of the visit, which no timing changes; attempts of a URL by time."""
    places: list[tuple[int, int, int]] = []
    for place, line in _lines(path, msgspec.json.Decoder(_RankedLine)):
        if line.exchange is not None:
            places.append((line.exchange.order, line.exchange.attempt, place))
    places.sort()
    reader = Rereader(path)
    try:
        for _, _, place in places:
            exchange = reader.at(place).exchange
            if exchange is not None:
                yield exchange
    finally:
        reader.close()
