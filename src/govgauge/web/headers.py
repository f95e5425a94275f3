"""Headers that let a page load and do only what is its own."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""No inline script or style, nothing from other hosts, in no frame; in a frame of ours only what is ours."""
KEPT_PAGE_POLICY = (
    "sandbox allow-scripts allow-popups; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'none'"
)
"""For a report that carries its style and script in itself: it is shown as of an origin of its own, with no network."""
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class StrictHeaders:
    """Set the policy on every answer that has none of its own.

    What is not there, or not allowed, no cache keeps: it may be there the next moment. What a cache has already keeps
    its length.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            response.headers.pop("Content-Length", None)
        return response
