"""The first page of the portal, the list of rounds, and the page of one."""

from collections.abc import Sequence

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.analysis import claims
from govgauge.analysis.groups import Group
from govgauge.case_library import library
from govgauge.office.domain import publications as publishing
from govgauge.office.models import PublishedDocument, PublishedGroup
from govgauge.office.queries import publications, published_lists
from govgauge.reports.about import About, ChosenCase
from govgauge.systems import library as systems
from govgauge.web.open_data.files import address_of
from govgauge.web.portal.feed import announcements
from govgauge.web.portal.marks import of_publication, open_page
from govgauge.web.portal.reading import Reading
from govgauge.web.portal.words import ORDERS, TIES
from govgauge.web.templatetags.portal import segments
from govgauge.web.templatetags.shown import Segment

LARGEST = 2**62
NEWEST = 6
"""Announcements on the first page."""
MOST_SENTENCES = 8
CONTENT_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


class Report(Struct, frozen=True):
    """A report with its address."""

    file: PublishedDocument
    address: str


class Chosen(Struct, frozen=True):
    """A chosen case, with the lasting number of its body where the publication tells of it."""

    case: ChosenCase
    subject: int | None


class Listed(Struct, frozen=True):
    """A group of a round with its numbers, None where nobody was judged, and the title of its system."""

    row: PublishedGroup
    numbers: Group | None
    system: str = ""


@open_page
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and what was published last."""
    newest = publications.public().first()
    groups = publications.groups(newest) if newest else []
    return render(
        request,
        "portal/home.html",
        {
            "newest": newest,
            "reading": Reading(newest) if newest else None,
            "groups": groups,
            "has_regions": any(published_lists.counts(one).regions for one in groups),
            "announcements": announcements()[:NEWEST],
            "cases": len(library.cases()),
            "systems": len(systems.system_ids()),
            "years": len(systems_years()),
        },
    )


@open_page
def show_list(request: HttpRequest) -> HttpResponse:
    """All rounds of which something is or was public."""
    readings = [Reading(one) for one in publications.public()]
    return render(request, "portal/rounds.html", {"readings": readings, "withdrawn": publications.withdrawn()})


@of_publication
def show(request: HttpRequest, reading: Reading) -> HttpResponse:
    """A round: its groups, what stands out, documents, versions, cases, method."""
    told = publications.about(reading.publication)
    listed = [
        Listed(one, publications.group_of(one), told.systems[one.system].title)
        for one in publications.groups(reading.publication)
    ]
    return render(
        request,
        "portal/round.html",
        {
            "reading": reading,
            "publication": reading.publication,
            "about": told,
            "listed": listed,
            "cases": _cases(reading, told),
            "judged": sum(one.row.judged for one in listed),
            "has_grades": any(one.numbers and one.numbers.grades for one in listed),
            "scales": scales(listed),
            "sentences": highlights(listed),
            "documents": _documents(reading),
            "versions": publications.versions(reading.publication),
            "policies": policies(told),
            "has_regions": any(published_lists.counts(one.row).regions for one in listed),
        },
    )


@of_publication
def document(request: HttpRequest, reading: Reading, file: int) -> HttpResponseBase:  # noqa: ARG001
    """A report by its number: what is public leads to its one address, a preview is sent to those who may see it."""
    found = publications.all_documents(reading.publication).filter(pk=min(file, LARGEST)).first()
    if found is not None and not reading.is_preview:
        newest = any(one.pk == found.pk for one in publications.documents(reading.publication))
        number = str(reading.publication.number)
        exact = reverse("open-data-document", args=[reading.round.slug, number, found.pk])
        return redirect(address_of(reading.publication, found) if newest else exact)
    path = publishing.home() / reading.publication.folder / found.file if found else None
    if found is None or path is None or not path.is_file():
        raise Http404(_("没有这份文件；请从该评估的页面下载。"))
    kind = CONTENT_TYPES.get(found.form, "application/octet-stream")
    name = f"{found.title}.{found.form}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)


def scales(listed: Sequence[Listed]) -> list[list[Segment]]:
    """The grades that bars of a round show, once for each scale."""
    found = {tuple(name for name, _share in one.numbers.grades): one.numbers.grades for one in listed if one.numbers}
    return [segments(grades) for names, grades in found.items() if names]


def highlights(listed: Sequence[Listed]) -> list[tuple[PublishedGroup, str]]:
    """What stands out, for the largest groups: each sentence rests on the numbers of all subjects of its group."""
    found = []
    for one in sorted(listed, key=lambda each: -each.row.judged):
        if one.numbers is None or one.row.judged < 2:
            continue
        said = (claims.grades(one.numbers) or claims.above_mean(one.numbers), claims.extremes(one.numbers, 1))
        found += [(one.row, claim.text) for claim in said if claim]
    return found[:MOST_SENTENCES]


def _documents(reading: Reading) -> list[Report]:
    return [
        Report(
            one,
            reading.address("portal-document", file=one.pk)
            if reading.is_preview
            else address_of(reading.publication, one),
        )
        for one in publications.documents(reading.publication)
    ]


def _cases(reading: Reading, told: About) -> list[Chosen]:
    if not told.cases:
        return []
    numbers = publications.numbers_of(reading.publication, [case.subject for case in told.cases if case.subject])
    return [Chosen(case, numbers.get(case.subject)) for case in told.cases]


def policies(told: About) -> list[tuple[str, list[str]]]:
    """How places come about: each policy with the titles of the systems that it holds for."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for name, ranking in told.rankings.items():
        key = (ranking.ties.value, ranking.order_in_grade.value, bool(ranking.grades))
        found.setdefault(key, []).append(told.systems[name].title)
    return [
        (str(ORDERS[order]) if graded and order == "division" else str(TIES[ties]), titles)
        for (ties, order, graded), titles in found.items()
    ]


def systems_years() -> set[str]:
    """The years of which indicator systems are known: their ids begin with them, so that no file need be read."""
    return {name.partition("-")[0] for name in systems.system_ids()}
