"""Keeping the index as new as what is public: one process makes it, the others go on with the one before."""

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import connections

from govgauge import __version__
from govgauge.office.queries import publications
from govgauge.web.portal.search import gathered, index_file

logger = logging.getLogger(__name__)
FOLDER, NAME = "search", "portal.sqlite3"
AGAIN_SECONDS = 60.0
"""After one that failed, so long nobody in this process tries again."""
_failed: dict[Path, float] = {}


def path() -> Path:
    """Where the index lies."""
    return Path(settings.HOME) / FOLDER / NAME


def stamp() -> str:
    """What the index must be of: it changes with everything that can be found."""
    return repr((index_file.FORMAT, __version__, publications.stamp()))


def build() -> int | None:
    """Make the index now; how many entries it has. None while another process makes it."""
    with alone() as is_alone:
        if not is_alone:
            return None
        wanted = stamp()
        return index_file.write(path(), gathered.entries(), wanted)


def freshen() -> bool:
    """See to it that the index is as new as what is public; whether it is so already.

    Where there is none, this request makes it. Where it is old, it is made beside, and the old one serves until then.
    """
    there = index_file.stamp_of(path())
    if there == stamp():
        return True
    if time.monotonic() - _failed.get(path(), -AGAIN_SECONDS) < AGAIN_SECONDS:
        return False
    if there is None:
        return _built(path())
    Thread(target=_beside, args=(path(),), name="search-index", daemon=True).start()
    return False


def renew() -> None:
    """Make the index after something was published or withdrawn. Where it cannot be made, the next search tries."""
    _built(path())


def _beside(where: Path) -> None:
    try:
        _built(where)
    finally:
        connections.close_all()


def _built(where: Path) -> bool:
    try:
        return build() is not None
    except Exception:  # whatever it is, pages go on with the index there is
        _failed[where] = time.monotonic()
        logger.exception("The search index could not be made in %s", where.parent)
        return False


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other process or thread makes it meanwhile."""
    folder = path().parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "portal.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
