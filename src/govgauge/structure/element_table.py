"""Labels and their values, in whatever layout a page shows them: tables, lists, definition lists, plain lines."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from govgauge import lazy_re
from govgauge.structure import label_pattern
from govgauge.structure.blocks import PICTURE, Block

BLANK = r"[\s\u200b\ufeff]*"
"""Blanks, wide ones included, and characters without width. A set of three or more parts would compile ten times as
slowly, and the search for labels holds hundreds of it."""
_DECORATION = lazy_re.compile(
    r"^(?:[■◆●▲★☆◇□○▶►▪•·*#>》|\-—]+|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．:：](?!\d)|第[一二三四五六七八九十]+[、步条项])+"
)
_JOINED = (
    r"[、和及与/](?:地点|地址|时间|电话|方式|依据|条件|材料|程序|流程|要求|联系电话|办理地点|办公地点|联系方式|对象|部门|范围|期限)"
    r"(?:[、和及与/](?:地点|地址|时间|电话|联系电话))?"
)
"""What is joined to a label to make one of two: 办理时间、地点."""
_JOINED_LABEL = lazy_re.compile(rf"(.{{2,8}}?){_JOINED}$")
LONGEST_LABEL = 14
"""Characters of the longest text that is looked up as a label."""
LONGEST_LINE = 600
"""Characters of the longest line in which labels are looked for."""
LONGEST_VALUE_BLOCKS = 400


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of the vocabulary with what stands beside it. `first`…`last` are the blocks of label and value."""

    field: str
    label: str
    value: str
    first: int
    last: int


class Vocabulary:
    """Labels by the field that they stand for, found whatever blanks, brackets, numbers and colons surround them."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self.fields = {label: field for field, labels in fields.items() for label in labels}

    @cached_property
    def with_colon(self) -> re.Pattern[str]:
        """Any label before a colon. Compiled when first asked for: most pages never ask, and it takes long."""
        spaced = label_pattern.any_of(self.fields, BLANK)
        edge = r"(?:^|(?<=[\s\u3000;；|,，。】\])）]))"
        return re.compile(rf"{edge}[【\[《（(]?((?:{spaced})(?:{_JOINED}|{BLANK}))[】\]》）)]?{BLANK}[:：]")

    def labels_of(self, field: str) -> frozenset[str]:
        """All labels that stand for a field."""
        return frozenset(label for label, named in self.fields.items() if named == field)

    def field_of(self, text: str) -> str:
        """The field whose label this whole text is; empty when it is none."""
        if len(text) > LONGEST_LABEL * 3:
            return ""
        return self.field_of_label(bare(text))

    def field_of_label(self, label: str) -> str:
        """The field of a bare label; of two labels joined in one (办理时间、地点), that of the first."""
        if label in self.fields:
            return self.fields[label]
        joined = _JOINED_LABEL.match(label)
        return self.fields.get(joined.group(1), "") if joined else ""


@cache
def vocabulary(page_kind: str) -> Vocabulary:
    """The labels of one kind of page from labels.toml: policy, guide, letter, consultation, dataset."""
    with Path(__file__).with_name("labels.toml").open("rb") as file:
        fields: dict[str, str] = tomllib.load(file)[page_kind]
    return Vocabulary({field: labels.split() for field, labels in fields.items()})


def bare(text: str) -> str:
    """A label without blanks, numbering, brackets and colon."""
    folded = "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")
    folded = _undecorated(folded).rstrip(":：")
    if len(folded) > 2 and folded[0] in "【[「《（(" and folded[-1] in "】]」》）)":
        folded = folded[1:-1]
    return folded.rstrip(":：")


def _undecorated(text: str) -> str:
    """A text without the numbering or sign that it begins with."""
    found = _DECORATION.match(text)
    return text[found.end() :] if found else text


def pairs(blocks: list[Block], vocabulary: Vocabulary) -> list[Pair]:
    """All labels of the vocabulary with their values, in document order. A value is the cell, box or line beside."""
    return [
        replace(pair, value=pair.value.replace(PICTURE, "").strip() or pair.value)
        for pair in _all(blocks, vocabulary, _beside)
    ]


def sections(blocks: list[Block], vocabulary: Vocabulary) -> list[Pair]:
    """As `pairs`, but a value outside of a table row runs on until the next label, as under a heading."""
    return [*_all(blocks, vocabulary, _below)]


def _all(
    blocks: list[Block], vocabulary: Vocabulary, value_of: Callable[[list[Block], int, Vocabulary], tuple[str, int]]
) -> Iterable[Pair]:
    for number, block in enumerate(blocks):
        text = block.text
        if not text or len(text) > LONGEST_LINE:
            continue
        field = vocabulary.field_of(text)
        if field:
            value, last = value_of(blocks, number, vocabulary)
            yield Pair(field, bare(text), value or (PICTURE if block.scripted else ""), number, last)
            continue
        within = list(_within(block, number, vocabulary))
        if within and value_of is _below and not block.cell:
            more, last = _below(blocks, number, vocabulary)
            tail = within[-1]
            value = "\n".join(filter(None, (tail.value, more)))
            within[-1] = Pair(tail.field, tail.label, value, number, last)
        elif len(within) == 1 and not within[0].value:
            value, last = value_of(blocks, number, vocabulary)
            within = [Pair(within[0].field, within[0].label, value, number, last)]
        yield from within


def _within(block: Block, number: int, vocabulary: Vocabulary) -> Iterable[Pair]:
    """Labels with a colon inside a line, or a label in its own inline element with the value behind it."""
    text = _undecorated(block.text).lstrip()
    found = list(vocabulary.with_colon.finditer(text)) if "：" in text or ":" in text else []
    if found and (len(found) > 1 or found[0].start() < LONGEST_LABEL):
        for match, following in zip(found, [*found[1:], None], strict=True):
            label = bare(match.group(1))
            value = text[match.end() : following.start() if following else len(text)]
            yield Pair(vocabulary.field_of_label(label), label, value.strip(" \u3000|;；"), number, number)
        return
    lead = ""
    for index, part in enumerate(block.parts[:-1]):
        lead += part
        if len(lead) > LONGEST_LABEL * 2:
            return
        field = vocabulary.field_of(lead)
        if field and (index + 1 < len(block.parts)):
            value = " ".join("".join(block.parts[index + 1 :]).split()).lstrip(":： ")
            yield Pair(field, bare(lead), value, number, number)
            return


def is_label(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether the block is a label, or starts with one."""
    if not block.text or len(block.text) > LONGEST_LINE:
        return False
    if vocabulary.field_of(block.text):
        return True
    return any(True for _pair in _within(block, 0, vocabulary))


def _beside(blocks: list[Block], number: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """The value of a label that fills its block: the next cell of the row, else the next block of the same box."""
    label = blocks[number]
    if label.row and label.cell:
        return _in_row(blocks, number, vocabulary)
    if label.tag == "dt":
        return _gather(blocks, number, lambda block: block.tag != "dt" and _inside(block, label.path[:-1]), vocabulary)
    for end in (-1, -2):
        box = label.path[:end]
        if number + 1 < len(blocks) and (box or end == -1) and _inside(blocks[number + 1], box):
            following = blocks[number + 1]
            if is_label(following, vocabulary):
                return "", number
            return following.shown, number + 1
    return "", number


def _below(blocks: list[Block], number: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """The value of a label that heads a section: everything until the next label, inside the box of the heading."""
    label = blocks[number]
    if label.row and label.cell:
        value, last = _in_row(blocks, number, vocabulary)
        alone = all(block.cell == label.cell for block in blocks[number:] if block.row == label.row)
        if value or not alone:
            return value, last
    nearest = next(
        (at for at in range(number + 1, len(blocks)) if is_label(blocks[at], vocabulary)),
        None,
    )
    if nearest is not None:
        return _gather(blocks, number, lambda _block: True, vocabulary)
    for end in (-1, -2, -3):
        box = label.path[:end]
        value, last = _gather(blocks, number, lambda block, box=box: _inside(block, box), vocabulary)  # type: ignore[misc]
        if value:
            return value, last
    return "", number


def _in_row(blocks: list[Block], number: int, vocabulary: Vocabulary) -> tuple[str, int]:
    label = blocks[number]
    cell = next(
        (block.cell for block in blocks[number + 1 :] if block.row == label.row and block.cell != label.cell), 0
    )
    value = [block for block in blocks[number + 1 :] if cell and block.cell == cell]
    if cell and value and not is_label(value[0], vocabulary):
        return "\n".join(block.shown for block in value if block.shown), number + len(value)
    inside = [block for block in blocks[number + 1 :] if block.cell == label.cell]
    if inside and not is_label(inside[0], vocabulary):
        return "\n".join(block.shown for block in inside if block.shown), number + len(inside)
    return _in_next_row(blocks, number, vocabulary), number


def _in_next_row(blocks: list[Block], number: int, vocabulary: Vocabulary) -> str:
    """The cell under a label, in a table whose first row holds nothing but labels."""
    label = blocks[number]
    row = _cells(blocks, label.row)
    heads = [cell for cell in row if is_label(cell[0], vocabulary)]
    if len(row) < 2 or len(heads) != len(row):
        return ""
    following = next((block.row for block in blocks[number:] if block.row and block.row != label.row), 0)
    below = _cells(blocks, following)
    place = next(at for at, cell in enumerate(row) if cell[0].cell == label.cell)
    if len(below) != len(row) or any(is_label(cell[0], vocabulary) for cell in below):
        return ""
    return "\n".join(block.shown for block in below[place] if block.shown)


def _cells(blocks: list[Block], row: int) -> list[list[Block]]:
    cells: dict[int, list[Block]] = {}
    for block in blocks:
        if row and block.row == row:
            cells.setdefault(block.cell, []).append(block)
    return list(cells.values())


def _gather(
    blocks: list[Block], number: int, wanted: Callable[[Block], bool], vocabulary: Vocabulary
) -> tuple[str, int]:
    taken: list[str] = []
    at = number + 1
    while at < min(len(blocks), number + LONGEST_VALUE_BLOCKS):
        block = blocks[at]
        if not wanted(block) or is_label(block, vocabulary):
            break
        if block.shown:
            taken.append(block.shown)
        at += 1
    return "\n".join(taken), at - 1


def _inside(block: Block, box: tuple[int, ...]) -> bool:
    return block.path[: len(box)] == box
