"""Answering in bulk: one check over many subjects, or one subject over many checks; pasted columns, and undo."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office import pasted_values
from govgauge.office.domain import coding_bulk, codings
from govgauge.office.domain.coding_bulk import Filled
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, Person, Round
from govgauge.office.queries import assignments, grids
from govgauge.office.queries.check_guides import guides_of
from govgauge.web import words
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.collection import grid_rows
from govgauge.web.workspace.collection.grid_rows import Row

DIGITS = 18
"""Of a number: longer ones are those of nothing, and no number for a database."""


class Grid(Struct, frozen=True):
    """A grid that was asked for: what it is about, and its assignments on this page."""

    round: Round
    title: str
    by_entry: bool
    address: str
    found: Sequence[Assignment]
    page: object
    steps: Sequence[int | str]


@page(Verb.CODE)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What can be answered in bulk."""
    person = _person(request)
    cuts = [
        {"round": one, "checks": grids.by_check(person, one), "entries": grids.by_entry(person, one)}
        for one in assignments.rounds_of(person)
    ]
    return render(request, "collection/grids.html", {"cuts": cuts})


@page(Verb.CODE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """A grid; pasted or filled in it is a preview, and only saving changes anything."""
    grid = _grid(request)
    guides = guides_of(grid.round)
    faults: tuple[str, ...] = ()
    rows = grid_rows.kept(grid.found, guides)
    if request.method == "POST":
        rows = grid_rows.typed(grid.found, guides, request.POST)
        if "paste" in request.POST:
            names = [row.work.check if grid.by_entry else row.assignment.entry.name for row in rows]
            read = pasted_values.read(request.POST.get("pasted", ""), names)
            rows, faults = grid_rows.pasted(rows, read), read.faults
        elif "fill-all" in request.POST:
            rows = grid_rows.filled(rows, request.POST)
        else:
            rows = _saved(request, grid, rows)
            if not any(row.fault for row in rows):
                return HttpResponseRedirect(grid.address)
    shown = {
        "grid": grid,
        "round": grid.round,
        "rows": rows,
        "changed": sum(row.changed for row in rows),
        "faults": faults,
        "confidences": words.CONFIDENCES.items(),
        "undoable": coding_bulk.last(acting_of(request), grid.round),
    }
    return render(request, "collection/grid.html", shown)


@page(Verb.CODE)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo the last change of many answers."""
    person = _person(request)
    change = person.bulk_changes.filter(id=number).select_related("round").first()
    if change is None:
        raise Http404(_("没有这次成批填写；请从“我的采集”选择。"))
    try:
        outcome = coding_bulk.undo(acting_of(request), change)
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
    else:
        messages.success(request, _("已撤销 %(n)s 行。") % {"n": outcome.changed})
        if outcome.refused:
            messages.warning(request, _("%(n)s 行此后改过或已提交，没有撤销。") % {"n": len(outcome.refused)})
    back = request.POST.get("back", "")
    return HttpResponseRedirect(back if back.startswith("/work/grid?") else reverse("coding-grids"))


def _saved(request: HttpRequest, grid: Grid, rows: list[Row]) -> list[Row]:
    """Save what was filled in, hand it in where that is asked for; the rows that were not taken say why."""
    acting = acting_of(request)
    wanted = [Filled(row.assignment.id, row.version, row.draft) for row in rows if row.changed and not row.fault]
    outcome = coding_bulk.fill(acting, grid.round, wanted, grid.title)
    refused = {number: tongue(said) for number, said in outcome.refused.items()}
    if outcome.changed:
        messages.success(request, _("已保存 %(n)s 行。") % {"n": outcome.changed})
    if "submit" in request.POST:
        handed_in = 0
        for one in grids.some(_person(request), grid.round, [row.assignment.id for row in rows]):
            coding = getattr(one, "coding", None)
            if coding is None or one.id in refused or codings.draft_of(coding) == codings.Draft():
                continue
            try:
                codings.submit(acting, one, coding.version)
                handed_in += 1
            except Unusable as fault:
                refused[one.id] = tongue(str(fault))
        messages.success(request, _("已提交 %(n)s 行。") % {"n": handed_in})
    return grid_rows.refused(rows, refused)


def _grid(request: HttpRequest) -> Grid:
    person = _person(request)
    asked = request.GET
    round_ = next((one for one in assignments.rounds_of(person) if one.slug == asked.get("round")), None)
    if round_ is None:
        raise _nothing()
    number = asked.get("entry", "")
    if number.isdecimal():
        entry = round_.entries.filter(id=int(number[:DIGITS]), assignments__person=person).first()
        if entry is None:
            raise _nothing()
        found, title = grids.of_entry(person, entry), entry.name
        query = f"round={round_.slug}&entry={entry.id}"
    else:
        system, _colon, check = asked.get("check", "").replace("\x00", "").partition(":")
        found = grids.of_check(person, round_, system, check)
        first = found.first()
        if first is None:
            raise _nothing()
        title = grid_rows.kept([first], {})[0].work.text
        query = f"round={round_.slug}&check={system}:{check}"
    paginator = Paginator(found, grids.MOST)
    shown = paginator.get_page(asked.get("page"))
    steps = list(paginator.get_elided_page_range(shown.number))
    address = f"{reverse('coding-grid')}?{query}" + (f"&page={shown.number}" if shown.number > 1 else "")
    rows = list(shown.object_list)
    return Grid(round_, title, number.isdecimal(), address, rows, shown, steps)


def _person(request: HttpRequest) -> Person:
    person = acting_of(request).person
    assert person is not None  # noqa: S101 - the page is for people
    return person


def _nothing() -> Http404:
    return Http404(_("这里没有您待填的任务，可能已全部提交或改派；请从“我的采集”选择。"))
