"""Evidence in a folder: an attempt is written beside those that are kept, and renamed into its place."""

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from govgauge.errors import Unusable
from govgauge.office.evidence.store import PREFIX, Attempt, inside

SCRATCH = ".scratch"


class FolderStore:
    """A folder that every worker sees under the same path."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def scratch(self, place: PurePosixPath) -> Path:
        folder = self._root / SCRATCH / "-".join(inside(place).parts)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def keep(self, scratch: Path, place: PurePosixPath) -> None:
        for path in scratch.rglob("*"):
            if path.is_file():
                _sync(path)
        target = self._root / inside(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch.rename(target)
        _sync(target.parent)

    def at_hand(self, scratch: Path, place: PurePosixPath) -> Path:  # noqa: ARG002 - it has been renamed
        return self._root / inside(place)

    def let_go(self, scratch: Path) -> None:
        shutil.rmtree(scratch, ignore_errors=True)

    @contextmanager
    def opened(self, place: PurePosixPath, names: Collection[str] = ()) -> Iterator[Path]:  # noqa: ARG002 - all are here
        folder = self._root / inside(place)
        if not folder.is_dir():
            raise Unusable(f"{folder}：材料不在这里；请检查 GOVGAUGE_EVIDENCE (the evidence is not there).")
        yield folder

    def has(self, place: PurePosixPath, name: str) -> bool:
        return (self._root / inside(place) / name).is_file()

    def attempts(self) -> Iterator[Attempt]:
        now = time.time()
        for folder in self._root.glob("*/*/*"):
            if folder.is_dir() and not folder.is_relative_to(self._root / SCRATCH):
                yield Attempt(PREFIX / PurePosixPath(folder.relative_to(self._root)), now - folder.stat().st_mtime)
        for folder in (self._root / SCRATCH).glob("*"):
            place = PurePosixPath(PREFIX, SCRATCH, folder.name)
            yield Attempt(place, now - folder.stat().st_mtime)

    def remove(self, place: PurePosixPath) -> None:
        shutil.rmtree(self._root / inside(place), ignore_errors=True)


def _sync(path: Path) -> None:
    """What was written must outlast a power cut before the records point to it."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
