"""Writing a list to a file, whole or not at all."""

import os
import tempfile
from pathlib import Path

from govgauge.errors import Unusable
from govgauge.subjects.model import Roster
from govgauge.subjects.tables.csv_writing import csv_bytes


def save(roster: Roster, out: Path) -> None:
    """Write an XLSX or CSV, by the ending of its name; what stood there is replaced only by the whole.

    Raises Unusable for another ending, OSError where it cannot be written.
    """
    body = _body(roster, out)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o666 & ~_mask())
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _body(roster: Roster, out: Path) -> bytes:
    match out.suffix.lower():
        case ".csv":
            return csv_bytes(roster)
        case ".xlsx":
            from govgauge.subjects.tables.workbook_writing import workbook  # noqa: PLC0415  # slow to load

            return workbook(roster)
    raise Unusable(f"不能写成 {out.name}；请用 .xlsx 或 .csv 结尾的文件名 (unknown ending).")


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
