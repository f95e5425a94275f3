"""Two cases that may be one: decided, and undone."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from govgauge.office.domain import case_twins
from govgauge.office.domain.permissions import Verb
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.screening.asked import case_of, seen_in, text_in, twins_of


@page(Verb.SCREEN_CASE)
@require_POST
def ask(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that another case, named by its number in the call, may be the same."""
    case = case_of(slug, number)
    verb = partial(case_twins.ask, acting_of(request), case, seen_in(request, "other"), text_in(request, "why"))
    here = reverse("round-case", args=[slug, case.pk]) + "#twins"
    return told.done(request, verb, _("已记下，请核对后决定。"), here)


@page(Verb.SCREEN_CASE)
@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that they are one (`keep` goes on) or two, or take that back."""
    twins, acting = twins_of(slug, number), acting_of(request)
    back = seen_in(request, "back")
    place = back if back in {twins.one_id, twins.other_id} else twins.one_id
    here = reverse("round-case", args=[slug, place]) + "#twins"
    reason = text_in(request, "reason")
    if "undo" in request.POST:
        return told.done(request, partial(case_twins.undo, acting, twins), _("已撤销，请重新核对。"), here)
    if "different" in request.POST:
        verb = partial(case_twins.are_different, acting, twins, reason)
        return told.done(request, verb, _("已认定为不同案例。"), here)
    keep = seen_in(request, "keep")
    verb = partial(case_twins.are_same, acting, twins, keep, reason)
    return told.done(request, verb, _("已并入，两边的推荐人会收到通知。"), here)
