"""The accepted answers of a round, and one of them with its whole history."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.office.domain import answers as domain
from govgauge.office.domain import reopening
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Answer, AnswerSource, AnswerStep
from govgauge.office.queries import answer_lists as query
from govgauge.office.queries import blindness
from govgauge.office.queries.answer_lists import AnswerSieve
from govgauge.office.queries.check_texts import CheckText, check_text, form_of
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, in_order, listed, one_of, text
from govgauge.web.workspace.asked import entry_of, number_of, round_of
from govgauge.web.workspace.review.asked import answer_of
from govgauge.web.workspace.review.words import SOURCES, value_words

COLUMNS = (
    Column("", gettext_lazy("评估要点")),
    Column("", gettext_lazy("评估对象")),
    Column("", gettext_lazy("答案")),
    Column("", gettext_lazy("来源")),
    Column("id", gettext_lazy("采用时间"), wide=True),
)
FILTERS = ("indicator", "source", "q")


class Row(Struct, frozen=True):
    """An answer as a row shows it."""

    one: Answer
    check: CheckText
    value: str
    source: str


class Step(Struct, frozen=True):
    """A step of an answer's history."""

    one: AnswerStep
    value: str
    source: str


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answers that pass the address's filters, the latest first; with `format` all of them as a file."""
    round_ = round_of(slug)
    indicators = query.indicators_of(round_)
    sieve = AnswerSieve(
        indicator=one_of(request, "indicator", [one.value for one in indicators]),
        source=one_of(request, "source", AnswerSource.values),
        text=text(request, "q"),
    )
    sort = asked_sort(request, ("id",), "-id")
    found = query.answers(round_, sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        rows = found.select_related("entry").iterator(chunk_size=2000)
        return exports.answer(kind, f"{slug}-answers", _heads(), _lines(rows))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=sort,
        filters=FILTERS,
        total=query.count(round_, sieve),
        rows=lambda numbers: [_row(one) for one in in_order(Answer.objects.select_related("entry"), numbers)],
    )
    shown = {
        "round": round_,
        "listing": listing,
        "sieve": sieve,
        "indicators": indicators,
        "sources": [Choice(one, SOURCES[one]) for one in AnswerSource],
    }
    template = "review/answers_list.html" if getattr(request, "htmx", False) else "review/answers.html"
    return render(request, template, shown)


@page(Verb.SEE_ROUND)
@require_safe
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An answer: what holds, and how it came to that."""
    round_ = round_of(slug)
    answer = answer_of(round_, number)
    acting = acting_of(request)
    if blindness.is_answer_hidden(acting.person, answer):
        raise PermissionDenied(_("这一项要由您重新采集，提交之前不能看此前的答案。"))
    form = form_of(answer.entry.system, answer.entry.profile, answer.check_id)
    steps = answer.steps.select_related("by", "objection").order_by("-number")
    shown = {
        "round": round_,
        "row": _row(answer),
        "answer": answer,
        "entry": answer.entry,
        "steps": [Step(step, value_words(step.value, form), str(SOURCES[step.source])) for step in steps],
        "work": query.codings_behind(answer),
        "may_reopen": reopening.may_be_reopened(answer) and acting.may(Verb.REOPEN_ANSWER, round_=round_),
    }
    return render(request, "review/answer.html", shown)


@page(Verb.REOPEN_ANSWER)
@require_POST
def reopen(request: HttpRequest, slug: str, number: int) -> HttpResponseRedirect:
    """Take an answer out, so that its check is answered again."""
    answer = answer_of(round_of(slug), number)
    acting, reason = acting_of(request), request.POST.get("reason", "").replace("\x00", "")
    return told.done(
        request,
        lambda: reopening.reopen(acting, answer, number_of(request, "seen"), reason),
        _("已重新打开：答案不再计入，等待重新采集。"),
        reverse("answer", args=[slug, number]),
    )


@page(Verb.REVIEW)
@require_POST
def confirm(request: HttpRequest, slug: str, number: int) -> HttpResponseRedirect:
    """Let what the program proposes of an assisted check be its answer."""
    acting = acting_of(request)
    entry = entry_of(acting, Verb.REVIEW, round_of(slug), number)
    check = request.POST.get("check", "")[:40]
    back = reverse("entry-answers", args=[slug, number]) + f"#check-{check}"
    return told.done(
        request, lambda: domain.confirm(acting, entry, check), _("已确认程序的判断，作为本要点的答案。"), back
    )


def _row(one: Answer) -> Row:
    form = form_of(one.entry.system, one.entry.profile, one.check_id)
    check = check_text(one.entry.system, one.check_id)
    return Row(one, check, value_words(one.value, form), str(SOURCES[one.source]))


def _heads() -> list[str]:
    return [
        *(_("评估对象"), _("分组"), _("指标"), _("评估要点"), _("内容"), _("答案"), _("取值"), _("把握")),
        *(_("来源"), _("理由"), _("第几版"), _("采用时间")),
    ]


def _lines(found: Iterator[Answer]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        row = _row(one)
        yield (
            *(one.entry.key, one.entry.group, one.indicator, one.check_id, row.check.text, row.value, one.value),
            *(one.confidence, row.source, one.reason, one.version, one.at),
        )
