"""Searching for the subject or the region that a role stands for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Entry
from govgauge.office.queries.people import rounds_of
from govgauge.web.access import acting_of, page
from govgauge.web.listing import text

MOST = 20


@page(Verb.MANAGE_PEOPLE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Keys that hold the words of `scope`, as options."""
    found = Entry.objects.all()
    mine = rounds_of(acting_of(request), Verb.MANAGE_PEOPLE)
    if mine is not None:
        found = found.filter(round__in=mine)
    if (round_ := text(request, "round")).isdecimal():
        found = found.filter(round=int(round_[:9]))
    words = text(request, "scope").split()
    for word in words:
        found = found.filter(key__icontains=word)
    keys = sorted(set(found.values_list("key", flat=True)[: MOST * 5]), key=lambda key: (len(key), key))[:MOST]
    return render(request, "people/scopes.html", {"keys": keys if words else []})
