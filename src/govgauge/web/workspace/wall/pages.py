"""The board: the whole page, and the part of it that is asked for again every few seconds."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge import __version__
from govgauge.office.domain import wall_links, walls
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Round
from govgauge.web.access import acting_of, page, public
from govgauge.web.listing import one_of
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.rounds import stages
from govgauge.web.workspace.wall.drawing import drawn

LOOKS = ("dark", "light")
SECONDS = 5
"""How often a board asks."""
WITHOUT_SCRIPTS = 30
"""Seconds after which a page without scripts loads itself again."""


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The board for somebody who has signed in."""
    round_ = round_of(slug)
    may_link = acting_of(request).may(Verb.RUN_ROUND, round_=round_)
    return _page(request, round_, reverse("wall-live", args=[slug]), back=reverse("round", args=[slug]), links=may_link)


@page(Verb.SEE_ROUND)
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """What has changed on it."""
    return _part(request, round_of(slug))


def _of_link(view: Callable[[HttpRequest, Round, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """The mark of a page that a secret opens; its address is told to nobody, and kept by nobody."""

    @public
    @require_safe
    def opened(request: HttpRequest, secret: str) -> HttpResponse:
        round_ = wall_links.round_of_secret(secret)
        if round_ is None:
            raise Http404(_("这个看板链接不存在、已到期或已撤销；请评估办公室重新生成。"))
        answer = view(request, round_, secret)
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return opened


@_of_link
def show_of_link(request: HttpRequest, round_: Round, secret: str) -> HttpResponse:
    """The board for whoever has a link that holds."""
    return _page(request, round_, reverse("wall-of-link-live", args=[secret]))


@_of_link
def live_of_link(request: HttpRequest, round_: Round, secret: str) -> HttpResponse:  # noqa: ARG001 - it has opened it
    """What has changed on it."""
    return _part(request, round_)


def _page(request: HttpRequest, round_: Round, live: str, *, back: str = "", links: bool = False) -> HttpResponse:
    look = one_of(request, "look", LOOKS) or LOOKS[0]
    now = timezone.localtime()
    shown = walls.current(round_)
    facts = {
        "round": round_,
        "shown": shown,
        "board": drawn(shown, now) if shown else None,
        "stages": stages(round_),
        "look": look,
        "other_look": LOOKS[1 - LOOKS.index(look)],
        "live": live,
        "back": back,
        "links": links,
        "now": now,
        "seconds": SECONDS,
        "reload_seconds": WITHOUT_SCRIPTS,
        **_headers(shown, now),
    }
    answer = render(request, "wall/wall.html", {**facts, "headers": _headers(shown, now)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _part(request: HttpRequest, round_: Round) -> HttpResponse:
    """The numbers; 204 where the board has them already (`seen`)."""
    shown = walls.current(round_)
    now = timezone.localtime()
    told = _headers(shown, now)
    if request.GET.get("seen") == told["X-Wall-Made"] != "":
        answer = HttpResponse(status=204)
    else:
        facts = {"round": round_, "shown": shown, "stages": stages(round_), "now": now}
        answer = render(request, "wall/numbers.html", {**facts, "board": drawn(shown, now) if shown else None})
    answer.headers["Cache-Control"] = "no-store"
    for name, value in told.items():
        answer.headers[name] = value
    return answer


def _headers(shown: walls.Shown | None, now: datetime) -> dict[str, str]:
    """What a board is told beside the numbers: which count, how old, when it counts as old, the time, the program."""
    offset = now.utcoffset()
    assert offset is not None  # noqa: S101 - local times have a zone
    files = " ".join(staticfiles_storage.url(f"govgauge/wall.{ending}") for ending in ("js", "css"))
    return {
        "X-Wall-Made": f"{shown.made_at.timestamp():.3f}" if shown else "",
        "X-Wall-Age": f"{max(0.0, (now - shown.made_at).total_seconds()):.1f}" if shown else "",
        "X-Wall-Old-After": f"{shown.old_after:.0f}" if shown else "",
        "X-Wall-Clock": f"{1000 * (now.timestamp() + offset.total_seconds()):.0f}",
        "X-Wall-Program": f"{__version__} {files}",
    }
