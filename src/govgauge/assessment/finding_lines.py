"""The lines of findings.jsonl: each finding with the place of its evidence."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.outcomes import Fact


class Place(Struct, frozen=True):
    """Where the evidence of a finding lies: the archive's file and the offset of the record in it."""

    file: str
    offset: int


class FindingLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of findings.jsonl. `confirmed` tells in a judgement from two looks whether both saw it."""

    id: str
    audit: str
    page: str
    target: str
    slug: str
    data: dict[str, Fact]
    excerpt: str
    seen_at: tuple[str, ...]
    warc: Place | None
    sha256: str
    confirmed: bool | None = None

    def plain(self) -> dict[str, object]:
        """The line as plain values."""
        return msgspec.to_builtins(self)  # type: ignore[no-any-return]  # a struct becomes a dict


def read_findings(path: Path) -> Iterator[FindingLine]:
    """The lines of a findings.jsonl."""
    decoder = msgspec.json.Decoder(FindingLine)
    with path.open("rb") as file:
        for raw in file:
            yield decoder.decode(raw)
