"""The case library for everybody: a list with search, filters and files, and a page for each case."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required as public
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.case_library import library
from govgauge.case_library.case_json import HEADINGS, case_json, rows
from govgauge.case_library.model import Case
from govgauge.case_library.searching import search
from govgauge.office.queries.chosen_cases import chosen_cases
from govgauge.web import exports
from govgauge.web.case_library.asked import asked
from govgauge.web.case_library.choices import choices
from govgauge.web.case_library.measuring import shown, systems_of
from govgauge.web.case_library.words import GROUPS, KINDS, LOOSER
from govgauge.web.display import is_english
from govgauge.web.listing import address, one_of

PAGE_CASES = 30
MOST_ALIKE = 6
"""Cases of the same category that a case's page names."""
FILES = (*exports.KINDS, "json")
JSON_LOOK = {"ensure_ascii": False}


@public
@require_safe
def show_list(request: HttpRequest) -> HttpResponseBase:
    """The cases that the address asks for, as a page or as a file."""
    own = chosen_cases()
    cases = (*own, *library.cases())
    wanted = asked(request, cases)
    found = search(wanted.text, wanted.sieve, own)
    kind = one_of(request, "format", FILES)
    if kind == "json":
        return JsonResponse([case_json(case) for case in found.cases], safe=False, json_dumps_params=JSON_LOOK)
    if kind:
        return exports.answer(kind, "case-library", HEADINGS, rows(found.cases))
    paginator = Paginator(found.cases, PAGE_CASES)
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "case_library/list.html",
        {
            "asked": wanted,
            "choices": choices(cases),
            "rows": [_row(case) for case in page.object_list],
            "page": page,
            "steps": list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
            "total": len(found.cases),
            "all": len(cases),
            "looser": LOOSER.get(found.way) if found.way else None,
            "exports": {one: address(request, page=None, format=one) for one in FILES},
        },
    )


@public
@require_safe
def show_case(request: HttpRequest, case: str) -> HttpResponse:
    """A case: owner, category, source, what it can do and what measures that. One of this office has another page."""
    own = chosen_cases()
    if here := next((each for each in own if each.id == case), None):
        return HttpResponseRedirect(here.address)
    try:
        one = library.case(case)
    except library.UnknownCase:
        raise Http404(_("案例库里没有编号为“%(id)s”的案例；请从案例库的名单中选择。") % {"id": case}) from None
    if request.GET.get("format") == "json":
        return JsonResponse(case_json(one, whole=True), json_dumps_params=JSON_LOOK)
    told = library.description(one.id)
    defects = [(defect.place, defect.en if is_english() else defect.text) for defect in library.defects_of(one)]
    return render(
        request,
        "case_library/case.html",
        {
            **_row(one),
            "source": library.source_of(one),
            "told": told,
            "capabilities": [shown(each, english=is_english()) for each in told.capabilities] if told else [],
            "systems": systems_of(told.capabilities) if told else (),
            "defects": defects,
            "of_owner": [_row(other) for other in _of_owner(one, own)],
            "alike": [_row(other) for other in _alike(one)],
        },
    )


def _row(case: Case) -> dict[str, object]:
    told = library.description(case.id)
    return {
        "case": case,
        "address": case.address or reverse("case-library-case", args=[case.id]),
        "kind": KINDS[case.kind],
        "group": GROUPS[case.group],
        "capabilities_told": len(told.capabilities) if told else 0,
    }


def _of_owner(case: Case, own: Sequence[Case]) -> Sequence[Case]:
    """The other cases of the same body, under whichever name it was listed."""
    every = (*own, *library.cases())
    if case.subject:
        return [other for other in every if other.subject == case.subject and other.id != case.id]
    return [other for other in every if other.owner == case.owner and other.id != case.id]


def _alike(case: Case) -> Sequence[Case]:
    """Cases of other bodies that share most categories with this one; the described ones first."""
    shared = {
        other.id: len(set(other.categories) & set(case.categories))
        for other in library.cases()
        if other.subject != case.subject or not case.subject
    }
    others = [other for other in library.cases() if shared.get(other.id) and other.id != case.id]
    others.sort(key=lambda other: (other.id not in library.described_ids(), -shared[other.id]))
    return others[:MOST_ALIKE]
