"""The adjudicator's pages: disputes, and one of them with both answers side by side, without names."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.check_work import told, work_of
from govgauge.office.domain import adjudicating
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Dispute, Round
from govgauge.office.queries import review_work as query
from govgauge.office.queries.check_guides import guides_of
from govgauge.office.queries.check_texts import CheckText, check_text, form_of
from govgauge.office.queries.review_work import DisputeSieve
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, listed, one_of, text
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.review.asked import dispute_of
from govgauge.web.workspace.review.forms import AdjudicationForm, said
from govgauge.web.workspace.review.sides import in_turn, sides
from govgauge.web.workspace.review.words import value_words

COLUMNS = (
    Column("check", gettext_lazy("评估要点")),
    Column("entry", gettext_lazy("评估对象")),
    Column("", gettext_lazy("两个答案")),
    Column("opened", gettext_lazy("出现分歧"), wide=True),
)
FILTERS = ("decided", "indicator", "q")
DECIDED = "1"


class Row(Struct, frozen=True):
    """A dispute as a row shows it."""

    one: Dispute
    check: CheckText
    first: str
    second: str
    decision: str


@page(Verb.ADJUDICATE)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The disputes that wait, or those decided; with `format` all of them as a file."""
    round_ = round_of(slug)
    indicators = query.indicators_of_disputes(round_)
    sieve = DisputeSieve(
        decided=one_of(request, "decided", [DECIDED]) == DECIDED,
        indicator=one_of(request, "indicator", indicators),
        text=text(request, "q"),
    )
    sort = asked_sort(request, tuple(query.DISPUTE_SORTS), "opened")
    found = query.disputes(round_, sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        related = ("entry", "first", "second", "adjudication__by")
        rows = map(_row, found.select_related(*related).iterator(chunk_size=500))
        return exports.answer(kind, f"{slug}-disputes", _heads(), map(_line, rows))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=sort,
        filters=FILTERS,
        total=found.count(),
        rows=lambda numbers: _rows(round_, numbers),
    )
    shown = {
        "round": round_,
        "listing": listing,
        "sieve": sieve,
        "indicators": [Choice(name, name) for name in indicators],
    }
    template = "review/disputes_list.html" if getattr(request, "htmx", False) else "review/disputes.html"
    return render(request, template, shown)


@page(Verb.ADJUDICATE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Both answers beside each other, and the decision."""
    round_ = round_of(slug)
    dispute = dispute_of(round_, number)
    acting = acting_of(request)
    if acting.person is not None and acting.person.id in adjudicating.coders(dispute):
        raise PermissionDenied(_("这一项是您采集过的，请由别人裁定。"))
    entry = dispute.entry
    form = AdjudicationForm(form_of(entry.system, entry.profile, dispute.check_id), request.POST or None)
    fault = ""
    if request.method == "POST":
        if form.is_valid():
            try:
                adjudicating.decide(acting, dispute, form.value(), form.cleaned_data["reason"])
            except Unusable as error:
                fault = tongue(str(error))
                dispute = dispute_of(round_, number)
            else:
                messages.success(request, _("已裁定，答案已采用。"))
                left = query.disputes(round_, DisputeSieve()).exclude(id=dispute.id).first()
                to = reverse("dispute", args=[slug, left.id]) if left else reverse("disputes", args=[slug])
                return HttpResponseRedirect(to)
        else:
            fault = said(form)
    shown = {
        "round": round_,
        "dispute": dispute,
        "entry": entry,
        "check": check_text(entry.system, dispute.check_id),
        "work": _work(dispute),
        "sides": sides(in_turn(dispute), form_of(entry.system, entry.profile, dispute.check_id)),
        "form": form,
        "fault": fault,
        "decision": _decision(dispute),
    }
    return render(request, "review/dispute.html", shown, status=409 if fault else 200)


def _work(dispute: Dispute) -> object:
    work = work_of(dispute.entry.system, dispute.entry.profile, dispute.check_id)
    return told(work, guides_of(dispute.entry.round)) if work else None


def _rows(round_: Round, numbers: Sequence[int]) -> list[Row]:
    return [_row(one) for one in query.dispute_rows(round_, numbers)]


def _row(one: Dispute) -> Row:
    form = form_of(one.entry.system, one.entry.profile, one.check_id)
    first, second = in_turn(one)
    return Row(
        one=one,
        check=check_text(one.entry.system, one.check_id),
        first=value_words(first.value, form),
        second=value_words(second.value, form),
        decision=_decision(one),
    )


def _decision(one: Dispute) -> str:
    if one.decided_at is None:
        return ""
    return value_words(one.adjudication.value, form_of(one.entry.system, one.entry.profile, one.check_id))


def _heads() -> list[str]:
    return [
        *(_("评估对象"), _("评估要点"), _("内容"), _("答案甲"), _("答案乙"), _("裁定"), _("理由")),
        *(_("出现分歧"), _("裁定时间")),
    ]


def _line(row: Row) -> Sequence[exports.Cell]:
    one = row.one
    reason = one.adjudication.reason if one.decided_at else ""
    return (
        *(one.entry.key, one.check_id, row.check.text, row.first, row.second, row.decision, reason),
        *(one.opened_at, one.decided_at),
    )
