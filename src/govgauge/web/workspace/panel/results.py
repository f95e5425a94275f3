"""Counts before the chair: made, looked at line by line, published, taken back; and as files."""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.domain import case_counts
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, CaseCount
from govgauge.office.queries import case_results as query
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.panel.asked import led, whole

JSON = "json"


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The last count, or the one of a number; with `format` as a file."""
    call = led(request, slug)
    counts = list(call.counts.select_related("by").order_by("-number"))
    wanted = whole(request.GET.get("count"))
    made = next((one for one in counts if one.number == wanted), counts[0] if counts else None)
    kind = one_of(request, "format", (*exports.KINDS, JSON))
    if kind and made is not None:
        return sent(kind, made, slug, chosen_only=False)
    public = case_counts.published(call)
    shown = {
        "round": call.round,
        "call": call,
        "counts": counts,
        "made": made,
        "groups": query.by_category(made) if made else [],
        "chosen": made.results.filter(chosen=True).count() if made else 0,
        "public": public,
        "is_last": bool(made and made == counts[0]),
        "why_not": tongue(query.why_not_counted(call)),
        "may_publish": bool(made and made == counts[0] and public is None),
    }
    return render(request, "panel/results.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def do(request: HttpRequest, slug: str) -> HttpResponse:
    """Count, publish, or take back: what `do` says."""
    call, acting, what = led(request, slug), acting_of(request), request.POST.get("do", "")
    if what == "count":
        verb = partial(case_counts.count, acting, call)
        return told.done(request, verb, _("已计票。公布之前只有您看得到。"), _here(call))
    made = call.counts.filter(number=whole(request.POST.get("count"))).select_related("call__round").first()
    if made is None or what not in {"publish", "take-back"}:
        messages.error(request, _("请选择要做什么。"))
        return HttpResponseRedirect(_here(call))
    if what == "publish":
        return told.done(request, partial(case_counts.publish, acting, made), _("已公布并通知推荐单位。"), _here(call))
    verb_ = partial(case_counts.take_back, acting, made, request.POST.get("reason", ""))
    return told.done(request, verb_, _("已撤回公布，加分也已取消。"), _here(call))


def sent(kind: str, made: CaseCount, slug: str, *, chosen_only: bool) -> HttpResponseBase:
    """A count as a file: all cases with how they came to their points, or those chosen."""
    if kind == JSON:
        body = json.dumps(_told(made, chosen_only=chosen_only), ensure_ascii=False, indent=1)
        answer = HttpResponse(body, content_type="application/json; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-cases.json"'
        return answer
    heads = [_("大类"), _("类别"), _("名次"), _("编号"), _("案例"), _("单位"), _("专家得分"), _("公众得分"), _("总分")]
    return exports.answer(kind, f"{slug}-cases", [*heads, _("入选"), _("说明")], _lines(made, chosen_only=chosen_only))


def _lines(made: CaseCount, *, chosen_only: bool) -> Iterator[Sequence[exports.Cell]]:
    for group in query.by_category(made, chosen_only=chosen_only):
        for one in group.results:
            yield (
                *(group.family, group.category, one.place, one.case.number, one.case.name, one.case.owner),
                *(one.experts, one.public, one.total, _("是") if one.chosen else _("否"), "\n".join(one.explained)),
            )


def _told(made: CaseCount, *, chosen_only: bool) -> dict[str, object]:
    return {
        "call": made.call.title,
        "count": made.number,
        "at": made.at.isoformat(),
        "experts": made.experts,
        "ballots": made.ballots,
        "set_aside": made.set_aside,
        "digest": made.digest,
        "cases": [
            {
                "family": group.family,
                "category": group.category,
                "place": one.place,
                "number": one.case.number,
                "name": one.case.name,
                "owner": one.case.owner,
                "experts": one.experts or None,
                "public": one.public or None,
                "total": one.total or None,
                "chosen": one.chosen,
                "explained": one.explained,
            }
            for group in query.by_category(made, chosen_only=chosen_only)
            for one in group.results
        ],
    }


def _here(call: CaseCall) -> str:
    return reverse("case-results", args=[call.round.slug])
