"""Where the files of a visit lie."""

import os
from pathlib import Path

from govgauge.office.models import Visit


def folder_of(visit: Visit) -> Path:
    """The folder of a visit's files in the office of this process."""
    return Path(os.environ.get("GOVGAUGE_HOME") or "govgauge-office").resolve() / visit.evidence
