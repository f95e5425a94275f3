"""How findings are put right: all together, by body, by kind, and how long it takes."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct
from msgspec.structs import replace

from govgauge.office.domain.permissions import Verb
from govgauge.office.queries import remedies as query
from govgauge.office.queries.remedy_statistics import Figures, Statistics, statistics
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import address, one_of
from govgauge.web.templatetags.shown import Segment
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.remedies import shared
from govgauge.web.workspace.remedies.region import figure_heads, figure_lines

BODIES_SHOWN = 100
CHART_HEIGHT, STEP, WIDTH = 160, 92, 64
"""Of the chart, in its own units."""


class Column(Struct, frozen=True):
    """A column of the chart: where it stands and how high it is."""

    title: str
    count: int
    x: int
    y: int
    height: int
    middle: int


class Row(Struct, frozen=True):
    """Figures with their bar."""

    figures: Figures
    bar: list[Segment]


@page(Verb.SEE_ENTRY)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The figures of what the reader may see; with `format` a table of them as a file."""
    round_, acting = round_of(slug), acting_of(request)
    told = statistics(query.visible(acting, round_), timezone.localdate())
    kinds = sorted((replace(one, name=shared.audit_title(one.name)) for one in told.audits), key=lambda one: -one.sent)
    bodies = sorted(told.bodies, key=lambda one: (-one.overdue, -one.open, one.name))
    kind = one_of(request, "format", exports.KINDS)
    if kind and one_of(request, "table", ["kinds"]):
        return exports.answer(kind, f"{slug}-remedy-kinds", figure_heads(_("检查")), figure_lines(kinds))
    if kind:
        return exports.answer(kind, f"{slug}-remedy-bodies", figure_heads(_("单位")), figure_lines(bodies))
    shown = {
        **shared.head(request, round_),
        "total": told.total,
        "total_bar": _bar(told.total),
        "kinds": [Row(one, _bar(one)) for one in kinds],
        "bodies": [Row(one, _bar(one)) for one in bodies[:BODIES_SHOWN]],
        "more_bodies": max(0, len(bodies) - BODIES_SHOWN),
        "chart": chart(told),
        "chart_width": STEP * len(told.spans),
        "exports": {
            table: {one: address(request, format=one, table=table) for one in ("xlsx", "csv")}
            for table in ("bodies", "kinds")
        },
    }
    return render(request, "remedies/statistics.html", shown)


def chart(told: Statistics) -> list[Column]:
    """The columns of the chart of days from notice to closing."""
    most = max((count for *_span, count in told.spans), default=0) or 1
    columns = []
    for place, (low, high, count) in enumerate(told.spans):
        height = round(CHART_HEIGHT * count / most)
        title = _("%(n)s 天以上") % {"n": low} if high is None else _("%(a)s–%(b)s 天") % {"a": low, "b": high}
        x = place * STEP + (STEP - WIDTH) // 2
        columns.append(Column(title, count, x, CHART_HEIGHT - height + 24, height, place * STEP + STEP // 2))
    return columns


def _bar(one: Figures) -> list[Segment]:
    return [
        Segment("done", _("已销号"), one.closed),
        Segment("distorted", _("说明成立"), one.excused),
        Segment("waiting", _("期限内未了结"), one.open - one.overdue),
        Segment("failed", _("逾期"), one.overdue),
    ]
