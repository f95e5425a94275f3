"""The certificates of those for whom somebody stands, to be kept as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govgauge.office.queries import certificates as query
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.certificates.listing import KINDS, STATES

MOST = 500


@page(None)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One's certificates, the last one first."""
    found = list(query.own(acting_of(request))[:MOST])
    rows = [(one, KINDS[one.kind], STATES[one.state]) for one in found]
    return render(request, "certificates/own.html", {"rows": rows})
