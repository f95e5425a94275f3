"""How pages are shown to this reader: language and elderly mode, chosen by buttons and kept in cookies."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required as public
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from msgspec import Struct

from govgauge import __version__

LANGUAGE_COOKIE = "language"
MODE_COOKIE = "mode"
ELDER = "elder"
YEAR = 365 * 24 * 3600
HTML_NAMES = {"zh-hans": "zh-CN", "en": "en"}


class Display(Struct, frozen=True):
    """The reader's choice. Chinese unless chosen otherwise, whatever the browser prefers: an office reads these."""

    language: str
    elder: bool

    @property
    def html_language(self) -> str:
        """The language as the root element names it."""
        return HTML_NAMES[self.language]


def is_english() -> bool:
    """Whether this answer is in English."""
    return (translation.get_language() or "").startswith("en")


def chosen(request: HttpRequest) -> Display:
    """What the cookies say; anything unknown counts as not chosen."""
    language = request.COOKIES.get(LANGUAGE_COOKIE, "")
    known = language if language in HTML_NAMES else settings.LANGUAGE_CODE
    return Display(known, request.COOKIES.get(MODE_COOKIE) == ELDER)


class ChosenDisplay:
    """Answer in the chosen language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        display = chosen(request)
        with translation.override(display.language):
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", display.html_language)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response


def for_templates(request: HttpRequest) -> dict[str, object]:
    """What every template may name."""
    return {"display": chosen(request), "version": __version__}


@public
@csrf_exempt  # it changes nothing but how pages look, and without a token they can be cached
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a choice and go back to where it was made."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    language, mode = request.POST.get("language"), request.POST.get("mode")
    if language in HTML_NAMES:
        _keep(response, LANGUAGE_COOKIE, language)
    if mode == ELDER:
        _keep(response, MODE_COOKIE, ELDER)
    elif mode is not None:
        response.delete_cookie(MODE_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
