"""Files of tests lie in memory where there is room for them: thousands of small files and databases come and go."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - only the folder above the temporary ones
ROOM = 4 * 1024**3
"""A whole run leaves less than a quarter of this behind at any moment."""


def use() -> None:
    """Let this process and those that it starts make their temporary files in memory; said otherwise, they do not."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # think again
