"""The office's page of a registration: what was handed in, what speaks against it, accept or return."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.domain import deciding_registrations as deciding
from govgauge.office.domain import registrations
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.registrations import UNDER_REVIEW
from govgauge.office.models import Registration, RegistrationStepKind
from govgauge.office.queries import registrations as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.words import REGISTRATION_FIELDS
from govgauge.web.workspace.asked import round_of


@page(Verb.DECIDE_REGISTRATION)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A registration that was handed in."""
    found = _registration(slug, number)
    state = registrations.state_of(found)
    entry = registrations.entry_of(found)
    steps = list(found.steps.select_related("by").order_by("-id"))
    shown = {
        "round": found.round,
        "registration": found,
        "entry": entry,
        "seen": steps[0].pk,
        "state": state,
        "may_decide": state in UNDER_REVIEW,
        "fields": [(REGISTRATION_FIELDS[name], getattr(found, name)) for name in registrations.FIELDS],
        "steps": steps,
        "doubles": deciding.doubles(found),
        "groups": [] if entry else deciding.groups_for(found),
        "ways": {} if entry else deciding.ways_for(found.round),
        "frozen": tongue(deciding.change_of_frozen(found, entry)) if state in UNDER_REVIEW else "",
    }
    return render(request, "registrations/deciding.html", shown)


@page(Verb.DECIDE_REGISTRATION)
@require_POST
def accept(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take the body into the round."""
    found = _registration(slug, number)
    verb = partial(
        deciding.accept,
        acting_of(request),
        found,
        request.POST.get("group", ""),
        _seen(request),
        request.POST.get("way", ""),
    )
    return told.done(request, verb, _("已受理，单位已列入评估对象。"), _here(found))


@page(Verb.DECIDE_REGISTRATION)
@require_POST
def send_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return it with a reason."""
    found = _registration(slug, number)
    verb = partial(deciding.send_back, acting_of(request), found, request.POST.get("reason", ""), _seen(request))
    return told.done(request, verb, _("已退回，报名单位会收到理由。"), _here(found))


def _registration(slug: str, number: int) -> Registration:
    handed_in = query.registrations().exclude(state=RegistrationStepKind.DRAFTED)
    found: Registration | None = handed_in.filter(round=round_of(slug), pk=number).first()
    if found is None:
        raise Http404(_("没有这份报名表，或还没有提交；请从名单中选择。"))
    return found


def _seen(request: HttpRequest) -> int | None:
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


def _here(found: Registration) -> str:
    return reverse("round-registration", args=[found.round.slug, found.pk])
