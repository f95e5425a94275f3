"""What a store of evidence can do."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

PREFIX = "evidence"
"""First part of every place."""


class Attempt(NamedTuple):
    """An attempt that lies in a store: its place, and how many seconds ago it was last written to."""

    place: PurePosixPath
    age: float


class Store(Protocol):
    """Keeps the files of visits under their places. Every verb may raise OSError."""

    def scratch(self, place: PurePosixPath) -> Path:
        """A new empty folder of this machine in which an attempt is written."""

    def keep(self, scratch: Path, place: PurePosixPath) -> None:
        """Keep a whole attempt; when it returns, every file is safe."""

    def at_hand(self, scratch: Path, place: PurePosixPath) -> Path:
        """Where the files of an attempt that has just been kept can be read on this machine."""

    def let_go(self, scratch: Path) -> None:
        """The scratch folder is needed no more."""

    def opened(self, place: PurePosixPath, names: Collection[str] = ()) -> AbstractContextManager[Path]:
        """A folder of this machine with the files of a place, or with some of them, to be read only.

        Raises Unusable when they are not there, or not what was kept.
        """

    def has(self, place: PurePosixPath, name: str) -> bool:
        """Whether a file lies at a place."""

    def attempts(self) -> Iterator[Attempt]:
        """Everything that lies here, whole or not."""

    def remove(self, place: PurePosixPath) -> None:
        """Remove an attempt."""


def inside(place: PurePosixPath) -> PurePosixPath:
    """A place without its first part: where it lies in a store. Raises ValueError for anything else."""
    if place.parts[:1] != (PREFIX,) or ".." in place.parts or len(place.parts) < 2:
        raise ValueError(f"{place} is no place of evidence")
    return PurePosixPath(*place.parts[1:])
