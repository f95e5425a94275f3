"""The page of a vote: its cases in the reader's own order; with a token, as a ballot."""

import time
from collections.abc import Mapping

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office import vote_receipts
from govgauge.office.domain import uploads, vote_calls
from govgauge.office.domain.vote_calls import Vote
from govgauge.office.models import CaseCall, CaseFile
from govgauge.office.queries import vote_cards, votes
from govgauge.office.vote_identity import network
from govgauge.office.vote_key import keyed
from govgauge.web.access import public
from govgauge.web.vote import asked
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.uploads.upload import POLICY

FRESH_SECONDS = 5.0
"""A process makes the cards of a vote anew after this."""
PICTURE_SECONDS = 3600


class Made(Struct, frozen=True):
    """Cards as markup by number, with their categories."""

    at: float
    category: Mapping[int, str]
    markup: Mapping[int, str]


_made: dict[tuple[str, str, str, bool], Made] = {}


@public
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The cases, filtered by a category; or the ballot."""
    call, vote = asked.call_of(slug)
    token = asked.token_of(request)
    why = vote.closed_why()
    is_ballot = bool(token) and not why
    chosen = request.GET.get("category", "")
    known = [one for one in vote.rules.categories if one.slug in set(vote.candidates.values())]
    category = chosen if not is_ballot and chosen in {one.slug for one in known} else ""
    made = _cards(vote, ballot=is_ballot)
    seed = token or keyed("vote-order", slug, network(asked.address_of(request)), request.headers.get("User-Agent", ""))
    numbers = [one for one in made.markup if not category or made.category[one] == category]
    shown = {
        "call": call,
        "slug": slug,
        "vote": vote,
        "why": why,
        "is_ballot": is_ballot,
        "token": token,
        "secret": vote_receipts.new_secret(),
        "category": category,
        "categories": known,
        "cards": [made.markup[one] for one in vote_cards.shuffled(numbers, seed)],
        "turnout": votes.turnout(call),
        "most": vote.rules.votes_per_voter,
    }
    answer = render(request, "vote/cases.html", shown)
    answer.headers["Cache-Control"] = "no-store" if token else "private, no-cache"
    return answer


@public
@require_safe
def turnout(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """How many have voted: nothing else is told while a vote runs."""
    call, _vote = asked.call_of(slug)
    answer = JsonResponse({"voted": votes.turnout(call)})
    answer.headers["Cache-Control"] = f"public, max-age={votes.TURNOUT_SECONDS:.0f}"
    return answer


@public
@require_safe
def picture(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:  # noqa: ARG001 - as Django calls it
    """A picture of a case that one votes for."""
    found = CaseFile.objects.select_related("upload", "case__call__round")
    file = found.filter(pk=min(number, LARGEST), case__call__round__slug=slug, removed_at=None).first()
    vote = _seen(file.case.call) if file else None
    if file is None or vote is None or file.case.number not in vote.candidates:
        raise Http404(_("没有这张图片。"))
    if file.upload.media_type not in vote_cards.PICTURES:
        raise Http404(_("没有这张图片。"))
    try:
        with uploads.opened(file.upload) as path:
            opened = path.open("rb")
    except (Unusable, OSError):
        raise Http404(_("这张图片现在取不出来。")) from None
    answer = FileResponse(opened, content_type=file.upload.media_type)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = f"public, max-age={PICTURE_SECONDS}"
    return answer


def _seen(call: CaseCall) -> Vote | None:
    vote = vote_calls.vote_of(call)
    return vote if vote.has_begun() else None


def _cards(vote: Vote, *, ballot: bool) -> Made:
    """The cards, made once for all readers of some seconds: only their order is each voter's own."""
    key = (str(settings.DATABASES["default"]["NAME"]), vote.slug, translation.get_language() or "", ballot)
    found = _made.get(key)
    if found is None or time.monotonic() - found.at > FRESH_SECONDS or found.markup.keys() != vote.candidates.keys():
        every = vote_cards.cards(vote)
        shown = {"slug": vote.slug, "is_ballot": ballot}
        markup = {one.number: render_to_string("vote/card.html", {**shown, "card": one}) for one in every}
        found = Made(time.monotonic(), {one.number: one.category for one in every}, markup)
        _made[key] = found
    return found
