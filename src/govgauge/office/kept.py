"""The files of visits, wherever they are kept, as folders of this machine."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from govgauge.office.evidence import the_store
from govgauge.office.models import Visit


@contextmanager
def folders(home: Path | None = None) -> Iterator[Callable[[Visit], Path]]:
    """A function that gives the folder of a visit's files, to be read only, and only within this context.

    `home` is the office's folder, that of this process when None. It raises Unusable for files that are not there.
    """
    home = home or Path(os.environ.get("GOVGAUGE_HOME") or "govgauge-office").resolve()
    store = the_store(home)
    with ExitStack() as opened:
        yield lambda visit: opened.enter_context(store.opened(PurePosixPath(visit.evidence)))
