"""Answers of the interface: JSON with a mark by which the asker need not take it twice."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from govgauge.office.open_data.found import LATEST, Version, version
from govgauge.web.api.parameters import Some
from govgauge.web.open_data.listed import absolute
from govgauge.web.open_data.sending import small

JSON = "application/json"
ENCODER = msgspec.json.Encoder()


class Elsewhere(Exception):
    """`latest` was asked for; the answer stands at the version that holds."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def told(request: HttpRequest, answer: object, *, following: str | None = None) -> HttpResponse:
    """An answer; `following` is the address of the next page."""
    return told_bytes(request, ENCODER.encode(answer), following=following)


def told_page(
    request: HttpRequest, asked: Some, items: list[Any], following: int | None, **beside: object
) -> HttpResponse:
    """A page of rows; `following` is the mark from which the next one goes on, None after the last row."""
    after = None if following is None else absolute(request, request.path, **asked.filters, cursor=following)
    return told(request, {"items": items, **beside, "next": after}, following=after)


def told_bytes(request: HttpRequest, body: bytes, *, digest: str = "", following: str | None = None) -> HttpResponse:
    """The same, from JSON."""
    response = small(request, body, JSON, etag=digest)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def chosen(request: HttpRequest, slug: str, named: str) -> Version:
    """A version by its number. Raises Elsewhere for `latest`; NotThere, Withdrawn."""
    found = version(slug, named)
    if named == LATEST:
        path = request.get_full_path().replace(f"/versions/{LATEST}", f"/versions/{found.number}", 1)
        raise Elsewhere(path)
    return found


def redirect(elsewhere: Elsewhere) -> HttpResponse:
    """302 to the numbered version; `latest` may lead elsewhere tomorrow."""
    response = HttpResponseRedirect(elsewhere.address)
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
