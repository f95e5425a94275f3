"""A certificate before the office: what it says, what became of it, and ending it or issuing it again."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import awards, certificates
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Certificate, CertificateState
from govgauge.reports.certificates import layout
from govgauge.reports.certificates.signing import Signed
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST, round_of
from govgauge.web.workspace.certificates.listing import KINDS, STATES


@page(Verb.RUN_ROUND)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All of a certificate, and what can be done with it."""
    found = _certificate(slug, number)
    broken, statement = "", None
    try:
        statement = certificates.statement(found)
    except Unusable as error:
        broken = tongue(str(error))
    signed: Signed = certificates.signed(found)
    shown = {
        "round": found.round,
        "certificate": found,
        "statement": statement,
        "broken": broken,
        "steps": found.steps.select_related("by").order_by("id"),
        "kind": KINDS[found.kind],
        "state": STATES[found.state],
        "later": getattr(found, "replaced_by", None),
        "address": layout.address(statement, signed) if statement else "",
        "code": signed.code,
        "now": _now(found),
    }
    return render(request, "certificates/one.html", shown)


@page(Verb.RUN_ROUND)
@require_POST
def revoke(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End a certificate with a reason."""
    found, acting = _certificate(slug, number), acting_of(request)
    verb = partial(certificates.revoke, acting, found, request.POST.get("reason", ""))
    return told.done(request, verb, _("已撤销，核验的人会看到理由。"), _here(found))


@page(Verb.RUN_ROUND)
@require_POST
def reissue(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Issue it again in the words of today, under a new number."""
    found, acting = _certificate(slug, number), acting_of(request)
    verb = partial(_again, acting, found, request.POST.get("reason", ""))
    return told.done(request, verb, _("已换发，新证书有新的编号。"), _here(found))


def _again(acting: Acting, found: Certificate, reason: str) -> Certificate:
    return certificates.reissue(acting, found, awards.again(found), reason)


def _now(found: Certificate) -> awards.Award | None:
    """The award in its words of today where they differ; else None."""
    if found.state != CertificateState.VALID:
        return None
    try:
        award = awards.again(found)
    except Unusable:
        return None
    return None if certificates.says(found, award) else award


def _certificate(slug: str, number: int) -> Certificate:
    related = round_of(slug).certificates.select_related("round", "entry", "case", "key", "replaces", "replaced_by")
    found = related.filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404(_("没有这份证书，或不对您开放。"))
    return found


def _here(found: Certificate) -> str:
    return reverse("certificate", args=[found.round.slug, found.pk])
