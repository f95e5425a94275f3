"""Comments of a consultation on a version's indicators, kept in `comments.jsonl`, to which lines are only added."""

import os
from datetime import date
from pathlib import Path

import msgspec

from govgauge.errors import Unusable
from govgauge.systems.model import System

FILE = "comments.jsonl"


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of one indicator of one version."""

    id: str
    version: int
    code: str
    author: str
    body: str
    date: date


def comments_of(folder: Path, version: int | None = None) -> list[Comment]:
    """All comments in a system's folder, or those on one version. Raises Unusable naming a line that is none."""
    path = folder / FILE
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=Comment))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unusable(f"{path} 第 {number} 行：不是一条意见（{error}）。请从备份恢复这一行。") from error
    return [comment for comment in found if version in {None, comment.version}]


def add_comment(folder: Path, version: int, system: System, *, code: str, author: str, body: str, on: date) -> Comment:
    """Attach a comment to an indicator of a version, and give it an id. The caller holds the folder's lock.

    Raises Unusable when the version has no such indicator, or when nothing is said.
    """
    known = [node.code for _, node in system.nodes()]
    if code not in known:
        raise Unusable(f"第 {version} 版没有代码为“{code}”的指标；请从表格中查代码，如 {known[0]} (no such indicator).")
    if not body.strip() or not author.strip():
        raise Unusable("意见和提出者都要写明；请补上 --text 和 --by (say what and who).")
    comment = Comment(
        id=f"c{len(comments_of(folder)) + 1}", version=version, code=code, author=author, body=body, date=on
    )
    path = folder / FILE
    torn = path.is_file() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    with path.open("ab") as file:
        file.write((b"\n" if torn else b"") + msgspec.json.encode(comment) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return comment
