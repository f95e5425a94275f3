"""A round's page: where it is now."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseStopPolling
from msgspec import Struct

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Round, RoundState, StageKind
from govgauge.office.queries import overview
from govgauge.office.queries.groups import GroupStanding, by_group
from govgauge.office.queries.pace import Pace, Running, at_work, pace
from govgauge.office.queries.progress import Standing, standing
from govgauge.office.queries.reasons import classes
from govgauge.web.access import page
from govgauge.web.display import is_english
from govgauge.web.templatetags.shown import Segment
from govgauge.web.workspace.asked import round_of


class Card(Struct, frozen=True):
    """A round on the start page."""

    card: overview.RoundCard
    bar: list[Segment]


class GroupRow(Struct, frozen=True):
    """A group's row with its bar."""

    standing: GroupStanding
    bar: list[Segment]


class Stage(Struct, frozen=True):
    """A stage with its days, and whether it is over, now or still to come."""

    kind: str
    starts: date
    ends: date
    when: str


class Progress(Struct, frozen=True):
    """Everything that the live part of a round's page shows."""

    standing: Standing
    bar: list[Segment]
    pace: Pace
    running: tuple[Running, ...]
    reasons: dict[str, int]
    groups: list[GroupRow]
    is_live: bool


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A round: where it is now."""
    round_ = round_of(slug)
    shown = {"round": round_, "stages": stages(round_), **_progress(round_)}
    return render(request, "workspace/round.html", shown)


@page(Verb.SEE_ROUND)
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """The live part of a round's page; once nothing will change it is asked for no more."""
    round_ = round_of(slug)
    told = _progress(round_)
    answer = render(request, "workspace/progress.html", {"round": round_, **told})
    answer.headers["Cache-Control"] = "no-store"
    now = told["progress"]
    assert isinstance(now, Progress)  # noqa: S101 - tells mypy
    return answer if now.is_live else HttpResponseStopPolling(answer.content)


def stages(round_: Round) -> list[Stage]:
    """The stages of a round in their order, each over, now or still to come."""
    today = timezone.localdate()
    return [
        Stage(
            one.kind, one.starts, one.ends, "past" if one.ends < today else "now" if one.starts <= today else "future"
        )
        for one in sorted(round_.stages.all(), key=lambda one: (one.starts, list(StageKind).index(StageKind(one.kind))))
    ]


def _progress(round_: Round) -> dict[str, object]:
    now = timezone.now()
    where = standing(round_)
    groups = by_group(round_)
    told = Progress(
        standing=where,
        bar=bar(
            sum(one.assessed for one in groups),
            sum(one.unreachable for one in groups),
            sum(one.closed for one in groups),
            sum(one.distorted for one in groups),
            *(where.failed, where.running, where.ready),
        ),
        pace=pace(round_, where.ready + where.running, now),
        running=at_work(round_, now),
        reasons=classes(where.reasons, english=is_english()),
        groups=[GroupRow(one, _group_bar(one)) for one in groups],
        is_live=bool(where.running) or (bool(where.ready) and round_.state == RoundState.OPEN),
    )
    return {"progress": told, "now": now}


def _group_bar(one: GroupStanding) -> list[Segment]:
    return bar(one.assessed, one.unreachable, one.closed, one.distorted, one.failed, one.running, one.ready)


def bar(*counts: int) -> list[Segment]:
    """The bar of entries done, unreachable, closed, distorted, failed, running and waiting, in this order."""
    done, unreachable, closed, distorted, failed, running, waiting = counts
    return [
        Segment("done", _("完成"), done),
        Segment("unreachable", _("首页未打开"), unreachable),
        Segment("closed", _("已关闭或迁移"), closed),
        Segment("distorted", _("被拦截"), distorted),
        Segment("failed", _("失败"), failed),
        Segment("running", _("进行中"), running),
        Segment("waiting", _("等待"), waiting),
    ]
