"""Small true files: what attachments and pictures of the simulated sites consist of."""

import zlib
from io import BytesIO
from struct import pack
from zipfile import ZipFile, ZipInfo

from govgauge.testbed.model import Response


def picture(width: int = 120, height: int = 40, shade: int = 180) -> Response:
    """A one-coloured PNG."""
    row = b"\x00" + bytes((shade,)) * width
    parts = (
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    )
    body = b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content)) for name, content in parts
    )
    return Response(body=body, content_type="image/png")


def pdf(words: str = "attachment") -> Response:
    """A PDF of one empty page."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n%" + words.encode("ascii", "replace") + b"\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    return Response(body=body, content_type="application/pdf")


def office(kind: str = "docx") -> Response:
    """A minimal container of the newer office formats (docx, xlsx)."""
    store = BytesIO()
    with ZipFile(store, "w") as file:
        file.writestr(ZipInfo("[Content_Types].xml", (2025, 1, 1, 0, 0, 0)), "<Types/>")
        file.writestr(ZipInfo(f"{kind[:-1]}/document.xml", (2025, 1, 1, 0, 0, 0)), "<document/>")
    return Response(body=store.getvalue(), content_type="application/octet-stream")


def old_office() -> Response:
    """The first bytes of a compound file (doc, xls), padded to a sector."""
    return Response(body=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528), content_type="application/msword")


def table(rows: int = 20) -> Response:
    """A CSV file."""
    lines = ["mc,rq", *(f"row{number},2025-01-{number % 28 + 1:02d}" for number in range(rows))]
    return Response(body="\n".join(lines).encode(), content_type="text/csv")


def style() -> Response:
    return Response(body=b"body{margin:0;font:14px/1.8 sans-serif}.footer{text-align:center}", content_type="text/css")


def furniture() -> dict[str, Response]:
    """The pictures and the style sheet that every site loads."""
    return {
        "/images/style.css": style(),
        "/images/logo.png": picture(320, 60, 40),
        "/images/red.png": picture(40, 48, 90),
        "/images/jiucuo.png": picture(60, 40, 120),
        "/favicon.ico": picture(16, 16, 60),
    }
