"""The field test that an address names, and all that its page shows."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.office.check_work import work_of
from govgauge.office.domain import field_steps
from govgauge.office.domain.field_tests import ENDED
from govgauge.office.field_rules import rules, said
from govgauge.office.models import FieldKind, FieldState, FieldStep, FieldStepKind, FieldTest, Round
from govgauge.office.queries import field_tests as query
from govgauge.web.access import acting_of
from govgauge.web.workspace.asked import LARGEST, told_language
from govgauge.web.workspace.field.forms import StepForm
from govgauge.web.workspace.field.lists import when

STEPS: Mapping[str, tuple[FieldStepKind, ...]] = {
    FieldState.PLANNED: (FieldStepKind.SENT,),
    FieldState.SENT: (FieldStepKind.ANSWERED, FieldStepKind.RECEIVED, FieldStepKind.EXTENDED),
    FieldState.ANSWERED: (FieldStepKind.GRADED,),
    FieldState.GRADED: (FieldStepKind.GRADED,),
}
"""What may come next, the likeliest first."""


class StepRow(Struct, frozen=True):
    """A step as the history shows it."""

    step: FieldStep
    struck: bool
    may_strike: bool


def mine_of(request: HttpRequest, number: int) -> FieldTest:
    """One's own test. Raises Http404: nobody learns whether there is one of somebody else."""
    found = _related(query.mine(acting_of(request)).filter(pk=min(number, LARGEST)))
    if found is None:
        raise Http404(_("您没有这项实测，可能已改派他人；请从“我的实测”选择。"))
    return found


def of_round(request: HttpRequest, round_: Round, number: int) -> FieldTest:
    """A test of a round that the reader may see. Raises Http404 with a sentence."""
    found = _related(query.of_round(round_, acting_of(request)).filter(pk=min(number, LARGEST)))
    if found is None:
        raise Http404(_("“%(name)s”中没有这项实测；请从名单中选择。") % {"name": round_.slug})
    return found


def page_of(test: FieldTest, *, plans: bool, form: StepForm | None = None) -> dict[str, object]:
    """What the page of a test shows; `form` is one that was sent and refused, `plans`: for who plans the collection."""
    today, language = timezone.localdate(), told_language()
    reckoning = field_steps.reckoning_of(test, today)
    work = work_of(test.entry.system, test.entry.profile, test.check_id)
    return {
        "test": test,
        "round": test.round,
        "entry": test.entry,
        "when": when(test, today),
        "check_text": work.text if work else "",
        "rows": _rows(test, plans=plans),
        "lines": [said(line, language) for line in reckoning.lines],
        "value": reckoning.value,
        "can_close": reckoning.value is not None and test.state not in ENDED,
        "source": rules().kinds[FieldKind(test.kind)].source.said(language),
        "late_source": rules().late.source.said(language),
        "forms": [] if plans else _forms(test, form),
        "ended": test.state in ENDED,
        "evidence": test.evidence.filter(removed_at=None).select_related("upload", "by").order_by("id"),
        "plans": plans,
    }


def _related(found: QuerySet[FieldTest]) -> FieldTest | None:
    return found.select_related("entry", "round", "script__by", "person", "assignment").first()


def _forms(test: FieldTest, sent: StepForm | None) -> list[StepForm]:
    kinds = [
        kind
        for kind in STEPS.get(test.state, ())
        if kind is not FieldStepKind.EXTENDED or rules().kinds[FieldKind(test.kind)].extension
    ]
    made = [sent if sent is not None and sent.kind is kind else StepForm(kind) for kind in kinds]
    return made if sent is None or sent.kind in kinds else [sent, *made]


def _rows(test: FieldTest, *, plans: bool) -> list[StepRow]:
    steps = list(test.steps.select_related("by").order_by("id"))
    struck = {step.strikes_id for step in steps if step.strikes_id}
    return [
        StepRow(step, step.pk in struck, step.pk not in struck and _may_strike(test, step, plans)) for step in steps
    ]


def _may_strike(test: FieldTest, step: FieldStep, plans: bool) -> bool:
    if step.kind in {FieldStepKind.PLANNED, FieldStepKind.STRUCK}:
        return False
    if step.kind == FieldStepKind.CLOSED:
        return plans
    return not plans and (test.state not in ENDED or step.kind == FieldStepKind.WITHDRAWN)
