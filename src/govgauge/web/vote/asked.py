"""What a request to the vote is about: the vote of an address, the voter's token, where they come from."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from govgauge.office import vote_tokens
from govgauge.office.domain import vote_calls
from govgauge.office.domain.vote_calls import Vote
from govgauge.office.models import CaseCall
from govgauge.web.vote import narrow

COOKIE = "vote"
"""Holds the token in the voter's browser, for the pages of this vote only. The ballot itself carries it in its form."""


def call_of(slug: str) -> tuple[CaseCall, Vote]:
    """The call and vote of a round's name. Before its first day a vote is not there. Raises Http404."""
    call = vote_calls.call_of(slug)
    vote = vote_calls.vote_of(call) if call else None
    if call is None or vote is None or not vote.has_begun():
        raise Http404(_("没有这次投票，或还没有开始；请核对网址。"))
    return call, vote


def token_of(request: HttpRequest) -> str:
    """The token that the browser holds; empty when it holds none of ours."""
    token = request.COOKIES.get(COOKIE, "")
    return token if vote_tokens.is_ours(token) else ""


def address_of(request: HttpRequest) -> str:
    """The network address of who asks, as far as our proxies may be believed."""
    return narrow.address_of(request.META)


def keep_token(answer: HttpResponseBase, slug: str, token: str) -> None:
    """Let the browser hold a token until it is closed."""
    answer.set_cookie(
        COOKIE, token, path=_path(slug), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    answer.headers["Cache-Control"] = "no-store"


def drop_token(answer: HttpResponseBase, slug: str) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(COOKIE, path=_path(slug), samesite="Lax")


def _path(slug: str) -> str:
    return f"/vote/{slug}/"
