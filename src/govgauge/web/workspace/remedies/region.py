"""What stands open in a supervisor's region: body by body, the latest first."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Reach, Verb
from govgauge.office.queries import remedies as query
from govgauge.office.queries.remedy_statistics import Figures, statistics
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import address, one_of
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.remedies import shared


@page(Verb.SEE_REGION)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The bodies with something open, the overdue ones first; with `format` all bodies as a file."""
    round_, acting, today = round_of(slug), acting_of(request), timezone.localdate()
    told = statistics(query.visible(acting, round_, Verb.SEE_REGION), today)
    ordered = sorted(told.bodies, key=lambda one: (-one.escalated, -one.overdue, -one.open, one.name))
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-region", figure_heads(_("单位")), figure_lines(ordered))
    shown = {
        **shared.head(request, round_),
        "total": told.total,
        "bodies": ordered,
        "regions": [scope for reach, scope in acting.reaches(Verb.SEE_REGION, round_) if reach is Reach.REGION],
        "exports": {one: address(request, format=one) for one in ("xlsx", "csv")},
    }
    return render(request, "remedies/region.html", shown)


def figure_heads(name: str) -> list[str]:
    """Headings of a table of figures as a file."""
    return [
        *(name, _("已通知"), _("未了结"), _("逾期"), _("已上报主管"), _("说明成立"), _("已销号"), _("按期销号")),
        *(_("整改天数（中位数）"), _("最早到期")),
    ]


def figure_lines(figures: Sequence[Figures]) -> Iterator[Sequence[exports.Cell]]:
    """A table of figures as a file."""
    for one in figures:
        days = "" if one.median_days is None else f"{one.median_days:g}"
        yield (
            *(one.name, one.sent, one.open, one.overdue, one.escalated, one.excused, one.closed, one.in_time),
            *(days, str(one.oldest_due or "")),
        )
