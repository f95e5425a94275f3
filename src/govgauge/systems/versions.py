"""Immutable versions of a system in a folder: `<id>/<n>.yaml` with the system, `<id>/<n>.json` with its record."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

from govgauge.errors import Unusable
from govgauge.systems.answers import Answer, checked_answers
from govgauge.systems.canonical import digest, dumped
from govgauge.systems.changes import Change
from govgauge.systems.comments import Comment, comments_of
from govgauge.systems.diff import diff
from govgauge.systems.loader import load
from govgauge.systems.model import System
from govgauge.systems.writer import write

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a version. `seal` is the SHA-256 of all other fields, `sha256` that of the system."""

    system: str
    version: int
    sha256: str
    date: date
    by: str
    note: str = ""
    from_version: int | None = None
    from_sha256: str | None = None
    answers: tuple[Answer, ...] = ()
    seal: str = ""


class Version(msgspec.Struct, frozen=True):
    """A version as it was frozen, its hashes checked."""

    record: Record
    system: System


def versions_of(folder: Path) -> list[int]:
    """The numbers of the versions in a system's folder, in order."""
    return sorted(int(path.stem) for path in folder.glob("*.json") if path.stem.isdecimal())


def load_version(folder: Path, number: int) -> Version:
    """A version. Raises Unusable when it is not there, or when its files are no longer what was frozen."""
    record = _record(folder, number)
    path = folder / f"{number}.yaml"
    system = load(path)
    if system.id != record.system or digest(system) != record.sha256:
        raise Unusable(
            f"{path}：内容与定版时的校验值不符，已被改动，不能使用。请从备份恢复；"
            "要修改，请另存一份，改后用 systems freeze 定为新版 (the frozen file was changed)."
        )
    if record.from_version is not None and _record(folder, record.from_version).sha256 != record.from_sha256:
        raise Unusable(
            f"{folder / f'{number}.json'}：所依据的第 {record.from_version} 版已不是当时的那一版。请从备份恢复 "
            "(the version it was made from was replaced)."
        )
    return Version(record, system)


def freeze(file: Path, into: Path, *, on: date, by: str, note: str = "", answers: Path | None = None) -> Version:
    """Make the next version of a system from its file.

    `answers` is a file that says for comments on the last version whether they were followed, why, and by which
    change. Raises Unusable and UnusableFile; nothing is written then.
    """
    system = load(file)
    if not SAFE_ID.fullmatch(system.id):
        raise Unusable(f"体系标识“{system.id}”不能用作目录名；请只用字母、数字、点、横线 (unusable id).")
    folder = into / system.id
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        numbers = versions_of(folder)
        last = load_version(folder, numbers[-1]) if numbers else None
        if last is not None and last.record.sha256 == digest(system):
            raise Unusable(f"{file} 与第 {numbers[-1]} 版内容相同，没有定版 (nothing has changed since).")
        record = _sealed(
            Record(
                system=system.id,
                version=numbers[-1] + 1 if numbers else 1,
                sha256=digest(system),
                date=on,
                by=by,
                note=note,
                from_version=last.record.version if last else None,
                from_sha256=last.record.sha256 if last else None,
                answers=_answered(folder, numbers, last, system, answers),
            )
        )
        _put(folder / f"{record.version}.yaml", write(system).encode())
        _put(folder / f"{record.version}.json", msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")
    return Version(record, system)


def answers_so_far(folder: Path, numbers: Sequence[int]) -> dict[str, Answer]:
    """The answer to each comment that has one."""
    return {answer.comment: answer for number in numbers for answer in _record(folder, number).answers}


def unanswered(folder: Path) -> list[Comment]:
    """Comments that no version has answered, in the order in which they were made."""
    answered = answers_so_far(folder, versions_of(folder))
    return [comment for comment in comments_of(folder) if comment.id not in answered]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one at a time writes to a system's folder."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _answered(
    folder: Path, numbers: Sequence[int], last: Version | None, system: System, file: Path | None
) -> tuple[Answer, ...]:
    if file is None:
        return ()
    if last is None:
        raise Unusable("第一版之前没有意见可答复；请去掉 --answers (no comments precede the first version).")
    changes = {change.ref for change in changes_between(last.system, system)}
    open_ids = {comment.id for comment in unanswered(folder)}
    return checked_answers(file, open_ids, set(answers_so_far(folder, numbers)), changes)


def changes_between(before: System, after: System) -> tuple[Change, ...]:
    """The differences of two versions; where no weight column is common to both, of their first ones."""
    pair = set(before.profile_ids()) & set(after.profile_ids())
    old, new = ("", "") if pair else (before.profile_ids()[0], after.profile_ids()[0])
    return diff(before, after, profile_before=old, profile_after=new).changes


def _record(folder: Path, number: int) -> Record:
    path = folder / f"{number}.json"
    if not path.is_file():
        known = "、".join(map(str, versions_of(folder))) or "没有"
        raise Unusable(f"{folder} 没有第 {number} 版；现有：{known} (no such version).")
    try:
        record = msgspec.json.decode(path.read_bytes(), type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}：不是定版记录（{error}）。请从备份恢复 (not a record of a version).") from error
    if _sealed(record).seal != record.seal:
        raise Unusable(f"{path}：定版记录已被改动，不能使用。请从备份恢复 (the record was changed).")
    return record


def _sealed(record: Record) -> Record:
    bare = msgspec.to_builtins(msgspec.structs.replace(record, seal=""))
    return msgspec.structs.replace(record, seal=hashlib.sha256(dumped(bare)).hexdigest())


def _put(path: Path, body: bytes) -> None:
    """Write a file whole: either it is there with all its bytes, or it is not there."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
