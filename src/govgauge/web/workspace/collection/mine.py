"""My work: what I have to answer, by deadline and state, and how far I am."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.check_work import work_of
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, AssignmentState
from govgauge.office.queries import assignments as query
from govgauge.office.queries.assignments import Due, Sieve, Tally
from govgauge.web import exports, words
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, listed, one_of, text
from govgauge.web.templatetags.shown import Segment
from govgauge.web.workspace.collection.forms import percent

COLUMNS = (
    Column("check", gettext_lazy("评估要点")),
    Column("entry", gettext_lazy("评估对象")),
    Column("state", gettext_lazy("状态")),
    Column("due", gettext_lazy("期限")),
)
FILTERS = ("round", "state", "due", "q")
TO_DO = "to-do"
DUES = {Due.LATE: gettext_lazy("已过期"), Due.TODAY: gettext_lazy("今天到期"), Due.SOON: gettext_lazy("七天内到期")}


class Row(Struct, frozen=True):
    """An assignment as a row shows it; `when` is `late`, `today` or empty."""

    assignment: Assignment
    check: str
    when: str


@page(Verb.CODE)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """One's own assignments; with `format` all that pass as a file."""
    person = acting_of(request).person
    assert person is not None  # noqa: S101 - the page is for people
    today = timezone.localdate()
    rounds = query.rounds_of(person)
    sieve = Sieve(
        round=one_of(request, "round", [one.slug for one in rounds]),
        state=one_of(request, "state", [TO_DO, *AssignmentState.values]),
        due=one_of(request, "due", [*Due]),
        text=text(request, "q"),
    )
    sort = asked_sort(request, tuple(query.SORTS), "due" if sieve.state else "state")
    found = query.of(person, sieve, sort, today)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, "my-work", _heads(), _lines(query.with_answers(found).iterator(chunk_size=2000)))
    total = query.count(person, sieve, today)

    def rows(numbers: Sequence[int]) -> list[Row]:
        return [_row(one, today) for one in query.rows(person, numbers)]

    tally = query.tally(person, today, sieve.round)
    shown = {
        "rounds": rounds,
        "listing": listed(request, found, COLUMNS, sort=sort, filters=FILTERS, total=total, rows=rows),
        "sieve": sieve,
        "tally": tally,
        "segments": segments(tally),
        "first": query.first_to_do(person, rounds[0].id) if rounds else None,
        "states": [Choice(TO_DO, _("待完成")), *(Choice(one, words.ASSIGNMENT_STATES[one]) for one in AssignmentState)],
        "dues": [Choice(one, title) for one, title in DUES.items()],
    }
    template = "collection/mine_list.html" if getattr(request, "htmx", False) else "collection/mine.html"
    return render(request, template, shown)


def segments(tally: Tally) -> list[Segment]:
    """One's progress as a bar."""
    order = (
        (AssignmentState.ACCEPTED, tally.accepted),
        (AssignmentState.DECIDED, tally.decided),
        (AssignmentState.SUBMITTED, tally.submitted),
        (AssignmentState.RETURNED, tally.returned),
        (AssignmentState.DRAFT, tally.draft),
        (AssignmentState.OPEN, tally.open),
    )
    kinds = {AssignmentState.OPEN: "waiting"}
    return [Segment(kinds.get(state, state.value), str(words.ASSIGNMENT_STATES[state]), n) for state, n in order]


def _row(one: Assignment, today: date) -> Row:
    waiting = one.state in query.TO_DO
    when = "late" if waiting and one.due < today else "today" if waiting and one.due == today else ""
    return Row(one, check_text(one), when)


def check_text(one: Assignment) -> str:
    """The words of an assignment's check."""
    work = work_of(one.entry.system, one.entry.profile, one.check_id)
    return work.text if work else ""


def _heads() -> list[str]:
    return [
        *(_("评估要点"), _("内容"), _("评估对象"), _("上级"), _("网站"), _("状态"), _("期限")),
        *(_("取值（%）"), _("理由")),
    ]


def _lines(found: Iterator[Assignment]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        coding = getattr(one, "coding", None)
        value = "" if coding is None else _("不适用") if coding.not_applicable else percent(coding.value)
        yield (
            *(one.check_id, check_text(one), one.entry.name, one.entry.parent, one.entry.url),
            *(str(words.ASSIGNMENT_STATES[one.state]), one.due.isoformat(), value),
            coding.justification if coding else "",
        )
