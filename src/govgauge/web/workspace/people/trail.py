"""The audit trail: who changed what, when, from what to what; on the screen and as a file."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Change
from govgauge.office.queries import trail as query
from govgauge.office.queries.trail import TrailSieve
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, in_order, listed, one_of, text
from govgauge.web.templatetags.trail import topic_words, verb_words

COLUMNS = (
    Column("", gettext_lazy("时间")),
    Column("", gettext_lazy("谁")),
    Column("", gettext_lazy("做了什么")),
    Column("", gettext_lazy("之前和之后")),
)
FILTERS = ("who", "topic", "record", "round", "q", "since", "until")


@page(Verb.SEE_TRAIL)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """Changes that pass the address's filters, the newest first; with `format` all of them as a file."""
    acting = acting_of(request)
    topics, rounds = query.topics(), query.rounds(acting)
    sieve = TrailSieve(
        who=text(request, "who"),
        topic=one_of(request, "topic", topics),
        record=text(request, "record"),
        round=one_of(request, "round", [one.slug for one in rounds]),
        text=text(request, "q"),
        since=_day(request, "since"),
        until=_day(request, "until"),
    )
    found = query.changes(acting, sieve)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, "trail", _heads(), _lines(found.iterator(chunk_size=2000)))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort="",
        filters=FILTERS,
        total=found.count(),
        rows=lambda numbers: in_order(found, numbers),
    )
    shown = {
        "listing": listing,
        "sieve": sieve,
        "topics": [Choice(one, topic_words(one)) for one in topics],
        "rounds": [Choice(one.slug, one.title) for one in rounds],
    }
    return render(request, "people/trail_list.html" if getattr(request, "htmx", False) else "people/trail.html", shown)


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(text(request, name))
    except ValueError:
        return None


def _heads() -> list[str]:
    return [
        *(
            _("时间"),
            _("至"),
            _("姓名"),
            _("邮箱"),
            _("网络地址"),
            _("动作"),
            _("动作代码"),
            _("对象"),
            _("编号"),
            _("评估"),
        ),
        *(_("评估对象"), _("之前"), _("之后"), _("理由")),
    ]


def _lines(found: Iterator[Change]) -> Iterator[Sequence[exports.Cell]]:
    for one in found:
        email, round_ = one.actor.email if one.actor else "", one.round.slug if one.round else ""
        yield (
            *(one.at, one.until, one.actor_name, email, one.address, verb_words(one.verb), one.verb),
            *(topic_words(one.topic), one.record, round_, one.entry.key if one.entry else ""),
            *(_json(one.before), _json(one.after), one.reason),
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)[:32_000]
