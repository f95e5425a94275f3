"""What a file is, by its first bytes: its name must say the same."""

import zipfile
from typing import BinaryIO

from msgspec import Struct

from govgauge.errors import Unusable

PNG, JPEG, PDF = "image/png", "image/jpeg", "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet"
ENDINGS = {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG, ".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX}
KNOWN = "png、jpg、pdf、docx、xlsx"
_STARTS = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"%PDF-", PDF))
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_HEAD = 16


class Told(Struct, frozen=True):
    """A file's media type, and the ending of its name."""

    media_type: str
    ending: str


def told(file: BinaryIO, name: str) -> Told:
    """What a file is. Raises Unusable when it is none of the kinds, or another than its name says."""
    dot, ending = name.rpartition(".")[1:]
    ending = f"{dot}{ending}".lower()
    if ending not in ENDINGS:
        raise Unusable(f"“{name}”不能上传；可以上传：{KNOWN} (only these kinds of files).")
    found = _by_bytes(file)
    if found != ENDINGS[ending]:
        raise Unusable(f"“{name}”的内容不是 {ending[1:]} 文件；请用原来的程序另存后再上传 (content and name differ).")
    return Told(found, ending)


def _by_bytes(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(_HEAD)
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    return _of_archive(file) if head.startswith(b"PK\x03\x04") else ""


def _of_archive(file: BinaryIO) -> str:
    """A document of an office program without macros; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return ""
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    return next((media_type for part, media_type in _PARTS.items() if part in names), "")
