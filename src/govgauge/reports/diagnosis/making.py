"""Making many diagnoses: in processes, a few subjects at a time; what is there already is not made again.

A file tells by its folder's mark of which material and program it is. Files of others are made anew.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govgauge.errors import Failed, Unusable
from govgauge.reports.diagnosis import files, processes
from govgauge.reports.diagnosis.details import details_of
from govgauge.reports.diagnosis.document import diagnosis
from govgauge.reports.diagnosis.files import FORMS, Written
from govgauge.reports.diagnosis.firmness import Firmness
from govgauge.reports.diagnosis.peers import Peers, key_of
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.memory import make_room
from govgauge.reports.edition import edition
from govgauge.reports.field import Field
from govgauge.reports.file_names import file_name
from govgauge.reports.material import Material

AT_ONCE = 8
"""Subjects that a process gets together: their rows are read in one go."""
AHEAD = 2
"""Portions that wait for each process."""
MARK = "material.json"


class Wanted(Struct, frozen=True):
    """A subject of a group: `field` is the place of the group in the material."""

    field: int
    key: str
    stem: str


class Portion(Struct, frozen=True):
    """Some subjects of one group for one process."""

    field: int
    subjects: tuple[Wanted, ...]
    forms: tuple[str, ...]
    firmness: Firmness | None = None
    """That of the group, where another process has reckoned it."""


class Made(Struct, frozen=True):
    """Files of a subject, new or found. `group`, `system` and `key` tell which subject of which entry it is."""

    group: str
    system: str
    key: str
    files: tuple[Written, ...]
    new: bool


class Mark(Struct, frozen=True):
    """Of what the files of a folder were made."""

    tables_hash: str
    number: int
    prepared_on: str
    program: str


def make(
    folder: Path, out: Path, *, forms: Sequence[str] = ("pdf",), keys: Sequence[str] = (), workers: int = 1
) -> Iterator[Made]:
    """Write the diagnoses of a publication's folder below `out`, a folder for each group; those there are told, too.

    Raises Unusable for an unknown form, key or folder. Whoever stops in between keeps what is finished.
    """
    unknown = [form for form in forms if form not in FORMS]
    if unknown or not forms:
        raise Unusable(f"不认识的格式“{'、'.join(unknown)}”；可用：{'、'.join(FORMS)} (no such form).")
    material = Material(folder)
    wanted = _wanted(material, keys)
    since = _mark(material, out)
    left: list[Wanted] = []
    for each in wanted:
        field = material.fields[each.field]
        there = _there(each, field, out, forms, since)
        if there:
            yield Made(field.facts.name, field.facts.system, each.key, there, new=False)
        else:
            left.append(each)
    if left:
        yield from _all(material, out, _portions(left, tuple(forms), max(1, workers)), workers)


def count(folder: Path, keys: Sequence[str] = ()) -> int:
    """How many subjects `make` would tell of."""
    return len(_wanted(Material(folder), keys))


def _wanted(material: Material, keys: Sequence[str]) -> list[Wanted]:
    asked = set(keys)
    found: list[Wanted] = []
    for number, field in enumerate(material.fields):
        named = files.stems(key_of(row) for row in field.results.iter_rows(named=True))
        found += [Wanted(number, key, stem) for key, stem in named.items() if not asked or asked & {key, _last(key)}]
    missing = asked - {each.key for each in found} - {_last(each.key) for each in found}
    if missing:
        raise Unusable(f"材料中没有“{'、'.join(sorted(missing))}”；请写名称或“上级/名称” (no such subject).")
    return found


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def folder_of(field: Field) -> str:
    """The folder of a group below the folder of all; groups of several systems get one each."""
    return file_name(f"{field.facts.name or field.facts.title}-{field.facts.system}-{field.facts.profile}")


def _there(each: Wanted, field: Field, out: Path, forms: Sequence[str], since: int) -> tuple[Written, ...] | None:
    paths = [out / folder_of(field) / f"{each.stem}.{form}" for form in forms]
    if not all(path.is_file() and path.stat().st_mtime_ns >= since for path in paths):
        return None
    return tuple(files.told(path, out, form, each.key) for path, form in zip(paths, forms, strict=True))


def _mark(material: Material, out: Path) -> int:
    """From when on files below `out` are of this material and edition (ns); the mark is set for those to come.

    Files of another one stay to be read until theirs is written over them; those of subjects that are no more go.
    """
    about = material.about
    mark = Mark(about.tables_hash, about.number, str(about.prepared_on), edition())
    path = out / MARK
    try:
        fresh = msgspec.json.decode(path.read_bytes(), type=Mark) == mark
    except (OSError, msgspec.DecodeError):
        fresh = False
    files.remove_parts(out)
    if not fresh:
        out.mkdir(parents=True, exist_ok=True)
        named = {f"{folder_of(material.fields[each.field])}/{each.stem}" for each in _wanted(material, ())}
        for old in out.glob("*/*"):
            if old.suffix.removeprefix(".") in FORMS and f"{old.parent.name}/{old.stem}" not in named:
                old.unlink()
        path.write_bytes(msgspec.json.encode(mark))
    return path.stat().st_mtime_ns


def _all(material: Material, out: Path, portions: list[Portion], workers: int) -> Iterator[Made]:
    folder = str(material.folder)
    if workers <= 1 or len(portions) == 1:
        for portion in portions:
            yield from _made(material, portion, _write_all(folder, str(out), portion))
        return
    firmness = _firm(folder, portions)
    pool = processes.pool(workers)
    waiting: dict[Future[list[list[Written]]], Portion] = {}
    try:
        while portions or waiting:
            while portions and len(waiting) < workers * AHEAD:
                portion = portions.pop(0)
                portion = replace(portion, firmness=firmness[portion.field])
                waiting[processes.submit(pool, _write_all, folder, str(out), portion)] = portion
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                portion = waiting.pop(future)
                yield from _made(material, portion, future.result())
    except BrokenProcessPool:
        raise Failed("生成报告的进程意外结束（可能内存不足）；已完成的保留，再次运行会接着做 (run it again).") from None
    finally:
        processes.end(pool)


def _firm(folder: str, portions: Sequence[Portion]) -> dict[int, Firmness | None]:
    pool = processes.pool(1)
    try:
        return processes.submit(pool, _firmness, folder, list(dict.fromkeys(each.field for each in portions))).result()
    finally:
        processes.end(pool)


def _portions(left: Sequence[Wanted], forms: tuple[str, ...], workers: int) -> list[Portion]:
    """Few subjects each, so that all processes have something to do to the end; one group after another."""
    size = max(1, min(AT_ONCE, len(left) // workers))
    found = []
    for field in dict.fromkeys(each.field for each in left):
        own = [each for each in left if each.field == field]
        found += [Portion(field, tuple(own[start : start + size]), forms) for start in range(0, len(own), size)]
    return found


def _made(material: Material, portion: Portion, written: list[list[Written]]) -> Iterator[Made]:
    facts = material.fields[portion.field].facts
    for each, paths in zip(portion.subjects, written, strict=True):
        yield Made(facts.name, facts.system, each.key, tuple(paths), new=True)


def _write_all(folder: str, out: str, portion: Portion) -> list[list[Written]]:
    """In its process: the files of a portion's subjects. The last group stays at hand for the next portion."""
    peers = _peers(folder, portion)
    details = details_of(peers.material, peers.field, [each.key for each in portion.subjects])
    below = Path(out) / folder_of(peers.field)
    found = []
    for each in portion.subjects:
        document = diagnosis(Diagnosed(peers, each.key, details[each.key]))
        found.append(files.write(document, below, each.stem, portion.forms, each.key))
        make_room()
    return found


def _firmness(folder: str, fields: Sequence[int]) -> dict[int, Firmness | None]:
    """In a process of its own, for what it loads."""
    material = Material(Path(folder))
    return {field: Peers(material, material.fields[field]).firmness for field in fields}


@cache
def _material(folder: str) -> Material:
    return Material(Path(folder))


_LAST: dict[tuple[str, int], Peers] = {}


def _peers(folder: str, portion: Portion) -> Peers:
    at = folder, portion.field
    if at not in _LAST:
        _LAST.clear()
        material = _material(folder)
        _LAST[at] = Peers(material, material.fields[portion.field])
        if portion.firmness:
            _LAST[at].firmness = portion.firmness
    return _LAST[at]
