"""A group of a round: its ranking or its grades, with filters, order, pages, files, and the round before beside it."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import Struct

from govgauge.analysis import claims
from govgauge.analysis.groups import Group, Spread
from govgauge.analysis.shares import shown
from govgauge.office.models import PublishedGroup, PublishedSubject
from govgauge.office.queries import publications, published_lists
from govgauge.systems import library
from govgauge.web import exports
from govgauge.web.listing import Column, asked_sort, listed_numbers, one_of, text
from govgauge.web.portal.charts import histogram
from govgauge.web.portal.marks import of_publication
from govgauge.web.portal.reading import Reading
from govgauge.web.portal.words import STATES

FILTERS = ("q", "region", "grade")
NONE = "none"
"""Asks for no round beside this one."""


class Asked(Struct, frozen=True):
    """What the address asks for."""

    text: str
    region: str
    grade: str


class Before(Struct, frozen=True):
    """A subject in the round beside: its rank and its index, and how both changed."""

    rank: str
    grade: str
    index: float | None
    places: int | None
    change: float | None


class Row(Struct, frozen=True):
    """A subject as the list shows it; `tie`: how many share its rank; open: its index may still rise."""

    one: PublishedSubject
    tie: int
    is_open: bool
    before: Before | None


@of_publication
def show(request: HttpRequest, reading: Reading, group: int) -> HttpResponseBase:
    """The subjects of a group that an address asks for, as a page or as a file."""
    row = reading.group(group)
    told, counts = publications.group_of(row), published_lists.counts(row)
    asked = Asked(
        text(request, "q"),
        one_of(request, "region", [one.value for one in counts.regions]),
        one_of(request, "grade", [one.value for one in counts.grades]),
    )
    ranked, points = is_ranked(reading, row), tells_points(reading, row)
    tops = tops_of(told)
    headings = columns(tops, ranked=ranked, points=points)
    sort = asked_sort(request, [one.sort for one in headings if one.sort], "place")
    found = published_lists.sieved(row, region=asked.region, grade=asked.grade, text=asked.text, sort=sort)
    if kind := one_of(request, "format", exports.KINDS):
        named = f"{reading.round.slug}-{reading.publication.number}-{row.place + 1}"
        return exports.answer(
            kind,
            named,
            heads(tops, ranked=ranked, points=points),
            lines(found, len(tops), ranked=ranked, points=points),
        )
    others = publications.elsewhere(row)
    beside = _beside(request, reading, others)
    listing = listed_numbers(
        request,
        found,
        headings,
        sort=sort,
        filters=FILTERS,
        rows=lambda numbers: _rows(numbers, row, counts.ties, beside),
    )
    return render(
        request,
        "portal/group.html",
        {
            "reading": reading,
            "publication": reading.publication,
            "group": row,
            "groups": publications.groups(reading.publication),
            "numbers": told,
            "counts": counts,
            "asked": asked,
            "listing": listing,
            "tops": tops,
            "ranked": ranked,
            "points": points,
            "others": others,
            "beside": beside,
            "is_held_against": beside is not None and {beside.system, row.system} <= set(library.system_ids()),
            "columns": histogram(told) if told else (),
            "sentences": sentences(told),
        },
    )


def is_ranked(reading: Reading, group: PublishedGroup) -> bool:
    """Whether ranks are told; else subjects stand in the order of divisions and nothing sorts them by points."""
    return publications.about(reading.publication).ranked(group.system)


def tells_points(reading: Reading, group: PublishedGroup) -> bool:
    """Whether points and indexes of single subjects are told; else only their grades."""
    return publications.about(reading.publication).tells_points(group.system)


def tops_of(told: Group | None) -> list[Spread]:
    """The columns of the first level, in the order of the system."""
    return [each for each in told.spreads if each.node.level == 1 and not each.node.bonus] if told else []


def sentences(told: Group | None) -> list[str]:
    """What the numbers of a group say, each sentence with what it counts."""
    if told is None or told.subjects < 2:
        return []
    said = [
        claims.grades(told),
        claims.above_mean(told),
        claims.below_bound(told),
        claims.spread_of(told),
        claims.order_of_indicators(told, 1),
        claims.extremes(told, 2),
    ]
    return [claim.text for claim in said if claim]


def columns(tops: Sequence[Spread], *, ranked: bool, points: bool) -> list[Column]:
    """The headings of the list; narrow screens go without indexes."""
    if not points:
        return [Column("name", gettext_lazy("评估对象"))]
    made: list[tuple[str, str | Promise, bool, bool]] = []
    if ranked:
        made.append(("place", gettext_lazy("名次"), True, False))
    made += [
        ("name", gettext_lazy("评估对象"), False, False),
        ("" if not ranked else "place", gettext_lazy("得分"), True, False),
        ("index" if ranked else "", gettext_lazy("指数"), True, True),
        *((f"top{place}", each.node.name, True, True) for place, each in enumerate(tops)),
    ]
    return [Column(sort, title, number=number, wide=wide) for sort, title, number, wide in made]


def heads(tops: Sequence[Spread], *, ranked: bool, points: bool) -> list[str]:
    """The headings of the file."""
    names = [_("名次"), _("可能的最好名次"), _("可能的最差名次")] if ranked else []
    names += [_("评估对象"), _("所属"), _("地区"), _("等级")]
    names += [_("得分下限"), _("得分上限"), _("指数")] if points else []
    names.append(_("覆盖率"))
    for each in tops if points else ():
        names += [f"{each.node.name}{_('（低）')}", f"{each.node.name}{_('（高）')}"]
    return [*names, _("说明"), _("网址")]


def lines(found: Sequence[int], tops: int, *, ranked: bool, points: bool) -> Iterator[list[exports.Cell]]:
    """The rows of the file."""
    tops = tops if points else 0
    for one in published_lists.rows_in_parts(found):
        named: list[exports.Cell] = [one.rank, one.rank_best, one.rank_worst] if ranked else []
        pairs = [pair or (None, None) for pair in (*one.tops, *[None] * (tops - len(one.tops)))][:tops]
        told: list[exports.Cell] = [one.total_low, one.total_high, _cell(one.index)] if points else []
        yield [
            *named,
            one.name,
            one.parent,
            one.region,
            one.grade,
            *told,
            _cell(one.coverage),
            *(_cell(number) for pair in pairs for number in pair),
            note(one),
            one.url,
        ]


def note(one: PublishedSubject) -> str:
    """Why a subject has no place; empty where it has one."""
    if one.state != "judged":
        return str(STATES.get(one.state, one.state))
    return one.unranked


def _cell(number: float | None) -> str | None:
    return None if number is None else shown(number)


def _beside(request: HttpRequest, reading: Reading, others: Sequence[PublishedGroup]) -> PublishedGroup | None:
    """The group of the round that is shown beside: the one asked for, else that of the round before."""
    wanted = request.GET.get("with", "")
    if wanted == NONE:
        return None
    named = next((one for one in others if one.publication.round.slug == wanted), None)
    earlier = (one for one in others if one.publication.as_of < reading.publication.as_of)
    return named or next(earlier, None)


def _rows(
    numbers: Sequence[int], group: PublishedGroup, ties: dict[str, int], beside: PublishedGroup | None
) -> list[Row]:
    found = published_lists.rows(numbers)
    before = publications.of_subjects(beside, [one.subject_id for one in found]) if beside else {}
    for one in found:
        one.group = group
    return [
        Row(
            one,
            ties.get(one.rank, 0),
            published_lists.is_open(one),
            _before(one, before[one.subject_id]) if one.subject_id in before else None,
        )
        for one in found
    ]


def _before(now: PublishedSubject, then: PublishedSubject) -> Before:
    """What changed is told only where nothing is open, then and now."""
    sure = not (published_lists.is_open(now) or published_lists.is_open(then))
    fixed = now.rank_best == now.rank_worst and then.rank_best == then.rank_worst
    places = then.rank_number - now.rank_number if fixed and then.rank_number and now.rank_number else None
    changed = now.index - then.index if sure and now.index is not None and then.index is not None else None
    return Before(then.rank, then.grade, then.index, places, changed)
