"""The list of field tests, as one's own and as a round's: columns, filters, rows, files."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import Struct

from govgauge.office.models import FieldKind, FieldState, FieldTest
from govgauge.office.queries import field_tests as query
from govgauge.office.queries.field_tests import LATE, FieldSieve
from govgauge.web import exports, words
from govgauge.web.listing import Choice, Column, asked_sort, in_order, listed, one_of, text

COLUMNS = (
    Column("entry", gettext_lazy("单位")),
    Column("check", gettext_lazy("要点和话术")),
    Column("person", gettext_lazy("实测人"), wide=True),
    Column("", gettext_lazy("状态")),
    Column("day", gettext_lazy("发出"), wide=True),
    Column("due", gettext_lazy("到期")),
)
FILTERS = ("state", "kind", "q")


class Row(Struct, frozen=True):
    """A test as a row shows it; `when` is `late`, `today` or empty."""

    test: FieldTest
    when: str


def answered(
    request: HttpRequest, found: QuerySet[FieldTest], template: str, shown: dict[str, object]
) -> HttpResponseBase:
    """The page `field/TEMPLATE.html` with its list, the list alone for htmx, or the file that is asked for."""
    today = timezone.localdate()
    counts = query.counts(found, today)
    sieve = FieldSieve(
        state=one_of(request, "state", (LATE, *FieldState.values)),
        kind=one_of(request, "kind", FieldKind.values),
        text=text(request, "q"),
    )
    sort = asked_sort(request, tuple(query.SORTS), "due")
    passing = query.sieved(found, sieve, sort, today)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, "field-tests", _heads(), _lines(query.shown(passing).iterator(chunk_size=2000)))

    def rows(numbers: Sequence[int]) -> list[Row]:
        return [Row(one, when(one, today)) for one in in_order(query.shown(FieldTest.objects.all()), numbers)]

    listing = listed(request, passing, COLUMNS, sort=sort, filters=FILTERS, total=passing.count(), rows=rows)
    shown = {
        **shown,
        "listing": listing,
        "sieve": sieve,
        "counts": counts,
        "states": [Choice(LATE, _("已过期未答复")), *(Choice(one, words.FIELD_STATES[one]) for one in FieldState)],
        "kinds": [Choice(one, words.FIELD_KINDS[one]) for one in FieldKind],
    }
    return render(request, "field/list.html" if getattr(request, "htmx", False) else f"field/{template}.html", shown)


def when(test: FieldTest, today: date) -> str:
    """Whether an answer is late, or due today."""
    if test.state != FieldState.SENT or test.due is None:
        return ""
    return "late" if test.due < today else "today" if test.due == today else ""


def _heads() -> list[str]:
    return [
        *(_("年度评估"), _("单位"), _("要点"), _("种类"), _("话术"), _("内容"), _("渠道"), _("身份"), _("实测人")),
        *(_("状态"), _("发出"), _("到期"), _("取值")),
    ]


def _lines(found: Iterator[FieldTest]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        script = f"{one.script.name} v{one.script.version}"
        yield (
            *(one.round.title, one.entry.name, one.check_id, str(words.FIELD_KINDS[one.kind]), script, one.text),
            *(str(words.FIELD_CHANNELS[one.channel]), one.identity, one.person.name),
            *(str(words.FIELD_STATES[one.state]), one.day.isoformat(), one.due.isoformat() if one.due else None),
            one.value,
        )
