"""Evidence in a bucket: an attempt is written on this machine, uploaded, looked at, and listed last of all.

The list (`SHA256SUMS`) makes an attempt whole: nothing is read from one that has none, and what is read must agree with
it.
"""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from govgauge.errors import Unusable
from govgauge.office.evidence.store import PREFIX, Attempt, inside

SUMS = "SHA256SUMS"
MD5_CHARACTERS = 32
"""The tag of an object that was sent in one part is its MD5; that of another one is longer."""


class BucketStore:
    """A part of a bucket, `bucket/prefix`, on a file system of fsspec.

    That is opened at its first use: it starts a thread, and a process that forks others must have none.
    """

    def __init__(self, open_system: Callable[[], Any], root: str, scratch: Path) -> None:
        self._open_system = open_system
        self._root = root.rstrip("/")
        self._scratch = scratch

    @cached_property
    def _system(self) -> Any:
        return self._open_system()

    def scratch(self, place: PurePosixPath) -> Path:
        folder = self._scratch / "-".join(inside(place).parts)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def keep(self, scratch: Path, place: PurePosixPath) -> None:
        files = sorted(path for path in scratch.rglob("*") if path.is_file())
        sums = {path.relative_to(scratch).as_posix(): _sha256(path) for path in files}
        for path in files:
            self._sent(path, self._at(place) + "/" + path.relative_to(scratch).as_posix())
        told = "".join(f"{value}  {name}\n" for name, value in sums.items())
        self._system.pipe_file(f"{self._at(place)}/{SUMS}", told.encode())

    def at_hand(self, scratch: Path, place: PurePosixPath) -> Path:  # noqa: ARG002 - it lies here still
        return scratch

    def let_go(self, scratch: Path) -> None:
        shutil.rmtree(scratch, ignore_errors=True)

    @contextmanager
    def opened(self, place: PurePosixPath, names: Collection[str] = ()) -> Iterator[Path]:
        whole, below = self._whole(place)
        sums = self._sums(whole)
        wanted = [name for name in sums if name.startswith(below) and (not names or name[len(below) :] in names)]
        self._scratch.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="read-", dir=self._scratch) as folder:
            for name in wanted:
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                self._system.get_file(f"{self._at(whole)}/{name}", str(path))
                if _sha256(path) != sums[name]:
                    raise Unusable(f"{place}/{name} 与采集时不同，不能使用 (it is not what was kept).")
            yield Path(folder, below)

    def has(self, place: PurePosixPath, name: str) -> bool:
        return bool(self._system.exists(f"{self._at(place)}/{name}"))

    def attempts(self) -> Iterator[Attempt]:
        now = time.time()
        newest: dict[PurePosixPath, float] = {}
        for name, facts in self._system.find(self._root, detail=True).items():
            parts = name.removeprefix(self._root).strip("/").split("/")
            if len(parts) > 3:
                place = PurePosixPath(PREFIX, *parts[:3])
                newest[place] = max(newest.get(place, 0.0), facts["LastModified"].timestamp())
        for place, written in newest.items():
            yield Attempt(place, now - written)

    def remove(self, place: PurePosixPath) -> None:
        self._system.rm(self._at(place), recursive=True)

    def _at(self, place: PurePosixPath) -> str:
        return f"{self._root}/{inside(place)}"

    def _sent(self, path: Path, name: str) -> None:
        """Upload a file and look whether it has arrived. Raises OSError."""
        self._system.put_file(str(path), name)
        self._system.invalidate_cache()
        there = self._system.info(name)
        tag = str(there.get("ETag", "")).strip('"')
        arrived = there["size"] == path.stat().st_size
        if not arrived or (len(tag) == MD5_CHARACTERS and "-" not in tag and tag != _md5(path)):
            raise OSError(f"{name} 上传后与本机不同，将重试 (it did not arrive as it was sent)")

    def _whole(self, place: PurePosixPath) -> tuple[PurePosixPath, str]:
        """The attempt that a place belongs to, and what of the place lies below it."""
        whole = PurePosixPath(*place.parts[:4])
        below = place.relative_to(whole).as_posix()
        return whole, "" if below == "." else f"{below}/"

    def _sums(self, place: PurePosixPath) -> dict[str, str]:
        try:
            told: bytes = self._system.cat_file(f"{self._at(place)}/{SUMS}")
        except FileNotFoundError:
            raise Unusable(f"{self._at(place)}：材料不在这里；请检查 GOVGAUGE_EVIDENCE (it is not there).") from None
        pairs = (line.split("  ", 1) for line in told.decode().splitlines())
        return {name: value for value, name in pairs}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
