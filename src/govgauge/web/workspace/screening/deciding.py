"""Admitting and refusing cases together: a preview first, then done, then perhaps undone."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from govgauge.errors import Unusable
from govgauge.office.domain import admissions
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseDecision
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.screening.asked import call_of, is_number, text_in


@page(Verb.CHAIR_PANEL)
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Preview what would be decided about the chosen cases; with `sure` decide it."""
    call, acting = call_of(slug), acting_of(request)
    admits = request.POST.get("what") != "refuse"
    reason = text_in(request, "reason")
    here = reverse("round-cases", args=[slug])
    try:
        if "sure" in request.POST:
            outcome = admissions.decide(acting, call, _seen(request), reason, admits=admits)
            messages.success(request, _("已决定 %(n)s 件，推荐人会收到通知。") % {"n": outcome.decided})
            for number, why in sorted(outcome.refused.items()):
                told_why = {"number": number, "why": tongue(why)}
                messages.error(request, _("第 %(number)s 号没有决定：%(why)s") % told_why)
            return HttpResponseRedirect(here)
        chosen = [int(one) for one in request.POST.getlist("case") if is_number(one)]
        found = admissions.weighed(acting, call, chosen, admits=admits)
    except Unusable as error:
        messages.error(request, tongue(str(error)))
        if "sure" not in request.POST:
            return HttpResponseRedirect(here)
        found = admissions.weighed(acting, call, list(_seen(request)) or [0], admits=admits)
    shown = {
        "round": call.round,
        "admits": admits,
        "found": found,
        "possible": [one for one in found if not one.refusal],
        "against": [one for one in found if not one.refusal and (one.proposal.what == "admit") != admits],
        "reason": reason,
    }
    return render(request, "screening/deciding.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def undo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a decision back."""
    call = call_of(slug)
    found = CaseDecision.objects.filter(call=call, pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404(_("没有这次决定；请刷新网页查看。"))
    verb = partial(admissions.undo, acting_of(request), found)
    return told.done(request, verb, _("已撤销，案例恢复待审。"), reverse("round-cases", args=[slug]))


def _seen(request: HttpRequest) -> dict[int, int]:
    """Cases with the steps that were shown: `case.step` each."""
    pairs = [one.partition("-") for one in request.POST.getlist("seen")[: admissions.MOST]]
    return {int(case): int(step) for case, _dash, step in pairs if is_number(case) and is_number(step)}
