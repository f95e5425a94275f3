"""The office's list of a round's cases, on the screen and as a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, CaseDecision, CaseStepKind, NominationKind
from govgauge.office.queries import cases as query
from govgauge.office.queries.cases import CaseSieve
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, in_order, listed, one_of, text
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.nominations import words
from govgauge.web.workspace.nominations.fields import category_name

COLUMNS = (
    Column("number", gettext_lazy("序号"), number=True),
    Column("name", gettext_lazy("案例")),
    Column("entry", gettext_lazy("单位"), wide=True),
    Column("category", gettext_lazy("类别"), wide=True),
    Column("kind", gettext_lazy("推荐方式"), wide=True),
    Column("state", gettext_lazy("状态")),
    Column("scored", gettext_lazy("评分"), number=True, wide=True),
    Column("mean", gettext_lazy("均分"), number=True),
)
FILTERS = ("state", "category", "kind", "work", "q")
WORK = {
    "check": gettext_lazy("待核对"),
    "score": gettext_lazy("待我评分"),
    "twins": gettext_lazy("可能重复"),
    "decide": gettext_lazy("待决定"),
}
TOLD = 5
"""Decisions that the page shows."""


@page(Verb.SCREEN_CASE)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Cases that pass the address's filters; with `format` all of them as a file."""
    round_, acting = round_of(slug), acting_of(request)
    call = CaseCall.objects.select_related("round").filter(round=round_).first()
    if call is None:
        if acting.may(Verb.RUN_ROUND, round_=round_):
            return HttpResponseRedirect(reverse("case-rules", args=[slug]))
        return render(request, "screening/none.html", {"round": round_})
    rules = rules_of(call)
    states = [kind for kind in CaseStepKind if kind not in {CaseStepKind.DRAFTED, CaseStepKind.RECATEGORISED}]
    sieve = CaseSieve(
        state=one_of(request, "state", states),
        category=one_of(request, "category", [one.slug for one in rules.categories]),
        kind=one_of(request, "kind", NominationKind.values),
        work=one_of(request, "work", query.WORK),
        text=text(request, "q"),
    )
    sort = asked_sort(request, tuple(query.SORTS), "number")
    found = query.of_round(round_, sieve, sort, acting.person)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-cases", _heads(), _lines(found.iterator(chunk_size=2000), rules))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=sort,
        filters=FILTERS,
        total=found.values("pk").count(),
        rows=lambda numbers: in_order(found, numbers),
    )
    for one in listing.rows:
        one.category_title = category_name(rules, one.category)  # type: ignore[attr-defined]
    decides = acting.may(Verb.CHAIR_PANEL, round_=round_)
    decisions = CaseDecision.objects.filter(call=call, undone_at=None).select_related("by").prefetch_related("steps")
    shown = {
        "round": round_,
        "call": call,
        "rules": rules,
        "listing": listing,
        "sieve": sieve,
        "states": [Choice(one, words.STATES[one]) for one in states],
        "kinds": [Choice(one, words.KINDS[one]) for one in NominationKind],
        "work": [Choice(one, WORK[one]) for one in query.WORK],
        "decides": decides,
        "decisions": list(decisions.order_by("-id")[:TOLD]) if decides else [],
        "runs": acting.may(Verb.RUN_ROUND, round_=round_),
    }
    template = "screening/list_rows.html" if getattr(request, "htmx", False) else "screening/list.html"
    return render(request, template, shown)


def _heads() -> list[str]:
    return [
        *(_("序号"), _("案例"), _("单位"), _("建设单位"), _("类别"), _("推荐方式"), _("网址"), _("推荐理由")),
        *(_("联系人"), _("联系电话"), _("电子邮箱"), _("状态"), _("时间"), _("评分人数"), _("均分"), _("可能重复")),
    ]


def _lines(found: Iterator[Any], rules: CaseSettings) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        yield (
            *(one.number, one.name, one.entry.key, one.owner, category_name(rules, one.category)),
            *(str(words.KINDS[one.kind]), one.url, one.reason, one.contact or one.proposer, one.phone),
            *(one.email or one.proposer_email, str(words.STATES[one.state]), one.state_at, one.submitted),
            *(one.mean, one.has_twins),
        )
