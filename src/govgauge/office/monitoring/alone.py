"""Whether this is the only monitor of a round on this machine: what dead ones have claimed is free then."""

import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def machine() -> str:
    """The name of this machine, as it stands before the owners of claims."""
    return socket.gethostname().replace(":", "-")[:60]


def owner() -> str:
    """A name for a monitor that no other one has."""
    return f"{machine()}:{os.getpid()}-{secrets.token_hex(6)}"


@contextmanager
def alone(home: Path, round_: int) -> Iterator[bool]:
    """Hold the place of the monitor of a round in a folder; False when another one holds it, which is no fault.

    The system gives the place back when the process ends, however it ends.
    """
    with (home / f"monitor-{round_}.lock").open("w", encoding="ascii") as place:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
