"""From a form of ours to another site: by a page that goes on at once, since our policy lets forms lead nowhere else.

`form-action 'self'` holds for each redirect after a form, too, and so would keep everybody from the identity provider.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

REDIRECTS = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


class AwayFromForms:
    """Turn redirects of forms to other sites into a page with a link, which the browser follows by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        address = response.headers.get("Location", "")
        if request.method != "POST" or response.status_code not in REDIRECTS or not _is_away(request, address):
            return response
        page = render(request, "away.html", {"address": address, "host": urlsplit(address).hostname})
        page.cookies = response.cookies
        page.headers["Refresh"] = f"0; url={address}"
        page.headers["Cache-Control"] = "no-store"
        page.headers["Referrer-Policy"] = "no-referrer"
        return page


def _is_away(request: HttpRequest, address: str) -> bool:
    told = urlsplit(address)
    return told.scheme in {"http", "https"} and told.netloc != request.get_host()
