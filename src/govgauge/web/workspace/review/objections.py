"""Objections before the office: the list, one of them with the effect of a decision previewed, and publishing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office import effects
from govgauge.office.domain import objections as domain
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.stages import today
from govgauge.office.models import AssignmentState, Coding, Objection, ObjectionState
from govgauge.office.queries import objections as query
from govgauge.office.queries.answer_lists import preliminary
from govgauge.office.queries.check_texts import CheckText, check_text, form_of
from govgauge.office.queries.findings import shown as in_words
from govgauge.office.queries.objections import ObjectionSieve
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, asked_sort, in_order, listed, one_of, text
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of, told_language
from govgauge.web.workspace.review.asked import objection_of
from govgauge.web.workspace.review.forms import DecisionForm, PeriodForm, said
from govgauge.web.workspace.review.preliminary import check_time, is_secret, objection_words
from govgauge.web.workspace.review.sides import Side, sides
from govgauge.web.workspace.review.words import OBJECTION_STATES, OBJECTION_STEPS, SOURCES, value_words

COLUMNS = (
    Column("check", gettext_lazy("评估要点")),
    Column("entry", gettext_lazy("评估对象")),
    Column("state", gettext_lazy("状态")),
    Column("filed", gettext_lazy("提出"), wide=True),
)
FILTERS = ("state", "q")
INTERNAL = {"upheld", "explained", "dismissed"}
"""Steps that a body learns of when they are published."""


class Row(Struct, frozen=True):
    """An objection as a row shows it."""

    one: Objection
    check: CheckText
    state: str


@page(Verb.DECIDE_OBJECTION)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The objections that pass the address's filters; with `format` all of them as a file."""
    round_ = round_of(slug)
    sieve = ObjectionSieve(state=one_of(request, "state", ObjectionState.values), text=text(request, "q"))
    sort = asked_sort(request, tuple(query.SORTS), "-filed")
    found = query.objections(round_, sieve, sort)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-objections", _heads(), map(_line, found.iterator(chunk_size=500)))

    def rows(numbers: Sequence[int]) -> list[Row]:
        return [_row(one) for one in in_order(found, numbers)]

    acting = acting_of(request)
    days = query.period(round_)
    shown = {
        "round": round_,
        "listing": listed(request, found, COLUMNS, sort=sort, filters=FILTERS, total=found.count(), rows=rows),
        "sieve": sieve,
        "states": [Choice(one, OBJECTION_STATES[one]) for one in ObjectionState],
        "period": days,
        "is_open": query.is_open(round_, today()),
        "may_run": acting.may(Verb.RUN_ROUND, round_=round_),
        "waiting": query.unpublished(round_),
        "form": PeriodForm(initial={"starts": days.starts, "ends": days.ends} if days else {}),
    }
    template = "review/objections_list.html" if getattr(request, "htmx", False) else "review/objections.html"
    return render(request, template, shown)


@page(Verb.SEE_ENTRY)
@require_safe
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An objection: what is held against what, how it went, and for who may decide the form of the decision."""
    acting = acting_of(request)
    return _one(request, acting, objection_of(acting, round_of(slug), number))


@page(Verb.DECIDE_OBJECTION)
@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Preview what a decision does, or make it."""
    acting = acting_of(request)
    objection = objection_of(acting, round_of(slug), number)
    form = DecisionForm(_form_of(objection), request.POST)
    if request.POST.get("do") != "decide":
        return _preview(request, acting, objection, form)
    if not form.is_valid():
        return _one(request, acting, objection, form, said(form))
    given = form.cleaned_data
    try:
        domain.decide(
            acting,
            objection,
            ObjectionState(given["decision"]),
            given["reason"],
            value=form.value() if form.has_value() else None,
            until=given["until"],
        )
    except Unusable as error:
        return _one(request, acting, objection_of(acting, objection.round, number), form, tongue(str(error)))
    messages.success(request, _("已决定；公布后通知单位。"))
    return HttpResponseRedirect(reverse("objection", args=[slug, number]))


@page(Verb.RUN_ROUND)
@require_POST
def set_period(request: HttpRequest, slug: str) -> HttpResponse:
    """Say from when to when objections are taken."""
    round_ = round_of(slug)
    form = PeriodForm(request.POST)
    back = reverse("objections", args=[slug])
    if not form.is_valid():
        messages.error(request, said(form))
        return HttpResponseRedirect(back)
    days = form.cleaned_data

    def verb() -> object:
        return domain.set_period(acting_of(request), round_, days["starts"], days["ends"])

    return told.done(request, verb, _("已设定异议期。"), back)


@page(Verb.RUN_ROUND)
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish what was decided."""
    round_ = round_of(slug)
    count = domain.publish(acting_of(request), round_)
    if count:
        messages.success(request, _("已公布 %(n)s 件决定，并通知有关单位。") % {"n": count})
    else:
        messages.warning(request, _("没有等待公布的决定。"))
    return HttpResponseRedirect(reverse("objections", args=[slug]))


def _row(one: Objection) -> Row:
    return Row(one, check_text(one.entry.system, one.check_id), str(OBJECTION_STATES[one.state]))


def _preview(request: HttpRequest, acting: Acting, objection: Objection, form: DecisionForm) -> HttpResponse:
    form.is_valid()
    effect, fault = None, ""
    if form.has_value():
        effect = effects.effect(objection.entry, objection.check_id, form.value()).told()
    else:
        fault = _("请选择取值，或填写百分比。")
    if getattr(request, "htmx", False):
        return render(request, "review/effect.html", {"effect": effect, "fault": fault})
    return _one(request, acting, objection, form, fault, effect=effect)


def _one(
    request: HttpRequest,
    acting: Acting,
    objection: Objection,
    form: DecisionForm | None = None,
    fault: str = "",
    *,
    effect: dict[str, object] | None = None,
) -> HttpResponse:
    round_, entry = objection.round, objection.entry
    is_office = check_time(acting, round_, query.period(round_))
    published = objection.published_at is not None
    lines, _sheet = preliminary(entry, today())
    line = next((one for one in lines if one.check.id == objection.check_id), None)
    secret = not is_office and is_secret(objection)
    decides = acting.may(Verb.DECIDE_OBJECTION, round_=round_)
    finding = objection.finding
    shown: dict[str, Any] = {
        "round": round_,
        "objection": objection,
        "entry": entry,
        "check": check_text(entry.system, objection.check_id),
        "line": line,
        "secret": secret,
        "value": "" if line is None or line.open else value_words(line.value, _form_of(objection)),
        "source": SOURCES.get(line.source, "") if line else "",
        "finding": in_words([finding], told_language())[0] if finding else None,
        "state": objection_words(objection.state, published=published, is_office=is_office),
        "steps": _steps(objection, is_office=is_office),
        "uploads": list(objection.uploads.order_by("id")),
        "conflicts": query.conflicts(acting.person, objection) if decides and acting.person else [],
        "behind": _behind(objection) if decides else [],
        "decides": decides and objection.state == ObjectionState.FILED,
        "may_withdraw": objection.state == ObjectionState.FILED
        and acting.may(Verb.OBJECT, round_=round_, key=entry.key),
        "is_office": is_office,
        "form": form or DecisionForm(_form_of(objection)),
        "fault": fault,
        "effect": effect,
    }
    return render(request, "review/objection.html", shown, status=409 if fault else 200)


def _behind(objection: Objection) -> list[Side]:
    """What collectors handed in of the check, on which the answer rests, for who decides."""
    settled = Coding.objects.filter(
        assignment__entry=objection.entry_id,
        assignment__check_id=objection.check_id,
        assignment__state__in=[AssignmentState.ACCEPTED, AssignmentState.DECIDED],
    )
    return sides(list(settled.order_by("id")), _form_of(objection))


def _steps(objection: Objection, *, is_office: bool) -> list[dict[str, object]]:
    """How it went, the latest first; to bodies decisions as they were published, without names."""
    made = []
    decision = None
    for step in objection.steps.select_related("by").order_by("id"):
        decision = step if step.kind in INTERNAL else decision
        if step.kind in INTERNAL and not is_office:
            continue
        told_by = decision if step.kind == "published" and decision is not None and not is_office else step
        made.append(
            {
                "step": step,
                "words": OBJECTION_STEPS[told_by.kind],
                "text": told_by.text,
                "value": _value(told_by.value, objection)
                if told_by.value is not None or told_by.not_applicable
                else "",
                "effect": step.effect,
                "by": step.by if is_office else None,
            }
        )
    return made[::-1]


def _value(value: Decimal | None, objection: Objection) -> str:
    return value_words(value, _form_of(objection))


def _form_of(objection: Objection) -> Any:
    return form_of(objection.entry.system, objection.entry.profile, objection.check_id)


def _heads() -> list[str]:
    return [
        *(_("评估对象"), _("评估要点"), _("内容"), _("状态"), _("异议"), _("提出人"), _("提出时间"), _("公布时间")),
    ]


def _line(one: Objection) -> Sequence[exports.Cell]:
    check = check_text(one.entry.system, one.check_id)
    return (
        *(one.entry.key, one.check_id, check.text, str(OBJECTION_STATES[one.state]), one.text, one.filed_by.name),
        *(one.filed_at, one.published_at),
    )
