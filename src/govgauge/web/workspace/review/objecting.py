"""A body objects: to the answer of a check, or to a finding on which it rests; and takes it back."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import objections as domain
from govgauge.office.domain import uploads
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.stages import today
from govgauge.office.models import Entry, Finding, FindingLook, Objection, Remedy
from govgauge.office.queries.answer_lists import Preliminary, findings_of, preliminary
from govgauge.office.queries.check_texts import form_of
from govgauge.office.queries.findings import ShownFinding, last_looks
from govgauge.office.queries.findings import shown as in_words
from govgauge.office.queries.objections import period
from govgauge.office.remedy_rules import UNSENT
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST, entry_of, round_of, told_language
from govgauge.web.workspace.review.asked import objection_of
from govgauge.web.workspace.review.preliminary import check_time
from govgauge.web.workspace.review.words import SOURCES, WAITS, value_words

MOST_FINDINGS = 100
"""Findings of a check among which is chosen."""


class Choosable(Struct, frozen=True):
    """A finding to which may be objected, in words, with the last look that its body asked for, and whether it may ask
    for another."""

    finding: Finding
    words: ShownFinding
    look: FindingLook | None
    may_look: bool


@page(Verb.OBJECT)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, slug: str, number: int, check: str) -> HttpResponse:
    """What stands, and the form of an objection to it."""
    round_ = round_of(slug)
    acting = acting_of(request)
    entry = entry_of(acting, Verb.OBJECT, round_, number)
    check_time(acting, round_, period(round_))
    lines, _sheet = preliminary(entry, today())
    line = next((one for one in lines if one.check.id == check), None)
    if line is None:
        raise Http404(_("没有这个要点；请从列表中选择。"))
    found = list(findings_of(entry, line.check.audit)[:MOST_FINDINGS]) if line.check.audit else []
    fault, status = "", 200
    if request.method == "POST":
        try:
            made = _file(request, entry, check, {one.id: one for one in found})
        except Unusable as error:
            fault, status = tongue(str(error)), 409
        else:
            messages.success(request, _("异议已提出，评估办公室会安排没有参与过这一项的人处理。"))
            return HttpResponseRedirect(reverse("objection", args=[slug, made.id]))
    shown = {
        "round": round_,
        "entry": entry,
        "line": line,
        "value": _value(entry, line),
        "source": "" if line.waits else SOURCES.get(line.source, ""),
        "findings": _choosable(acting, entry, found),
        "chosen": request.POST.get("finding") or request.GET.get("finding", ""),
        "typed": request.POST.get("text", ""),
        "fault": fault,
        "shortest": domain.SHORTEST,
        "longest": domain.LONGEST,
    }
    return render(request, "review/object.html", shown, status=status)


@page(Verb.OBJECT)
@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an objection back."""
    acting = acting_of(request)
    objection = objection_of(acting, round_of(slug), number)
    back = reverse("objection", args=[slug, number])
    reason = request.POST.get("reason", "")
    return told.done(request, lambda: domain.withdraw(acting, objection, reason), _("已撤回异议。"), back)


def _value(entry: Entry, line: Preliminary) -> str:
    if line.waits:
        return str(WAITS)
    return "" if line.open else value_words(line.value, form_of(entry.system, entry.profile, line.check.id))


def _choosable(acting: Acting, entry: Entry, found: list[Finding]) -> list[Choosable]:
    may = acting.may(Verb.CHECK_OWN_SITE, round_=entry.round, key=entry.key)
    numbers = [one.id for one in found]
    sent = set(Remedy.objects.filter(finding__in=numbers).exclude(state__in=UNSENT).values_list("finding", flat=True))
    looks = last_looks(numbers)
    return [
        Choosable(one, words, looks.get(one.id), may and one.id not in sent)
        for one, words in zip(found, in_words(found, told_language()), strict=True)
    ]


@transaction.atomic
def _file(request: HttpRequest, entry: Entry, check: str, found: dict[int, Any]) -> Objection:
    acting = acting_of(request)
    given = request.POST.get("finding", "")
    finding = found.get(min(int(given), LARGEST)) if given.isascii() and given.isdigit() else None
    if given and finding is None:
        raise Unusable("这个问题已不在列表中；请刷新后重新选择 (the finding is there no more).")
    kept = [
        uploads.keep(
            acting,
            cast("BinaryIO", one.file),
            one.name or "",
            purpose=uploads.OBJECTION,
            round_=entry.round,
            entry=entry,
        )
        for one in request.FILES.getlist("files")
        if one.file is not None
    ]
    return domain.file(acting, entry, check, request.POST.get("text", ""), finding=finding, uploads=kept)
