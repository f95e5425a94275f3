"""The bonus of cases before the chair: what it would do to totals and ranks, brought in, taken out."""

from fractions import Fraction
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.office import bonus_effects
from govgauge.office.bonus_effects import EffectRow
from govgauge.office.case_papers import shown_points
from govgauge.office.case_rules import BonusMode
from govgauge.office.domain import bonus_runs, case_bonus, case_counts
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, CaseCount
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.panel.asked import led

DECIMALS = 6


class BonusRow(Struct, frozen=True):
    """An effect as the page shows it."""

    row: EffectRow
    before: str
    after: str
    gain: str
    why_not: str


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the bonus of the published count does; with `format` as a file."""
    call = led(request, slug)
    made = case_counts.published(call) or case_counts.last(call)
    effects = bonus_effects.effects(made) if made else None
    rows = [_row(one) for one in effects.rows] if effects else []
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        heads = [_("评估对象"), _("指标体系"), _("加分"), _("加分前"), _("加分后"), _("名次前"), _("名次后"), _("说明")]
        lines = [
            [
                *(one.row.entry.key, one.row.entry.system, one.row.earned.points, one.before, one.after),
                *(one.row.rank_before, one.row.rank_after, one.why_not or "".join(one.row.earned.lines)),
            ]
            for one in rows
        ]
        return exports.answer(kind, f"{slug}-bonus", heads, lines)
    shown = {
        "round": call.round,
        "call": call,
        "made": made,
        "rows": rows,
        "zeros": effects.zeros if effects else 0,
        "others": effects.others if effects else 0,
        "applied": bool(made and case_bonus.is_applied(made)),
        "none": bool(made and made.rules.get("bonus", {}).get("mode") == BonusMode.NONE),
        **_run(made),
        "steps": made.bonus_steps.select_related("by").order_by("-id")[:10] if made else [],
    }
    return render(request, "panel/bonus.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def do(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring the bonus into the totals, or take it out: what `do` says."""
    call, acting, what = led(request, slug), acting_of(request), request.POST.get("do", "")
    made = case_counts.published(call)
    if made is None or what not in {"in", "out"}:
        messages.error(request, _("先公布评选结果，再把加分计入总分。"))
        return HttpResponseRedirect(_here(call))
    if not bonus_runs.is_small(made):
        begin = partial(bonus_runs.begin, acting, made, applied=what == "in")
        return told.done(request, begin, _("已开始计算，可以离开这一页，完成后总分一起改变。"), _here(call))
    verb = partial(case_bonus.bring_in if what == "in" else case_bonus.take_out, acting, made)
    return told.done(request, verb, _("已计入总分。") if what == "in" else _("已从总分中取消。"), _here(call))


@page(Verb.CHAIR_PANEL)
@require_safe
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the run is; the page is loaded anew once it has ended."""
    call = led(request, slug)
    made = case_counts.published(call) or case_counts.last(call)
    shown = _run(made)
    answer = render(request, "panel/bonus_run.html", {"round": call.round, **shown})
    if not shown["under_way"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _run(made: CaseCount | None) -> dict[str, object]:
    last = bonus_runs.last(made) if made else None
    under_way = bonus_runs.is_under_way(last)
    cut_off = last is not None and last.ended_at is None and not under_way
    failure = tongue(last.failure) if last and last.failure else ""
    return {"run": last, "under_way": under_way, "cut_off": cut_off, "failure": failure}


def _row(one: EffectRow) -> BonusRow:
    return BonusRow(one, _points(one.before), _points(one.after), _gain(one), tongue(one.why_not))


def _points(value: Fraction | None) -> str:
    return shown_points(value, DECIMALS) if value is not None else "—"


def _gain(one: EffectRow) -> str:
    if one.before is None or one.after is None:
        return "—"
    change = one.after - one.before
    return f"+{_points(change)}" if change > 0 else _points(change).replace("-", "−")


def _here(call: CaseCall) -> str:
    return reverse("case-bonus", args=[call.round.slug])
