"""The site map for readers: everything that the portal has, on one page."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from govgauge.case_library import library as cases
from govgauge.office.models import PublishedGroup, PublishedSubject
from govgauge.office.queries import publications
from govgauge.systems import library as systems
from govgauge.systems.model import System
from govgauge.web.portal.marks import open_page
from govgauge.web.portal.reading import Reading

ROUNDS = 40
"""So many rounds stand here with their groups; the list of rounds has all of them."""


class Listed(Struct, frozen=True):
    """A round with its groups; only where bodies lie in regions is there a map."""

    reading: Reading
    groups: tuple[PublishedGroup, ...]
    has_regions: bool


@open_page
def show(request: HttpRequest) -> HttpResponse:
    """Rounds with their groups, systems by year, cases by year, open data, and what the portal says of itself."""
    years: dict[int, list[System]] = {}
    for name in systems.system_ids():
        found = systems.system(name)
        years.setdefault(found.year, []).append(found)
    return render(
        request,
        "portal/site_map.html",
        {
            "listed": list(_rounds()),
            "years": sorted(years.items(), reverse=True),
            "case_years": sorted({one.year for one in cases.cases()}, reverse=True),
        },
    )


def _rounds() -> Iterator[Listed]:
    placed = PublishedSubject.objects.filter(publication=OuterRef("pk")).exclude(region="")
    public = list(publications.public().annotate(has_regions=Exists(placed))[:ROUNDS])
    groups: dict[int, list[PublishedGroup]] = {one.pk: [] for one in public}
    for group in PublishedGroup.objects.filter(publication__in=public).defer("facts").order_by("place"):
        groups[group.publication_id].append(group)
    for one in public:
        yield Listed(Reading(one), tuple(groups[one.pk]), one.has_regions)
