"""Two to four subjects of a group side by side: places, indexes of every indicator, and how they went by year."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from govgauge.analysis.groups import Group, Spread
from govgauge.office.models import PublishedGroup, PublishedSubject
from govgauge.office.published_rows import IndicatorFact, unpacked
from govgauge.office.queries import publications, published_lists
from govgauge.scoring.bulk import SAME
from govgauge.web.listing import text
from govgauge.web.portal.charts import hundredths
from govgauge.web.portal.groups import is_ranked, tells_points
from govgauge.web.portal.marks import of_publication
from govgauge.web.portal.reading import Reading

FEWEST, MOST = 2, 4
MOST_NAMED = 12
"""Subjects of an address that are looked up."""
OFFERED = 12
"""Subjects that a search by name offers."""
LONGEST_NUMBER = 12


class Cell(Struct, frozen=True):
    """An index, sure and possible, as a bar; `is_best` among those that stand side by side."""

    low: float | None
    high: float | None
    width: str
    is_best: bool


class Line(Struct, frozen=True):
    """An indicator with the indexes of all that are compared."""

    spread: Spread
    cells: tuple[Cell, ...]


class Year(Struct, frozen=True):
    """A round with the rows of all that are compared, None where one was not in it."""

    group: PublishedGroup
    rows: tuple[PublishedSubject | None, ...]


@of_publication
def show(request: HttpRequest, reading: Reading, group: int) -> HttpResponse:
    """The subjects whose numbers the address names; with a text, others of the group to put beside."""
    row = reading.group(group)
    named = list(dict.fromkeys(request.GET.getlist("s")))[:MOST_NAMED]
    wanted = list(dict.fromkeys(_numbers(named)))
    found = publications.whole(row, wanted)
    known = [number for number in wanted if number in found]
    chosen = [found[number] for number in known[:MOST]]
    numbers, points = publications.group_of(row), tells_points(reading, row)
    asked = text(request, "q")
    offered = published_lists.rows(published_lists.sieved(row, text=asked)[: OFFERED + MOST]) if asked else []
    return render(
        request,
        "portal/compare.html",
        {
            "reading": reading,
            "publication": reading.publication,
            "group": row,
            "chosen": chosen,
            "chosen_ids": [one.subject_id for one in chosen],
            "too_many": len(known) > MOST,
            "absent": len(named) - len(known),
            "graded": any(one.grade for one in chosen),
            "is_full": len(chosen) >= MOST,
            "few": len(chosen) < FEWEST,
            "lines": lines(numbers, chosen) if numbers and chosen and points else [],
            "points": points,
            "years": years(row, chosen) if chosen else [],
            "ranked": is_ranked(reading, row),
            "asked": asked,
            "offered": [one for one in offered if one.subject_id not in known][:OFFERED],
            "group_link": reading.address("portal-group", group=group),
        },
    )


def lines(numbers: Group, chosen: Sequence[PublishedSubject]) -> list[Line]:
    """The first level and the leaves, in the order of the system."""
    leaves = [{leaf.code: leaf for leaf in unpacked(one.body).indicators} for one in chosen]
    tops = [spread for spread in numbers.spreads if spread.node.level == 1 and not spread.node.bonus]
    made = []
    for spread in numbers.spreads:
        if spread.node.level == 1 and not spread.node.bonus:
            place = tops.index(spread)
            pairs = [one.tops[place] if place < len(one.tops) else None for one in chosen]
        elif spread.node.leaf:
            pairs = [_pair(spread, codes) for codes in leaves]
        else:
            continue
        made.append(Line(spread, cells(pairs)))
    return made


def cells(pairs: Sequence[Sequence[float] | None]) -> tuple[Cell, ...]:
    """Indexes side by side; the best is told where they differ, and no other can become better."""
    known = [pair for pair in pairs if pair]
    most, worst = max((pair[1] for pair in known), default=0.0), min((pair[0] for pair in known), default=0.0)
    return tuple(
        Cell(pair[0], pair[1], hundredths(pair[0]), most - worst > SAME and most - pair[0] <= SAME)
        if pair
        else Cell(None, None, "0", is_best=False)
        for pair in pairs
    )


def years(group: PublishedGroup, chosen: Sequence[PublishedSubject]) -> list[Year]:
    """This round and the others in which the group is, the newest first."""
    others = publications.elsewhere(group)
    rows = publications.in_groups([one.pk for one in others], [one.subject_id for one in chosen])
    here = Year(group, tuple(chosen))
    beside = [Year(one, tuple(rows.get((one.pk, each.subject_id)) for each in chosen)) for one in others]
    made = [here, *(year for year in beside if any(year.rows))]
    return sorted(made, key=lambda year: year.group.publication.as_of, reverse=True)


def _pair(spread: Spread, leaves: Mapping[str, IndicatorFact]) -> tuple[float, float] | None:
    """What is sure of a leaf's index, and what it may become."""
    leaf = leaves.get(spread.node.code)
    if leaf is None or not leaf.effective_weight:
        return None
    return leaf.low / leaf.effective_weight, leaf.high / leaf.effective_weight


def _numbers(texts: Sequence[str]) -> list[int]:
    return [int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) <= LONGEST_NUMBER]
