"""The file of a site: a page to read and to print, and a workbook."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import SiteDay
from govgauge.office.queries.site_file import DAYS_SHOWN, Event, SiteFile, site_file
from govgauge.web import exports, remedy_words
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of
from govgauge.web.workspace.asked import entry_of, round_of, told_language
from govgauge.web.workspace.remedies import shared

STRIP_HEIGHT, DAY_WIDTH = 36, 10


class DayDrawn(Struct, frozen=True):
    """A day of the strip of availability: its tone, and what a reader of the screen is told."""

    x: int
    y: int
    height: int
    tone: str
    told: str


class EventTold(Struct, frozen=True):
    """An event in words."""

    event: Event
    words: str


class Month(Struct, frozen=True):
    """The events of a month."""

    first: date
    events: list[EventTold]


@page(Verb.SEE_ENTRY)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The file of an entry's site; with `format` as a workbook."""
    round_, acting, today = round_of(slug), acting_of(request), timezone.localdate()
    entry = entry_of(acting, Verb.SEE_ENTRY, round_, number)
    may_check = acting.may(Verb.CHECK_OWN_SITE, round_=round_, key=entry.key)
    office = acting.may(Verb.SEE_ROUND, round_=round_)
    told = site_file(entry, today, told_language(), with_self_checks=may_check, office=office)
    if one_of(request, "format", ["xlsx"]):
        return exports.book(f"{slug}-{entry.id}", _sheets(told))
    events = [EventTold(one, in_words(one)) for one in told.events]
    shown = {
        **shared.head(request, round_),
        "entry": entry,
        "file": told,
        "strip": _strip(told.days),
        "strip_width": DAY_WIDTH * max(1, len(told.days)),
        "days_shown": DAYS_SHOWN,
        "months": [
            Month(month, list(those)) for month, those in groupby(events, key=lambda one: one.event.day.replace(day=1))
        ],
        "may_check": may_check,
        "today": today,
        "certificate_days": (told.certificate.not_after - today).days if told.certificate else None,
    }
    return render(request, "remedies/site_file.html", shown)


def in_words(one: Event) -> str:
    """An event of the time line in words."""
    match one.kind:
        case "visit":
            return {
                "visit": _("采集：见到 %(n)s 个问题") % {"n": one.count},
                "distorted": _("采集：网站拦截了我们"),
                "closed-home": _("采集：首页没有打开"),
            }[one.what]
        case "remedy":
            return f"{remedy_words.STEPS[one.what]} × {one.count}"
        case "self-check":
            return _("单位自查：见到 %(n)s 个问题") % {"n": one.count}
        case "outage":
            return _("首页打不开：%(n)s 次探测失败") % {"n": one.count}
        case _:
            return _("预警或否决成立：%(what)s") % {"what": one.what}


def _strip(days: Sequence[SiteDay]) -> list[DayDrawn]:
    drawn = []
    for place, one in enumerate(days):
        share = one.failed / one.probes if one.probes else 0.0
        tone = "waiting" if not one.probes else "failed" if share >= 0.05 else "unreachable" if one.failed else "done"
        height = STRIP_HEIGHT if tone in {"done", "failed"} else STRIP_HEIGHT * 2 // 3
        told = _("%(day)s：探测 %(n)s 次，失败 %(f)s 次") % {"day": one.day, "n": one.probes, "f": one.failed}
        drawn.append(DayDrawn(place * DAY_WIDTH, STRIP_HEIGHT - height, height, tone, told))
    return drawn


def _sheets(told: SiteFile) -> Iterable[tuple[str, list[str], Iterable[Sequence[exports.Cell]]]]:
    """The sheets of the workbook: name, headings, rows."""
    entry = told.entry
    facts: list[Sequence[exports.Cell]] = [
        (_("单位"), entry.key),
        (_("网址"), entry.url),
        (_("未了结"), told.open),
        (_("逾期"), told.overdue),
        (_("已销号"), told.closed),
        (_("证书到期"), str(told.certificate.not_after) if told.certificate else ""),
    ]
    yield _("概况"), [_("项目"), _("内容")], facts
    yield (
        _("时间线"),
        [_("日期"), _("事项"), _("说明")],
        [(str(one.day), in_words(one), one.told) for one in told.events],
    )
    heads = [_("日期"), _("探测次数"), _("失败次数"), _("被拦截"), _("中位毫秒")]
    yield _("可用性"), heads, [(str(one.day), one.probes, one.failed, one.blocked, one.median) for one in told.days]
    yield (
        _("采集"),
        [_("序号"), _("开始"), _("首页打开"), _("被拦截"), _("问题"), _("网页"), _("采用")],
        [(v.number, v.started_at, v.home_ok, v.distorted, v.findings, v.pages, v.accepted) for v in told.visits],
    )
    yield (
        _("栏目"),
        [_("栏目"), _("地址"), _("状态"), _("最新"), _("剩余天数")],
        [(c.name, c.url, c.state, str(c.newest or ""), c.days_left) for c in told.columns],
    )
    yield (
        _("问题"),
        [_("检查"), _("现有"), _("已消除"), _("已通知"), _("已销号")],
        [(a.title, a.now, a.gone, a.sent, a.closed) for a in told.audits],
    )
    yield (
        _("整改"),
        [_("编号"), _("问题"), _("所在网页"), _("状态"), _("期限"), _("通知时间"), _("销号时间")],
        [
            (
                *(r.remedy.id, r.finding.sentence, r.finding.page, str(remedy_words.STATES[r.remedy.state])),
                *(str(r.remedy.due or ""), r.remedy.notified_at, r.remedy.closed_at),
            )
            for r in told.remedies
        ],
    )
    if told.self_checks:
        yield (
            _("自查"),
            [_("申请时间"), _("结束时间"), _("网页"), _("问题")],
            [(c.asked_at, c.ended_at, c.pages, c.findings) for c in told.self_checks],
        )
    yield (
        _("预警和否决"),
        [_("规则"), _("名称"), _("说明"), _("起始")],
        [(w.rule, w.title, w.sentence, w.since[:10]) for w in told.warnings],
    )
