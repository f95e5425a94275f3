"""The marks of portal pages: for everybody, read only, kept by browsers and caches until something new is published."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from govgauge import __version__
from govgauge.office.queries import publications
from govgauge.web.access import public
from govgauge.web.display import chosen
from govgauge.web.portal import own_texts, site_marks
from govgauge.web.portal.reading import Reading, Withdrawn, reading

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
FRESH_SECONDS = 60
"""How long a copy is shown without asking whether it still holds: what is withdrawn must not stand much longer."""
HERE = Path(__file__).parent
PROGRAM_AT = max(path.stat().st_mtime for path in (HERE, HERE.parent / "templates" / "portal", HERE.parent / "locale"))
"""Since when the program makes its pages as it does."""
PRIVATE = (settings.SESSION_COOKIE_NAME, "messages")
"""Cookies of those whose pages tell something of themselves."""


def open_page(view: View[P]) -> View[P]:
    """The mark of a portal page."""

    @public
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if any(name in request.COOKIES for name in PRIVATE):
            return _made(view, request, *args, **kwargs)
        stamp = publications.stamp()
        tag, changed = _tag(request, stamp), int(max(_seconds(stamp.at), PROGRAM_AT))
        kept = get_conditional_response(request, tag, changed)
        if kept is not None:
            return _marked(kept, tag, changed)
        response = _made(view, request, *args, **kwargs)
        if response.status_code != 200 or response.headers.get("Cache-Control"):
            return response
        return _marked(response, tag, changed)

    return answered


def of_publication(view: Callable[Concatenate[HttpRequest, Reading, P], HttpResponseBase]) -> Any:
    """The mark of a page of a publication, whose address has the round's `slug` and perhaps a version's `number`."""

    @open_page
    @wraps(view)
    def answered(
        request: HttpRequest, /, slug: str, number: int | None = None, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        found = reading(request, slug, number)
        response = view(request, found, *args, **kwargs)
        if found.is_preview:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return answered


def _made(view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except Withdrawn as gone:
        return withdrawn(request, gone)


def withdrawn(request: HttpRequest, gone: Withdrawn) -> HttpResponse:
    """410: what it was, when it was taken back, and why."""
    found = gone.publication
    shown = {"publication": found, "step": gone.step, "versions": publications.versions(found)}
    return render(request, "portal/withdrawn.html", shown, status=410)


def _tag(request: HttpRequest, stamp: publications.Stamp) -> str:
    display = chosen(request)
    office = (site_marks.values(), own_texts.written())
    told = (__version__, PROGRAM_AT, office, stamp, display, request.get_host(), request.get_full_path())
    return f'"{sha256(repr(told).encode()).hexdigest()[:32]}"'


def _marked(response: HttpResponseBase, tag: str, changed: int) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(changed)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS, must_revalidate=True)
    return response


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at and at <= now() else 0.0
