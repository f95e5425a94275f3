"""The provinces as tiles: mean index or share of grades of a group, with a table beside that tells the same."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.office.models import PublishedGroup
from govgauge.office.queries import publications, published_lists
from govgauge.office.queries.published_lists import RegionFacts
from govgauge.subjects.tiles import Tile, tiles
from govgauge.web.listing import one_of
from govgauge.web.portal.charts import shades, step_of, written
from govgauge.web.portal.groups import is_ranked, tells_points
from govgauge.web.portal.marks import of_publication
from govgauge.web.portal.reading import Reading

MEAN = "mean"


class Place(Struct, frozen=True):
    """A region: what is shown of it, the shade, and the list of its subjects. `tile` says where it stands."""

    name: str
    short: str
    tile: Tile | None
    facts: RegionFacts | None
    number: float | None
    text: str
    step: int | None
    link: str


@of_publication
def show(request: HttpRequest, reading: Reading) -> HttpResponse:
    """The group and the measure that the address asks for."""
    groups = [one for one in publications.groups(reading.publication) if published_lists.counts(one).regions]
    if not groups:
        raise Http404(_("这次评估的对象没有地区，没有各地一览；请看分组结果。"))
    largest = max(groups, key=lambda one: (tells_points(reading, one), len(published_lists.counts(one).regions)))
    group = next((one for one in groups if str(one.place + 1) == request.GET.get("group")), largest)
    numbers = publications.group_of(group)
    grades = [name for name, share in numbers.grades if share.numerator] if numbers else []
    points = tells_points(reading, group)
    offered = [MEAN, *grades] if points else grades
    shown = one_of(request, "show", offered) or next(iter(offered), "")
    found = places(reading, group, shown, grades)
    on_map = [one for one in found if one.tile]
    told = [one.number for one in found if one.number is not None]
    return render(
        request,
        "portal/map.html",
        {
            "reading": reading,
            "publication": reading.publication,
            "groups": groups,
            "group": group,
            "grades": grades,
            "shown": shown,
            "points": points,
            "places": on_map,
            "rows": _ordered([one for one in found if one.facts], ranked=is_ranked(reading, group)),
            "untold": any(one.facts and one.number is None for one in on_map),
            "shades": shades(told, percent=shown != MEAN),
        },
    )


def places(reading: Reading, group: PublishedGroup, shown: str, grades: Sequence[str]) -> list[Place]:
    """All provinces of the map, from north to south, then regions that are none of them."""
    facts = {one.region: one for one in published_lists.regions(group)}
    numbers = {name: number for name, one in facts.items() if (number := _number(one, shown, grades)) is not None}
    known = tiles()
    named = [(tile.name, tile.short, tile) for tile in known]
    others = [(name, name, None) for name in facts if name not in {tile.name for tile in known}]
    link = reading.address("portal-group", group=group.place + 1)
    made = []
    for name, short, tile in (*named, *others):
        number = numbers.get(name)
        made.append(
            Place(
                name,
                short,
                tile,
                facts.get(name),
                number,
                "—" if number is None else written(number, percent=shown != MEAN),
                None if number is None else step_of(number, list(numbers.values())),
                f"{link}?{urlencode({'region': name})}" if name in facts else "",
            )
        )
    return made


def _ordered(rows: list[Place], *, ranked: bool) -> list[Place]:
    """From the highest number; where no ranks are told, in the order of divisions."""
    if ranked:
        return sorted(rows, key=lambda one: (one.number is None, -(one.number or 0)))
    return sorted(
        rows, key=lambda one: (one.tile is None or not one.tile.code, one.tile.code if one.tile else one.name)
    )


def _number(facts: RegionFacts, shown: str, grades: Sequence[str]) -> float | None:
    """The mean index, or the share that reached a grade or a better one; None where nothing is known."""
    if shown == MEAN or not shown:
        return facts.mean
    graded = sum(facts.grades.values())
    reached = grades[: grades.index(shown) + 1]
    return sum(facts.grades.get(grade, 0) for grade in reached) / graded if graded else None
