"""What a request to the vote is about: the vote of an address, the voter's token, where they come from."""

import time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from govgauge.office import vote_tokens
from govgauge.office.domain import vote_calls
from govgauge.office.domain.vote_calls import Vote
from govgauge.office.models import CaseCall
from govgauge.web.vote import narrow

NO_VOTE = gettext_lazy("没有这次投票，或还没有开始；请核对网址。")
FRESH_SECONDS = 1.0
"""For so long pages of a process go by what they read last of a vote: a rush reads the same again and again."""

_read: dict[tuple[str, str], tuple[float, tuple[CaseCall, Vote]]] = {}


def call_of(slug: str) -> tuple[CaseCall, Vote]:
    """The call and vote of a round's name. Before its first day a vote is not there. Raises Http404."""
    key = (str(settings.DATABASES["default"]["NAME"]), slug)
    read, found = _read.get(key, (0.0, None))
    if found is None or time.monotonic() - read > FRESH_SECONDS:
        call = vote_calls.call_of(slug)
        if call is None:
            raise Http404(NO_VOTE)
        found = (call, vote_calls.vote_of(call))
        _read[key] = (time.monotonic(), found)
    if not found[1].has_begun():
        raise Http404(NO_VOTE)
    return found


def token_of(request: HttpRequest) -> str:
    """The token that the browser holds; empty when it holds none of ours."""
    token = request.COOKIES.get(narrow.COOKIE, "")
    return token if vote_tokens.is_ours(token) else ""


def address_of(request: HttpRequest) -> str:
    """The network address of who asks, as far as our proxies may be believed."""
    return narrow.address_of(request.META)


def vote_of(slug: str) -> tuple[str, str]:
    """Where somebody goes on to the vote, and the words for it."""
    return reverse("vote", args=[slug]), _("回到投票网页")


def receipts_of(slug: str) -> tuple[str, str]:
    """Where somebody goes on to look for a receipt, and the words for it."""
    return reverse("vote-receipt", args=[slug]), _("核对回执")


def keep_token(answer: HttpResponseBase, slug: str, token: str) -> None:
    """Let the browser hold a token until it is closed."""
    answer.set_cookie(
        narrow.COOKIE, token, path=_path(slug), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    answer.headers["Cache-Control"] = "no-store"


def drop_token(answer: HttpResponseBase, slug: str) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(narrow.COOKIE, path=_path(slug), samesite="Lax")


def _path(slug: str) -> str:
    return f"/vote/{slug}/"
