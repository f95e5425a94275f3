"""The list of a round's jobs, with failures by reason."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Job, JobState, Round
from govgauge.office.queries import jobs as query
from govgauge.office.queries.entries import groups_of
from govgauge.office.queries.jobs import JobSieve
from govgauge.office.queries.reasons import reason_class
from govgauge.web import exports, words
from govgauge.web.access import page
from govgauge.web.display import is_english
from govgauge.web.listing import Choice, Column, asked_sort, listed, one_of, text
from govgauge.web.workspace.asked import round_of

COLUMNS = (
    Column("name", gettext_lazy("评估对象")),
    Column("task", gettext_lazy("任务"), wide=True),
    Column("state", gettext_lazy("状态")),
    Column("attempts", gettext_lazy("次数"), number=True, wide=True),
    Column("", gettext_lazy("原因")),
    Column("worker", gettext_lazy("执行者"), wide=True),
    Column("started", gettext_lazy("开始"), wide=True),
    Column("ended", gettext_lazy("结束"), wide=True),
)
FILTERS = ("state", "lane", "group", "reason", "q")
REASONS_SHOWN = 12


class ReasonRow(Struct, frozen=True):
    """A class of reasons, how its reasons begin, and how many jobs failed for good or were put back."""

    words: str
    begins: str
    failed: int
    waiting: int


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Jobs that pass the address's filters; with `format` all of them as a file."""
    round_ = round_of(slug)
    groups, lanes = groups_of(round_), query.lanes_of(round_)
    state = one_of(request, "state", JobState.values)
    sieve = JobSieve(
        state=JobState(state) if state else None,
        lane=one_of(request, "lane", lanes),
        group=one_of(request, "group", groups),
        reason=text(request, "reason"),
        text=text(request, "q"),
    )
    sort = asked_sort(request, tuple(query.SORTS), "-ended")
    found = query.jobs(round_, sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-jobs", _heads(), _lines(found.iterator(chunk_size=2000)))
    listing = listed(
        request, found, COLUMNS, sort=sort, filters=FILTERS, total=query.count(round_, sieve), rows=query.rows
    )
    shown = {
        "round": round_,
        "listing": listing,
        "sieve": sieve,
        "groups": [Choice(name, name) for name in groups],
        "lanes": [Choice(name, words.LANES.get(name, name)) for name in lanes],
        "states": [Choice(state, words.JOB_STATES[state]) for state in JobState.values],
        "reasons": _reasons(round_),
    }
    template = "workspace/jobs_list.html" if getattr(request, "htmx", False) else "workspace/jobs.html"
    return render(request, template, shown)


def _reasons(round_: Round) -> list[ReasonRow]:
    """Classes of reasons, those of failed jobs first, most first."""
    rows: dict[str, ReasonRow] = {}
    for place, told in enumerate((query.failures(round_), query.setbacks(round_))):
        for reason, count in told:
            name = reason_class(reason, english=is_english())
            begins = reason_class(reason).split("…")[0].strip() or reason
            old = rows.get(name, ReasonRow(name, begins, 0, 0))
            failed, waiting = (old.failed + count, old.waiting) if place == 0 else (old.failed, old.waiting + count)
            rows[name] = ReasonRow(name, old.begins, failed, waiting)
    return sorted(rows.values(), key=lambda row: (-row.failed, -row.waiting, row.words))[:REASONS_SHOWN]


def _heads() -> list[str]:
    return [
        *(_("评估对象"), _("分组"), _("任务"), _("通道"), _("状态"), _("次数"), _("原因")),
        *(_("主机"), _("执行者"), _("开始"), _("结束")),
    ]


def _lines(found: Iterator[Job]) -> Iterator[Sequence[exports.Cell]]:
    for job in found:
        yield (
            *(job.entry.key, job.entry.group, words.task(job.task), str(words.LANES.get(job.lane, job.lane))),
            *(str(words.JOB_STATES[job.state]), job.attempts, job.reason, job.host, job.worker),
            *(job.started_at, job.ended_at),
        )
