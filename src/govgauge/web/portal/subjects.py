"""A body over the years: its places, its indexes against its group, what changed, and what was found."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from govgauge.case_library import library
from govgauge.case_library.model import Case
from govgauge.office.models import PublicSubject, PublishedSubject
from govgauge.office.queries import publications, published_lists
from govgauge.subjects.keys import name_in, parent_in
from govgauge.web.listing import text
from govgauge.web.portal import subject_facts
from govgauge.web.portal.groups import is_ranked, tells_points
from govgauge.web.portal.marks import open_page
from govgauge.web.portal.reading import Reading, named

PAGE = 60
LARGEST = 2**62


@open_page
def show_list(request: HttpRequest) -> HttpResponse:
    """The bodies of which something was published, by a text."""
    asked = text(request, "q")
    paginator = Paginator(published_lists.bodies(asked, publications.stamp()), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    steps = list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return render(
        request,
        "portal/subjects.html",
        {"asked": asked, "page": page, "found": published_lists.bodies_of(list(page.object_list)), "steps": steps},
    )


@open_page
def show(request: HttpRequest, subject: int) -> HttpResponse:
    """A body; `of` names the publication that is shown in full, `in` its group."""
    body = PublicSubject.objects.filter(pk=subject).first() if subject < LARGEST else None
    places = publications.of_subject(subject) if body else []
    reading, rows = _asked(request, subject, places)
    if body is None or reading is None or not rows:
        raise Http404(_("没有这个评估对象，或它的结果没有公布；请从评估对象中查找。"))
    row = next((one for one in rows if str(one.group.place + 1) == request.GET.get("in")), rows[0])
    ranked = is_ranked(reading, row.group)
    told = subject_facts.told(row, places)
    return render(
        request,
        "portal/subject.html",
        {
            "reading": reading,
            "publication": reading.publication,
            "body": body,
            "former": _former(body),
            "row": row,
            "ranked": ranked,
            "points": tells_points(reading, row.group),
            "graded": bool(published_lists.counts(row.group).grades),
            "is_open": published_lists.is_open(row),
            "tie": published_lists.counts(row.group).ties.get(row.rank, 0),
            "places": _tabs(reading, rows, places),
            "told": told,
            "years": subject_facts.years(row, places),
            "cases": _cases(body),
            "certificates": publications.certificates([body.key, *body.former]),
            "shows": reading.publication.shows,
            "neighbours": subject_facts.neighbours(row) if ranked else [],
            "own_path": request.path if places and row.pk == places[0].pk else "",
        },
    )


def _asked(
    request: HttpRequest, subject: int, places: Sequence[PublishedSubject]
) -> tuple[Reading | None, list[PublishedSubject]]:
    """The publication of the address, else the newest one, and the rows of the body in it."""
    wanted = request.GET.get("of", "")
    if wanted:
        found = named(request, wanted)
        return found, publications.in_publication(found.publication, subject)
    if not places:
        return None, []
    newest = places[0].publication
    return Reading(newest), [one for one in places if one.publication_id == newest.pk]


def _tabs(
    reading: Reading, rows: Sequence[PublishedSubject], places: Sequence[PublishedSubject]
) -> list[tuple[PublishedSubject, str]]:
    """All places of a body with the names of their publications; those of a version that is asked for come first."""
    asked = [] if reading.number is None else [(one, reading.named) for one in rows]
    return [*asked, *((one, one.publication.round.slug) for one in places)]


def _former(body: PublicSubject) -> list[str]:
    """What it was called before; with all above it where that was another body then."""
    same = parent_in(body.key)
    return list(dict.fromkeys(name_in(key) if parent_in(key) == same else key for key in body.former))


def _cases(body: PublicSubject) -> list[Case]:
    """Its cases in the library, under whichever name it was listed."""
    keys = {body.key, *body.former}
    return [case for case in library.cases() if case.subject in keys]
