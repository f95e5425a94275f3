"""The list of a round's entries, on the screen and as a file."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Entry, Result
from govgauge.office.queries import entries as query
from govgauge.office.queries.entries import EntrySieve, EntryState
from govgauge.web import exports, words
from govgauge.web.access import page
from govgauge.web.listing import Choice, Column, asked_sort, listed, one_of, text
from govgauge.web.workspace.asked import round_of

COLUMNS = (
    Column("name", gettext_lazy("评估对象")),
    Column("parent", gettext_lazy("上级"), wide=True),
    Column("group", gettext_lazy("分组"), wide=True),
    Column("state", gettext_lazy("状态")),
    Column("low", gettext_lazy("得分区间")),
    Column("findings", gettext_lazy("问题"), number=True),
    Column("pages", gettext_lazy("网页"), number=True, wide=True),
    Column("ended", gettext_lazy("完成时间"), wide=True),
)
FILTERS = ("group", "region", "state", "q")


class Row(Struct, frozen=True):
    """An entry as a row shows it."""

    entry: Entry
    state: EntryState
    result: Result | None


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Entries that pass the address's filters; with `format` all of them as a file."""
    round_ = round_of(slug)
    groups, regions = query.groups_of(round_), query.regions_of(round_)
    sieve = _sieve(request, groups, regions)
    sort = asked_sort(request, tuple(query.SORTS), "group")
    found = query.entries(round_, sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(
            kind, f"{slug}-entries", _heads(), _lines(query.with_results(found).iterator(chunk_size=2000))
        )
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=sort,
        filters=FILTERS,
        total=query.count(round_, sieve),
        rows=lambda numbers: [_row(entry) for entry in query.rows(round_, numbers)],
    )
    shown = {
        "round": round_,
        "listing": listing,
        "sieve": sieve,
        "groups": [Choice(name, name) for name in groups],
        "regions": [Choice(name, name) for name in regions],
        "states": [Choice(state, words.ENTRY_STATES[state]) for state in EntryState],
    }
    template = "workspace/entries_list.html" if getattr(request, "htmx", False) else "workspace/entries.html"
    return render(request, template, shown)


def _sieve(request: HttpRequest, groups: Sequence[str], regions: Sequence[str]) -> EntrySieve:
    state = one_of(request, "state", [*EntryState])
    return EntrySieve(
        group=one_of(request, "group", groups),
        region=one_of(request, "region", regions),
        state=EntryState(state) if state else None,
        text=text(request, "q"),
    )


def _row(entry: Entry) -> Row:
    result = getattr(entry, "result", None)
    return Row(entry, query.state_of(entry.url, getattr(entry, "job_state", None), result), result)


def _heads() -> list[str]:
    return [
        *(_("评估对象"), _("上级"), _("地区"), _("分组"), _("网站"), _("指标体系"), _("权重档"), _("状态"), _("原因")),
        *(_("得分下限"), _("得分上限"), _("已能判定的分值"), _("问题"), _("网页"), _("完成时间")),
    ]


def _lines(found: Iterator[Entry]) -> Iterator[Sequence[exports.Cell]]:
    for entry in found:
        row = _row(entry)
        result = row.result
        yield (
            *(entry.name, entry.parent, entry.region, entry.group, entry.url, entry.system, entry.profile),
            *(str(words.ENTRY_STATES[row.state]), getattr(entry, "job_reason", "") or ""),
            *((result.low, result.high, result.answered) if result and not result.distorted else (None, None, None)),
            *((result.findings, result.pages) if result else (None, None)),
            getattr(entry, "job_ended", None),
        )
