"""The list of remedies, for the office, bodies and supervisors alike: each sees what is theirs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Remedy, RemedyState, Round
from govgauge.office.queries import remedies as query
from govgauge.office.queries.entries import groups_of
from govgauge.office.queries.remedies import OPEN_ONES, RemedySieve
from govgauge.office.remedy_rules import OPEN, RUNNING
from govgauge.web import exports, remedy_words
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, listed, one_of, text
from govgauge.web.templatetags.shown import Segment
from govgauge.web.workspace.asked import LARGEST, round_of, told_language
from govgauge.web.workspace.remedies import shared

COLUMNS = (
    Column("audit", gettext_lazy("问题")),
    Column("entry", gettext_lazy("单位"), wide=True),
    Column("state", gettext_lazy("状态")),
    Column("due", gettext_lazy("期限")),
)
FILTERS = ("state", "audit", "group", "entry", "q", "overdue")


@page(None)
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The rounds in which the reader has to do with remedies; where it is one only, its list."""
    acting, today = acting_of(request), timezone.localdate()
    rounds = [one for one in Round.objects.order_by("-id") if acting.may(Verb.SEE_ENTRY, round_=one)]
    if len(rounds) == 1:
        return HttpResponseRedirect(reverse("remedies", args=[rounds[0].slug]))
    cards = []
    for round_ in rounds[:20]:
        late = Count("id", filter=Q(state__in=RUNNING, due__lt=today))
        sums = query.visible(acting, round_).aggregate(open=Count("id", filter=Q(state__in=OPEN)), late=late)
        cards.append({"round": round_, **sums})
    return render(request, "remedies/mine.html", {"cards": cards})


@page(Verb.SEE_ENTRY)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Remedies that pass the address's filters; with `format` all of them as a file."""
    round_, acting, today = round_of(slug), acting_of(request), timezone.localdate()
    seen = query.visible(acting, round_)
    audits = query.audits(seen)
    office = acting.may(Verb.SEE_ROUND, round_=round_)
    groups = list(groups_of(round_)) if office else []
    sieve = _sieve(request, audits, groups)
    found = query.remedies(seen, sieve, today, asked_sort(request, tuple(query.SORTS), "due"))
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-remedies", heads(), lines(found, today))
    counts = query.states(seen, today)
    listing = listed(
        request,
        found,
        COLUMNS,
        sort=asked_sort(request, tuple(query.SORTS), "due"),
        filters=FILTERS,
        total=found.order_by().count() if any(request.GET.get(name) for name in FILTERS) else _all(counts),
        rows=lambda ids: query.rows(ids, today, told_language()),
    )
    shown = {
        **shared.head(request, round_),
        "listing": listing,
        "sieve": sieve,
        "counts": counts,
        "bar": bar(counts),
        "audits": shared.audit_choices(audits),
        "groups": [Choice(name, name) for name in groups],
        "states": [Choice(OPEN_ONES, _("未了结"))]
        + [
            Choice(one, told)
            for one, told in remedy_words.STATES.items()
            if office or one not in remedy_words.OFFICE_ONLY
        ],
        "picked": {int(one) for one in request.GET.get("pick", "").split(",") if one.isdecimal() and len(one) < 19},
        "note": request.GET.get("note", "")[:1000],
        "back": request.get_full_path(),
    }
    template = "remedies/list.html" if getattr(request, "htmx", False) else "remedies/remedies.html"
    return render(request, template, shown)


def bar(counts: dict[str, int]) -> list[Segment]:
    """The bar of remedies: what waits for bodies, for the office or the program, and what is settled."""
    get = counts.get
    acting = get(RemedyState.NOTIFIED, 0) + get(RemedyState.CLAIMED, 0) - counts["overdue"]
    office = get(RemedyState.PROPOSED, 0) + get(RemedyState.EXPLAINED, 0) + get(RemedyState.CONFIRMING, 0)
    office += get(RemedyState.UNJUDGED, 0)
    return [
        Segment("done", _("已销号"), get(RemedyState.CLOSED, 0)),
        Segment("distorted", _("说明成立"), get(RemedyState.EXCUSED, 0)),
        Segment("running", _("待复查"), get(RemedyState.REPORTED, 0)),
        Segment("unreachable", _("待办公室审核"), office),
        Segment("waiting", _("期限内待整改"), acting),
        Segment("failed", _("逾期"), counts["overdue"]),
    ]


def heads() -> list[str]:
    """Headings of the list as a file."""
    return [
        *(_("编号"), _("单位"), _("上级"), _("分组"), _("检查"), _("问题"), _("所在网页"), _("对象"), _("原文")),
        *(_("状态"), _("期限"), _("逾期天数"), _("通知时间"), _("销号时间")),
    ]


def lines(found: QuerySet[Remedy], today: date) -> Iterator[Sequence[exports.Cell]]:
    """The list as a file."""
    language = told_language()
    ones: Iterable[Remedy] = found.select_related("finding", "entry").iterator(chunk_size=2000)
    for row in (query.row(one, today, language) for one in ones):
        one, entry, told = row.remedy, row.remedy.entry, row.finding
        yield (
            *(one.id, entry.name, entry.parent, entry.group, told.title, told.sentence, told.page, told.target),
            *(told.excerpt, str(remedy_words.STATES[one.state]), str(one.due or ""), row.late or None),
            *(one.notified_at, one.closed_at),
        )


def _all(counts: dict[str, int]) -> int:
    return sum(number for state, number in counts.items() if state != "overdue")


def _sieve(request: HttpRequest, audits: Sequence[str], groups: Sequence[str]) -> RemedySieve:
    entry = request.GET.get("entry", "")
    return RemedySieve(
        state=one_of(request, "state", [OPEN_ONES, *RemedyState]),
        audit=one_of(request, "audit", audits),
        group=one_of(request, "group", groups),
        entry=min(int(entry), LARGEST) if entry.isdecimal() and len(entry) < 40 else 0,
        text=text(request, "q"),
        overdue=one_of(request, "overdue", ["1"]) == "1",
    )
