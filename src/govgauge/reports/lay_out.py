"""Layout of a site's report by Typst: here, or in a fresh process where this one was forked.

Typst lays out with threads of its own. Where a process that had used it forks, they do not come along, and the child
would wait for them for ever. `python -m govgauge.reports.lay_out FOLDER` lays out the folder's main file.
"""

import os
import subprocess
import sys
from pathlib import Path

MAIN, PDF = "site.typ", "site.pdf"
_FORKED = "GOVGAUGE_FORKED"


def say_forked() -> None:
    """This process was forked from one that may have laid something out."""
    os.environ[_FORKED] = str(os.getpid())


def laid_out(folder: Path, fonts: Path) -> bytes:
    """The PDF of the main file of a folder. Raises typst.TypstError, or CalledProcessError with what it said."""
    if os.environ.get(_FORKED) != str(os.getpid()):
        return _compiled(folder, fonts)
    order = [sys.executable, "-m", "govgauge.reports.lay_out", str(folder), str(fonts)]
    subprocess.run(order, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
    return (folder / PDF).read_bytes()


def _compiled(folder: Path, fonts: Path) -> bytes:
    import typst  # noqa: PLC0415 - who asks for a fresh process needs none here

    return typst.compile(folder / MAIN, root=folder, font_paths=[fonts], ignore_system_fonts=True)


if __name__ == "__main__":
    where = Path(sys.argv[1])
    (where / PDF).write_bytes(_compiled(where, Path(sys.argv[2])))
