"""The history of a system's versions: what changed, what was said of each, and what became of it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from govgauge.errors import Unusable
from govgauge.systems.answers import Answer, Decision
from govgauge.systems.change_text import sentence
from govgauge.systems.changes import Change
from govgauge.systems.comments import Comment, comments_of
from govgauge.systems.diff_json import change_json
from govgauge.systems.system_json import Json
from govgauge.systems.versions import Record, changes_between, load_version, versions_of

DECISIONS = {Decision.ACCEPTED: "采纳", Decision.PARTLY: "部分采纳", Decision.DECLINED: "未采纳"}


class Step(msgspec.Struct, frozen=True):
    """One version: its changes against the one before, the comments on it, and the answers given with it."""

    record: Record
    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    answers: tuple[Answer, ...]


def history(folder: Path) -> list[Step]:
    """All versions of a system, oldest first, each checked. Raises Unusable when there is none or one was changed."""
    numbers = versions_of(folder)
    if not numbers:
        raise Unusable(f"{folder} 没有定过版；请先用 systems freeze 文件 --into 目录 定版 (no versions here).")
    versions = [load_version(folder, number) for number in numbers]
    steps = []
    for place, version in enumerate(versions):
        changes = changes_between(versions[place - 1].system, version.system) if place else ()
        said = tuple(comments_of(folder, version.record.version))
        steps.append(Step(version.record, changes, said, version.record.answers))
    return steps


def history_json(steps: list[Step]) -> list[Json]:
    """The history for programs."""
    return [
        {
            "version": step.record.version,
            "sha256": step.record.sha256,
            "date": step.record.date.isoformat(),
            "by": step.record.by,
            "note": step.record.note,
            "from": step.record.from_version,
            "changes": [change_json(change) for change in step.changes],
            "comments": [msgspec.to_builtins(comment) for comment in step.comments],
            "answers": [msgspec.to_builtins(answer) for answer in step.answers],
        }
        for step in steps
    ]


def history_lines(steps: list[Step]) -> Iterator[str]:
    """The history for people."""
    said = {comment.id: comment for step in steps for comment in step.comments}
    answered = {answer.comment for step in steps for answer in step.answers}
    for step in steps:
        record = step.record
        note = f"：{record.note}" if record.note else ""
        yield f"第 {record.version} 版  {record.date}  {record.by}{note}  {record.sha256[:12]}"
        for change in step.changes:
            yield f"  {sentence(change)}  [{change.ref}]"
        for answer in step.answers:
            cited = f"，见 {'、'.join(answer.changes)}" if answer.changes else ""
            body = comment_line(said[answer.comment]) if answer.comment in said else answer.comment
            yield f"  答复 {body}：{DECISIONS[answer.decision]}{cited}。{answer.reason}"
        for comment in step.comments:
            if comment.id not in answered:
                yield f"  待答复 {comment_line(comment)}"


def comment_line(comment: Comment) -> str:
    """One comment in a line."""
    return f"{comment.id}（{comment.code}，{comment.author}，{comment.date}）“{comment.body}”"
