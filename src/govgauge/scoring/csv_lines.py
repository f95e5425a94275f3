"""The lines of a CSV in UTF-8 with their numbers, and the error that names every fault of a table at once."""

import csv
from collections.abc import Iterator
from pathlib import Path

from govgauge.errors import Unusable

MOST_SENTENCES = 20
"""Faults told at once; a table that is wrong throughout needs no more."""


class UnusableTable(Unusable):
    """A table that cannot be used. The message holds a sentence for each fault: line, column, remedy."""

    def __init__(self, path: Path, sentences: list[str]) -> None:
        more = len(sentences) - MOST_SENTENCES
        shown = sentences[:MOST_SENTENCES] + ([f"……另有 {more} 处。"] if more > 0 else [])
        super().__init__("\n".join(f"{path}：{sentence}" for sentence in shown))
        self.sentences = sentences


def csv_lines(path: Path, form: str) -> list[tuple[int, list[str]]]:
    """The lines that hold anything, with their numbers. `form` tells the owner of an empty file what belongs in it.

    Raises UnusableTable for a file that cannot be read, is not in UTF-8, holds nothing, or breaks off in a line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnusableTable(path, [f"无法读取（{error.strerror}）。请核对路径和权限 (cannot be read)."]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        kind = "看起来是 GBK 编码" if _is_gbk(raw) else "不是 UTF-8 编码"
        raise UnusableTable(
            path, [f"第 {line} 行：{kind}。请在表格软件中另存为“CSV UTF-8”后再试 (save as UTF-8)."]
        ) from None
    try:
        found = [(number, cells) for number, cells in _numbered(text) if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UnusableTable(path, [f"不是可读的 CSV（{error}）。请另存为 CSV UTF-8 后再试。"]) from None
    if not found:
        raise UnusableTable(path, [f"文件是空的。{form}"])
    number, last = found[-1]
    if len(last) < len(found[0][1]) and not text.endswith(("\n", "\r")):
        raise UnusableTable(
            path,
            [f"第 {number} 行：不完整，文件可能没有存完或传完。请重新导出；确是完整的，请补上行末的逗号 (cut short)."],
        )
    return found


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
