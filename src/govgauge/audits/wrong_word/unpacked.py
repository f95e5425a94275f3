"""The parts of the knowledge as they are used, kept ready in the user's cache and mapped from there.

To unpack them takes a tenth of a second; a file that is mapped takes none, and all processes share its memory.
Without a cache that can be written the parts are unpacked each time.
"""

import contextlib
import mmap
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

FORM = 1
"""To be raised when what is unpacked changes its form."""
ALIGNED = 64

Bytes = NDArray[np.uint8]


def parts(source: Path, unpack: Callable[[], Mapping[str, Bytes]]) -> dict[str, Bytes]:
    """The parts that `unpack` makes of `source`, read-only; from the cache when they were unpacked before."""
    kept = _folder() / f"wrong-word-{_name(source)}.bin"
    with contextlib.suppress(OSError, ValueError, msgspec.MsgspecError):
        return _mapped(kept)
    made = unpack()
    with contextlib.suppress(OSError):
        _keep(made, kept)
    return dict(made)


def _folder() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(given) if os.path.isabs(given) else Path(os.path.expanduser("~")) / ".cache"  # noqa: PTH117, PTH111
    return home / "govgauge"


def _name(source: Path) -> str:
    """Says what the file holds: another content or another form has another name."""
    with zipfile.ZipFile(source) as file:
        sums = [(entry.filename, entry.file_size, entry.CRC) for entry in file.infolist()]
    return f"{zlib.crc32(repr((FORM, sums)).encode()):08x}-{sum(size for _, size, _ in sums)}"


def _mapped(path: Path) -> dict[str, Bytes]:
    """Raises OSError, ValueError or MsgspecError when there is no such file, or it is not whole."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    head = 8 + int.from_bytes(whole[:8], "little")
    sizes = msgspec.json.decode(whole[8:head], type=dict[str, int])
    found = {}
    place = _aligned(head)
    for name, size in sizes.items():
        found[name] = np.frombuffer(whole, dtype=np.uint8, count=size, offset=place)
        place = _aligned(place + size)
    return found


def _keep(made: Mapping[str, Bytes], path: Path) -> None:
    """Write the file beside its place first, so that no other process ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sizes = msgspec.json.encode({name: part.nbytes for name, part in made.items()})
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(len(sizes).to_bytes(8, "little") + sizes)
            for part in made.values():
                file.write(bytes(_aligned(file.tell()) - file.tell()))
                file.write(part.data)
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        os.unlink(name)  # noqa: PTH108
        raise


def _aligned(place: int) -> int:
    return -(-place // ALIGNED) * ALIGNED
