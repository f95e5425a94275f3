"""Lines of a list of subjects on their way into a round, and the plain CSV that names system and profile itself."""

import csv
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.subjects.keys import key_of

COLUMNS = ("name", "parent", "group", "url", "system", "profile")
NEEDED = ("name", "url", "system")


class Line(Struct, frozen=True):
    """A subject with its site and that by which it is scored: `number` in its file (0: it comes from no file).

    `before` are the keys of the subjects that it took over from.
    """

    number: int
    name: str
    parent: str
    group: str
    url: str
    system: str
    profile: str
    region: str = ""
    before: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The names of all above it and its own: names repeat across provinces."""
        return key_of(self.parent, self.name)

    def told(self, fault: str) -> str:
        """A sentence that names the place of a fault."""
        return f"第 {self.number} 行：{fault}。" if self.number else f"“{self.key}”：{fault}。"


class Offer(Struct, frozen=True, kw_only=True):
    """What a list offers a round.

    `refused` are sentences for what cannot be taken. `unassessed` counts bodies that only stand above others. `gone`
    are the bodies that exist no more, with the keys of those that took over from them.
    """

    lines: tuple[Line, ...]
    refused: tuple[str, ...] = ()
    unassessed: int = 0
    gone: dict[str, tuple[str, ...]] = {}


def is_plain(path: Path) -> bool:
    """Whether a file is a CSV with the columns name, url and system: all that a round needs is in its lines."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    return {"name", "system"} <= set(head)


def read_plain(path: Path) -> Offer:
    """The lines of such a CSV (UTF-8). Raises Unusable when it cannot be read at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{path}：不是 UTF-8 编码。请另存为“CSV UTF-8”后再试 (save as UTF-8).") from None
    except OSError as error:
        raise Unusable(f"{path}：无法读取（{error.strerror}）(cannot be read).") from None
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise Unusable(f"{path} 第 1 行：缺少列 {'、'.join(missing)}；需要 {'、'.join(COLUMNS)} (missing columns).")
    lines = [
        _line(reader.line_num, {name: (row.get(name) or "").strip() for name in COLUMNS})
        for row in reader
        if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))
    ]
    return Offer(lines=tuple(lines))


def _line(number: int, cells: dict[str, str]) -> Line:
    return msgspec.convert({"number": number, **cells}, Line)
