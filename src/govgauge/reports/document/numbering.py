"""Numbers of headings, figures and tables, given once, so that every writer tells the same ones."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from govgauge.errors import GovgaugeError
from govgauge.reports.document.model import (
    Appendix,
    Block,
    Document,
    Figure,
    Heading,
    Items,
    Note,
    Paragraph,
    Run,
    Runs,
    Table,
)
from govgauge.reports.document.plain import cleaned

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class UnknownName(GovgaugeError):
    """A text refers to a name that no block has: a fault of the program."""


class Placed(Struct, frozen=True):
    """A block with its number (`第 3 章`, `3.1`, `图 5`, `表 2`; empty: it has none) and its anchor in the file.

    `place` is the plain number of a figure or table. `appendix`: it belongs to one.
    """

    block: Block
    number: str = ""
    anchor: str = ""
    place: int = 0
    appendix: bool = False


class Numbered(Struct, frozen=True):
    """A document whose blocks have their numbers, and whose references are told."""

    document: Document
    blocks: tuple[Placed, ...]

    def headings(self) -> list[Placed]:
        """For the table of contents."""
        return [each for each in self.blocks if isinstance(each.block, Heading)]


def numbered(document: Document) -> Numbered:
    """Number the blocks and put numbers where they are referred to. Raises UnknownName."""
    document = cleaned(document)
    placed = list(_placed(document))
    known = {name: each for each in placed if (name := getattr(each.block, "name", ""))}
    anchors = {name: each.anchor for name, each in known.items()}
    told = {name: _referred(each) for name, each in known.items()}
    return Numbered(document, tuple(replace(each, block=_resolved(each.block, told, anchors)) for each in placed))


def _placed(document: Document) -> Iterator[Placed]:
    levels = [0, 0, 0]
    counts: Counter[str] = Counter()
    appendix = False
    for block in document.blocks:
        if isinstance(block, Appendix):
            appendix, levels = True, [0, 0, 0]
            yield Placed(block, appendix=True)
        elif isinstance(block, Heading):
            level = min(max(block.level, 1), 3)
            levels = [*levels[: level - 1], levels[level - 1] + 1, *([0] * (3 - level))]
            counts["heading"] += 1
            yield Placed(
                replace(block, level=level),
                _heading(levels[:level], appendix=appendix),
                f"heading-{counts['heading']}",
                appendix=appendix,
            )
        elif isinstance(block, Figure | Table):
            kind, word = ("figure", "图") if isinstance(block, Figure) else ("table", "表")
            counts[kind] += 1
            yield Placed(block, f"{word} {counts[kind]}", f"{kind}-{counts[kind]}", counts[kind], appendix)
        else:
            yield Placed(block, appendix=appendix)


def _heading(levels: list[int], *, appendix: bool) -> str:
    if appendix:
        letter = LETTERS[(levels[0] - 1) % len(LETTERS)]
        return f"附录 {letter}" if len(levels) == 1 else ".".join([letter, *map(str, levels[1:])])
    return f"第 {levels[0]} 章" if len(levels) == 1 else ".".join(map(str, levels))


def _referred(placed: Placed) -> str:
    """How a reference tells it: 第 3.1 节 for a section, else its number."""
    block = placed.block
    return f"第 {placed.number} 节" if isinstance(block, Heading) and block.level > 1 else placed.number


def _resolved(block: Block, told: dict[str, str], anchors: dict[str, str]) -> Block:
    def runs(of: Runs) -> Runs:
        return tuple(run(each) for each in of)

    def run(of: Run) -> Run:
        if not of.to:
            return of
        if of.to not in told:
            raise UnknownName(f"报告引用了不存在的“{of.to}” (a reference leads nowhere).")
        return replace(of, text=told[of.to], to=anchors[of.to])

    if isinstance(block, Paragraph | Note):
        return replace(block, runs=runs(block.runs))
    if isinstance(block, Items):
        return replace(block, items=tuple(runs(item) for item in block.items))
    return block
