"""Verdicts before the chair: raw means beside adjusted ones, severity of judges, the calibration case."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.case_library import library
from govgauge.errors import Unusable
from govgauge.office.domain import calibration, case_calls, verdicts
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Case, CaseCall
from govgauge.office.queries import panel_scores
from govgauge.office.queries.panel_scores import PanelScores, shown
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.display import is_english
from govgauge.web.listing import one_of
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.panel import severity_picture
from govgauge.web.workspace.panel.asked import led, levels, whole
from govgauge.web.workspace.panel.rubric_rows import aspects


class CaseRow(Struct, frozen=True):
    """A case's points as the page shows them."""

    case: Case
    judges: int
    mean: str
    adjusted: str
    error: str
    spread: str
    by_dimension: list[str]
    part: int


class JudgeRow(Struct, frozen=True):
    """A judge's severity as the page shows it."""

    judge: str
    cases: int
    severity: str
    error: str


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Cases and judges; with `format` the cases as a file."""
    call = led(request, slug)
    found = panel_scores.scores(call)
    rows = _rows(found)
    kind = one_of(request, "format", exports.KINDS)
    names = [one.en if is_english() else one.zh for one in verdicts.scale().dimensions]
    if kind:
        heads = [_("编号"), _("案例"), _("评分人数"), _("原始平均"), _("校正平均"), _("标准误"), _("最大差距"), *names]
        lines: list[list[exports.Cell]] = [
            [
                one.case.number,
                one.case.name,
                one.judges,
                one.mean,
                one.adjusted,
                one.error,
                one.spread,
                *one.by_dimension,
            ]
            for one in rows
        ]
        return exports.answer(kind, f"{slug}-scores", heads, lines)
    judges = [
        JudgeRow(one.judge, one.cases, shown(one.severity), shown(one.error))
        for one in sorted(found.adjustment.judges, key=lambda one: one.severity)
    ]
    chosen = whole(request.GET.get("calibrate"))
    states = case_calls.states(call)
    free = [case for case in call.cases.order_by("number") if states.get(case.pk) in calibration.FROM]
    shown_ = {
        "round": call.round,
        "call": call,
        "rules": case_calls.rules_of(call),
        "rows": rows,
        "judges": judges,
        "names": names,
        "several": found.adjustment.parts > 1,
        "sentences": found.adjustment.sentences,
        "of_judges": severity_picture.of_judges(found.adjustment.judges),
        "of_cases": severity_picture.of_cases(found.adjustment.cases, found.cases),
        "calibrations": [
            (one, [(judge, [judge.differences.get(code) for code in verdicts.scale().codes]) for judge in one.judges])
            for one in panel_scores.calibrations(call)
        ],
        "free": [case for case in free if not case.is_calibration],
        "chosen": next((case for case in free if case.number == chosen), None),
        "aspects": aspects({}),
        "described": [one for one in library.cases() if one.id in library.described_ids()],
    }
    return render(request, "panel/scores.html", shown_)


@page(Verb.CHAIR_PANEL)
@require_POST
def calibrate(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a case up, take a case for calibration with its agreed levels, or use it no more: what `do` says."""
    call, acting = led(request, slug), acting_of(request)
    if request.POST.get("do") == "make":
        return _made(request, call, acting)
    case = call.cases.filter(number=whole(request.POST.get("case"))).select_related("call__round").first()
    if case is None:
        messages.error(request, _("没有这个编号的案例；请从列表中选择。"))
        return HttpResponseRedirect(_here(call))
    if request.POST.get("do") == "drop":
        return told.done(request, partial(calibration.drop, acting, case), _("不再用于校准。"), _here(call))
    verb = partial(calibration.choose, acting, case, levels(request))
    return told.done(request, verb, _("已设为校准案例，分给全体专家。"), _here(call))


def _made(request: HttpRequest, call: CaseCall, acting: Acting) -> HttpResponse:
    """A case of the library, or one made up; its agreed levels follow."""
    fields = {name: request.POST.get(name, "") for name in ("name", "owner", "url", "reason")}
    try:
        if library_id := request.POST.get("library", "").replace("\x00", "").strip():
            case = calibration.from_library(acting, call, library_id)
        else:
            case = calibration.make(acting, call, fields)
    except Unusable as error:
        messages.error(request, tongue(str(error)))
        return HttpResponseRedirect(f"{_here(call)}#calibration-title")
    return HttpResponseRedirect(f"{_here(call)}?calibrate={case.number}#agree")


def _rows(found: PanelScores) -> list[CaseRow]:
    adjusted = {one.case: one for one in found.adjustment.cases}
    codes = verdicts.scale().codes
    rows = []
    for score in found.scores:
        beside = adjusted.get(score.case)
        rows.append(
            CaseRow(
                found.cases[score.case],
                len(score.scores),
                shown(beside.mean) if beside else "",
                shown(beside.adjusted) if beside else "",
                shown(beside.error) if beside else "",
                shown(score.spread),
                [shown(score.by_dimension.get(code), 1) for code in codes],
                beside.part + 1 if beside else 0,
            )
        )
    return rows


def _here(call: CaseCall) -> str:
    return reverse("panel-scores", args=[call.round.slug])
