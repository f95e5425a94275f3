"""Where diagnoses are written: a name for each subject that any system of files takes, and no half-written file."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from govgauge.reports.document.model import Document
from govgauge.reports.document.numbering import numbered
from govgauge.reports.file_names import file_name
from govgauge.reports.writing import WRITERS

FORMS = {form.value: writer for form, writer in WRITERS.items()}
LONGEST = 60
"""Signs of a name: in UTF-8 a file's name may have 255 bytes."""
SIGNS_OF_HASH = 8


class Written(Struct, frozen=True):
    """A file of a subject. `path` is below the folder of all."""

    key: str
    form: str
    path: str
    size: int
    sha256: str


def stems(keys: Iterable[str]) -> dict[str, str]:
    """A name for each key; keys that would get the same one, or a longer one than may be, are told apart by a hash."""
    keys = list(keys)
    plain = {key: file_name(key.replace("/", "-")) for key in keys}
    times = Counter(name.casefold() for name in plain.values())
    return {
        key: name if times[name.casefold()] == 1 and len(name) <= LONGEST else _apart(name, key)
        for key, name in plain.items()
    }


def _apart(name: str, key: str) -> str:
    return f"{name[:LONGEST]}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:SIGNS_OF_HASH]}"


def write(document: Document, folder: Path, stem: str, forms: Sequence[str], key: str) -> list[Written]:
    """Write a document in some forms; each file is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = numbered(document)
    found = []
    for form in forms:
        path = folder / f"{stem}.{form}"
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            FORMS[form](whole, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        found.append(told(path, folder.parent, form, key))
    return found


def told(path: Path, root: Path, form: str, key: str) -> Written:
    """A file that was written, with its hash."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(key, form, path.relative_to(root).as_posix(), path.stat().st_size, digest)


def remove_parts(root: Path) -> None:
    """Remove what processes that are no more left half-written."""
    for part in root.glob("*/.*.part"):
        number = part.name.split(".")[-2]
        if not number.isdigit() or not _lives(int(number)):
            part.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
