"""Sessions end: after some time in which nobody did anything, and after a day's work whatever was done."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

BEGUN, SEEN = "begun_at", "seen_at"
WRITTEN_AFTER = 60
"""Seconds after which it is written down again that somebody is there."""
UNATTENDED = "X-Unattended"
"""Sent by parts of pages that refresh themselves: nobody did anything."""


class SessionsEnd:
    """Sign out whose time is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _look(request)
        return self._get_response(request)


def _look(request: HttpRequest) -> None:
    now = int(time.time())
    begun, seen = request.session.setdefault(BEGUN, now), request.session.setdefault(SEEN, now)
    if now - seen >= settings.SESSION_IDLE_SECONDS or now - begun >= settings.SESSION_COOKIE_AGE:
        logout(request)
    elif now - seen >= WRITTEN_AFTER and UNATTENDED not in request.headers:
        request.session[SEEN] = now


@receiver(user_logged_in)
def _begin(request: HttpRequest | None = None, **_more: object) -> None:
    if request is not None and hasattr(request, "session"):
        request.session[BEGUN] = request.session[SEEN] = int(time.time())
