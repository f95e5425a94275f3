"""Findings that nobody was told of yet, and sending them to their bodies."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.domain import remedies
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedy_deadlines import due_from
from govgauge.office.domain.remedy_steps import MOST_AT_ONCE, Done
from govgauge.office.models import Round
from govgauge.office.queries import remedies as query
from govgauge.office.queries.entries import groups_of
from govgauge.office.queries.findings import shown
from govgauge.office.queries.remedies import FindingSieve
from govgauge.office.remedy_rules import REVIEWED_TWICE
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, listed, one_of, text
from govgauge.web.workspace.asked import round_of, told_language
from govgauge.web.workspace.remedies import shared
from govgauge.web.workspace.remedies.acts import Asked, asked_of, day_of, done

COLUMNS = (
    Column("", gettext_lazy("问题")),
    Column("", gettext_lazy("单位"), wide=True),
    Column("", gettext_lazy("见到"), wide=True),
)
FILTERS = ("audit", "group", "q", "confirmed")


@page(Verb.NOTIFY_FINDING)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The findings that pass the address's filters; with `format` all of them as a file."""
    round_ = round_of(slug)
    audits, groups = query.unsent_audits(round_), list(groups_of(round_))
    sieve = FindingSieve(
        audit=one_of(request, "audit", audits),
        group=one_of(request, "group", groups),
        text=text(request, "q"),
        confirmed=one_of(request, "confirmed", ["all"]) != "all",
    )
    found = query.unsent(round_, sieve)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-unsent", _heads(), _lines(round_, sieve))
    listing = listed(
        *(request, found, COLUMNS),
        sort="",
        filters=FILTERS,
        total=found.order_by().count(),
        rows=lambda ids: query.unsent_rows(ids, told_language()),
    )
    told = {
        **shared.head(request, round_),
        "listing": listing,
        "sieve": sieve,
        "audits": shared.audit_choices(audits),
        "groups": [Choice(name, name) for name in groups],
        "due": due_from(round_settings.of(round_).remedies, timezone.localdate()),
        "twice": REVIEWED_TWICE,
        "most": MOST_AT_ONCE,
        "note": request.GET.get("note", "")[:1000],
        "picked": {int(one) for one in request.GET.get("pick", "").split(",") if one.isdecimal() and len(one) < 19},
        "back": request.get_full_path(),
    }
    template = "remedies/unsent_list.html" if getattr(request, "htmx", False) else "remedies/unsent.html"
    return render(request, template, told)


@page(Verb.NOTIFY_FINDING)
@require_POST
def notify(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the chosen findings, by a day."""
    round_, asked = round_of(slug), asked_of(request)

    def act() -> Done:
        return remedies.notify(acting_of(request), round_, asked.numbers, day_of(request), asked.note)

    return done(request, round_, Asked(asked.numbers, {}, asked.note), act)


def _heads() -> list[str]:
    return [
        *(_("编号"), _("单位"), _("上级"), _("分组"), _("检查"), _("问题"), _("所在网页"), _("对象"), _("原文")),
        *(_("首次见到"), _("最近见到"), _("两次见到")),
    ]


def _lines(round_: Round, sieve: FindingSieve) -> Iterator[Sequence[exports.Cell]]:
    language = told_language()
    for row in query.unsent(round_, sieve).select_related("entry").iterator(chunk_size=2000):
        told = shown([row], language)[0]
        yield (
            *(row.id, row.entry.name, row.entry.parent, row.entry.group, told.title, told.sentence, told.page),
            *(told.target, told.excerpt, told.first_seen, told.last_seen, told.confirmed),
        )
