"""A test's page, and its steps: each is told on the next page, or refused with what was typed still there."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import field_steps
from govgauge.office.domain.field_steps import FieldClash
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import FieldStepKind
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import number_of
from govgauge.web.workspace.field.asked import mine_of, page_of
from govgauge.web.workspace.field.forms import FIELDS, EvidenceForm, StepForm


@page(Verb.RECORD_FIELD_TEST)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One's own test."""
    shown = page_of(mine_of(request, number), plans=False)
    return render(request, "field/test.html", {**shown, "evidence_form": EvidenceForm()})


@page(Verb.RECORD_FIELD_TEST)
@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Tell what happened."""
    test = mine_of(request, number)
    kind = next((one for one in FIELDS if one.value == request.POST.get("kind")), None)
    if kind is None:
        raise Http404(_("没有这样的一步；请从实测的网页操作。"))
    form = StepForm(kind, request.POST)
    status = 422
    if form.is_valid():
        try:
            field_steps.add(acting_of(request), test, seen_of(request), form.report())
        except Unusable as fault:
            form.add_error(None, tongue(str(fault)))
            status = 409 if isinstance(fault, FieldClash) else 422
        else:
            return told.done(request, lambda: None, _done(kind), reverse("field-test", args=[number]))
    shown = page_of(mine_of(request, number), plans=False, form=form)
    return render(request, "field/test.html", {**shown, "evidence_form": EvidenceForm()}, status=status)


@page(Verb.RECORD_FIELD_TEST)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """End it with its value."""
    test = mine_of(request, number)
    return _do(
        request,
        number,
        lambda: field_steps.close(acting_of(request), test, seen_of(request)),
        _("已办结，取值已得出。"),
    )


@page(Verb.RECORD_FIELD_TEST)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """End it without a value."""
    test, reason = mine_of(request, number), reason_of(request)
    return _do(
        request,
        number,
        lambda: field_steps.withdraw(acting_of(request), test, seen_of(request), reason),
        _("已撤回。"),
    )


@page(Verb.RECORD_FIELD_TEST)
@require_POST
def strike(request: HttpRequest, number: int) -> HttpResponse:
    """Declare a step a mistake."""
    test, reason, wrong = mine_of(request, number), reason_of(request), number_of(request, "step")
    return _do(
        request,
        number,
        lambda: field_steps.strike(acting_of(request), test, seen_of(request), wrong, reason),
        _("已作废，原记录仍可查看。"),
    )


def seen_of(request: HttpRequest) -> int:
    """The version of the test that was read."""
    return number_of(request, "version")


def reason_of(request: HttpRequest) -> str:
    """The reason that was given."""
    return request.POST.get("reason", "").replace("\x00", "")[:1000]


def _do(request: HttpRequest, number: int, verb: Callable[[], object], sentence: str) -> HttpResponseRedirect:
    return told.done(request, verb, sentence, reverse("field-test", args=[number]))


def _done(kind: FieldStepKind) -> str:
    return {
        FieldStepKind.SENT: _("已登记发出。"),
        FieldStepKind.RECEIVED: _("已登记回执。"),
        FieldStepKind.EXTENDED: _("已登记延期告知。"),
        FieldStepKind.ANSWERED: _("已登记答复，请评定质量。"),
        FieldStepKind.GRADED: _("已评定质量。"),
    }[kind]
