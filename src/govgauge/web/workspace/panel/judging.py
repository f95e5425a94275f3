"""One case before an expert: its material beside the rubric; saved as one judges, submitted, abstained from."""

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import calibration, case_calls, verdicts
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.verdicts import ChangedMeanwhile
from govgauge.office.models import CaseFile, Seat
from govgauge.office.queries import panels as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.panel.asked import levels, own_case, own_seat_on, whole
from govgauge.web.workspace.panel.pictures import files_of, sent
from govgauge.web.workspace.panel.rubric_rows import aspects


@page(Verb.JUDGE_CASE)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The case, and what the reader has said of it."""
    return _page(request, own_case(request, slug, number))


@page(Verb.JUDGE_CASE)
@require_POST
def save(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep what was chosen: as one judges, or by the button."""
    found, given = own_case(request, slug, number), levels(request)
    words = request.POST.get("comment", "")
    is_partial = bool(getattr(request, "htmx", False))
    try:
        current = verdicts.save(acting_of(request), found, given, words, _seen(request))
    except (ChangedMeanwhile, Unusable) as fault:
        if is_partial:
            shown = {"error": tongue(str(fault)), "version": _seen(request)}
            return render(request, "panel/saved.html", shown)
        messages.error(request, tongue(str(fault)))
        return _page(request, own_case(request, slug, number), given, words, status=409)
    if is_partial:
        return render(request, "panel/saved.html", {"version": current.version})
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(_here(found))


@page(Verb.JUDGE_CASE)
@require_POST
def submit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand the verdict in; what stands in the form is kept first. Then on to the next case."""
    found, given, acting = own_case(request, slug, number), levels(request), acting_of(request)
    words = request.POST.get("comment", "")
    try:
        current = verdicts.save(acting, found, given, words, _seen(request))
        verdicts.submit(acting, current, current.version)
    except (ChangedMeanwhile, Unusable) as fault:
        messages.error(request, tongue(str(fault)))
        return _page(request, own_case(request, slug, number), given, words, status=409)
    messages.success(request, _("已提交“%(case)s”的评分。") % {"case": found.case.name})
    if found.case.is_calibration:
        return HttpResponseRedirect(_here(found))
    return HttpResponseRedirect(_next(found))


@page(Verb.JUDGE_CASE)
@require_POST
def abstain(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Judge it not at all."""
    found = own_case(request, slug, number)
    verb = partial(verdicts.abstain, acting_of(request), found, request.POST.get("reason", ""))
    return told.done(request, verb, _("已弃权。"), _here(found))


@page(Verb.JUDGE_CASE)
@require_POST
def reopen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take the verdict back to change it."""
    found = own_case(request, slug, number)
    verb = partial(verdicts.reopen, acting_of(request), found)
    return told.done(request, verb, _("已撤回提交，可以修改。"), _here(found))


@page(Verb.JUDGE_CASE)
@require_safe
def read(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The material of a case (its number in the call) for which the reader may vote."""
    expert = own_seat_on(request, slug)
    case = expert.call.cases.filter(number=min(number, LARGEST)).select_related("entry").first()
    if case is None or not query.may_read(expert, case):
        raise Http404(_("终评名单中没有这个案例；请从列表中选择。"))
    rules = case_calls.rules_of(expert.call)
    shown = {
        "round": expert.call.round,
        "call": expert.call,
        "case": case,
        "category": next((one for one in rules.categories if one.slug == case.category), None),
        "files": files_of(case, "my-case-file", slug),
    }
    return render(request, "panel/read.html", shown)


@page(Verb.JUDGE_CASE)
@require_safe
def picture(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A file of a case that was given to the reader, or for which they may vote."""
    expert = own_seat_on(request, slug)
    found = CaseFile.objects.filter(pk=min(number, LARGEST), removed_at=None, case__call=expert.call)
    piece = found.select_related("upload", "case").first()
    if piece is None or not query.may_read(expert, piece.case):
        raise Http404(_("没有这个文件，或不对您开放。"))
    return sent(piece.upload)


def _page(
    request: HttpRequest,
    seat: Seat,
    given: Mapping[str, int] | None = None,
    words: str | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    rules = case_calls.rules_of(seat.expert.call)
    closed = case_calls.closed_why(rules.panel, "专家评审")
    seats = query.own_seats(seat.expert)
    place = next(at for at, one in enumerate(seats) if one.pk == seat.pk)
    agreed = calibration.agreed(seat.case) if seat.case.is_calibration and seat.submitted_at else {}
    shown = {
        "round": seat.expert.call.round,
        "call": seat.expert.call,
        "seat": seat,
        "case": seat.case,
        "category": next((one for one in rules.categories if one.slug == seat.case.category), None),
        "files": files_of(seat.case, "my-case-file", seat.expert.call.round.slug),
        "aspects": aspects(seat.levels if given is None else given, agreed),
        "comment": seat.comment if words is None else words,
        "agreed": agreed,
        "may_edit": seat.submitted_at is None and not closed,
        "may_reopen": seat.submitted_at is not None and not closed and not seat.case.is_calibration,
        "closed": tongue(closed),
        "place": place + 1,
        "of": len(seats),
        "before": seats[place - 1] if place else None,
        "after": seats[place + 1] if place + 1 < len(seats) else None,
    }
    return render(request, "panel/judge.html", shown, status=status)


def _next(seat: Seat) -> str:
    """Where to go on: the next case without a verdict, or the list."""
    waiting = [one for one in query.own_seats(seat.expert) if one.submitted_at is None]
    later = next((one for one in waiting if one.case.number > seat.case.number), waiting[0] if waiting else None)
    return _here(later) if later else reverse("my-cases", args=[seat.expert.call.round.slug])


def _seen(request: HttpRequest) -> int:
    return whole(request.POST.get("version"), -1)


def _here(seat: Seat) -> str:
    return reverse("my-case", args=[seat.expert.call.round.slug, seat.pk])
