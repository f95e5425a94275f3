"""Answers to comments: followed or not, why, and by which change of the next version."""

from collections.abc import Iterator, Set
from enum import StrEnum
from pathlib import Path

import msgspec

from govgauge.systems.shape import read_shaped
from govgauge.systems.source_text import UnusableFile, line_of


class Decision(StrEnum):
    """What became of a comment."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one comment. `changes` cite differences between the last version and this one."""

    comment: str
    decision: Decision
    reason: str
    changes: tuple[str, ...] = ()


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer as it stands in a file, below the comment's id."""

    answer: Decision
    reason: str
    change: str | tuple[str, ...] = ()

    def cited(self) -> tuple[str, ...]:
        """The changes cited, whether the file names one or several."""
        return (self.change,) if isinstance(self.change, str) else self.change


def checked_answers(file: Path, unanswered: Set[str], answered: Set[str], changes: Set[str]) -> tuple[Answer, ...]:
    """The answers of a YAML file. Raises UnusableFile: a sentence for each fault, with line and remedy."""
    written, text = read_shaped(file, dict[str, Written])
    faults = [
        f"{file} 第 {line_of(text, (comment,))} 行：{fault}"
        for comment, one in written.items()
        for fault in _faults(comment, one, unanswered, answered, changes)
    ]
    if faults:
        raise UnusableFile(faults)
    return tuple(
        Answer(comment=comment, decision=one.answer, reason=one.reason, changes=one.cited())
        for comment, one in written.items()
    )


def _faults(comment: str, one: Written, unanswered: Set[str], answered: Set[str], changes: Set[str]) -> Iterator[str]:
    if comment in answered:
        yield f"意见 {comment} 在以前的版本中已经答复。请删去这一条。"
    elif comment not in unanswered:
        yield f"没有编号为 {comment} 的意见。请用 systems comments 查看编号。"
    if not one.reason.strip():
        yield f"意见 {comment} 没有写理由。请补上 reason。"
    if one.answer is Decision.DECLINED and one.cited():
        yield f"意见 {comment} 没有采纳，却引了改动。请删去 change，或改为 partly。"
    if one.answer is not Decision.DECLINED and not one.cited():
        yield f"意见 {comment} 已采纳，却没有说明改了什么。请在 change 中写上改动的引用名。"
    for ref in one.cited():
        if ref not in changes:
            yield (
                f"意见 {comment} 所引的改动“{ref}”不在这一版与上一版的不同之中。"
                "请用 systems diff 上一版 本文件 --refs 查看引用名。"
            )
