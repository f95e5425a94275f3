"""Sending a file: whole, in part, compressed, or not at all where the asker has it already (RFC 9110)."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, http_date
from msgspec import Struct

from govgauge.office.open_data.making import Made
from govgauge.web.open_data.problems import Problem

BLOCK = 256 * 1024
FRESH = 300
"""Seconds for which a copy holds without asking: a version that is withdrawn is to be gone soon."""
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Sent(Struct, frozen=True):
    """A file as it is sent: under which name, as what, since when, with which links."""

    made: Made
    name: str
    media_type: str
    since: datetime
    attached: bool
    links: tuple[str, ...] = ()


def send(request: HttpRequest, sent: Sent) -> HttpResponseBase:
    """The answer to a request for a file. Raises Problem for a range that is not there."""
    facts = sent.made.facts
    pressed = sent.made.pressed if _takes_gzip(request) and "Range" not in request.headers else None
    etag = f'"{facts.sha256}-gzip"' if pressed else f'"{facts.sha256}"'
    changed = int(sent.since.timestamp())
    known = get_conditional_response(request, etag, changed)
    if known is not None:
        response: HttpResponseBase = known
    elif pressed:
        response = FileResponse(pressed.open("rb"), content_type=sent.media_type)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(facts.gzip_size)
    else:
        response = _plain(request, sent, etag, changed)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(facts.sha256)).decode()}:"
    if pressed:
        del response.headers["Repr-Digest"]  # it would be that of the compressed one
    if sent.links:
        response.headers["Link"] = ", ".join(sent.links)
    disposition = content_disposition_header(sent.attached, sent.name)
    if disposition:
        response.headers["Content-Disposition"] = disposition
    patch_vary_headers(response, ["Accept-Encoding"])
    request.META["HTTP_ACCEPT_ENCODING"] = ""  # what follows is not to compress what was counted and named here
    return response


def _plain(request: HttpRequest, sent: Sent, etag: str, changed: int) -> HttpResponseBase:
    """The file as it is, or the part of it that was asked for."""
    size = sent.made.facts.size
    span = _span(request, size) if _same(request, etag, changed) else None
    if span is None:
        whole = FileResponse(sent.made.path.open("rb"), content_type=sent.media_type)
        whole.headers["Content-Length"] = str(size)
        return whole
    first, last = span
    part = StreamingHttpResponse(_bytes(sent.made.path, first, last), content_type=sent.media_type, status=206)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part.headers["Content-Length"] = str(last - first + 1)
    return part


def _span(request: HttpRequest, size: int) -> tuple[int, int] | None:
    """First and last byte; None where everything is to be sent: no range, several, or one of another kind."""
    found = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    begin, end = found.groups()
    if not begin:
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(begin), min(int(end), size - 1) if end else size - 1
        if end and int(end) < int(begin):
            return None
    if first >= size or (not begin and not int(end)):
        raise Problem(
            416,
            f"文件只有 {size} 字节 (the file has only {size} bytes).",
            "请改正 Range，或不带 Range 下载整个文件 (correct the range, or leave it out).",
            headers={"Content-Range": f"bytes */{size}"},
        )
    return first, last


def _same(request: HttpRequest, etag: str, changed: int) -> bool:
    """Whether a part may be sent: what the asker has of the file is of the same one."""
    said = request.headers.get("If-Range")
    return said is None or said in (etag, http_date(changed))


def _takes_gzip(request: HttpRequest) -> bool:
    said = request.headers.get("Accept-Encoding", "").lower()
    for one in said.split(","):
        name, _semicolon, weight = one.strip().partition(";")
        if name.strip() == "gzip":
            return re.fullmatch(r"\s*q=0(\.0*)?\s*", weight) is None
    return False


def _bytes(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def moment(value: datetime | None) -> datetime:
    """A moment that is known for all that is public."""
    return value or datetime(2000, 1, 1, tzinfo=UTC)


def small(
    request: HttpRequest, body: bytes, media_type: str, *, etag: str = "", since: datetime | None = None
) -> HttpResponse:
    """A small text that is made for each request, with its mark: the one given, else one of its own."""
    etag = etag or hashlib.sha256(body).hexdigest()[:32]
    changed = int(since.timestamp()) if since else None
    found = get_conditional_response(request, f'"{etag}"', changed)
    response = found if isinstance(found, HttpResponse) else HttpResponse(body, media_type)
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    return response
