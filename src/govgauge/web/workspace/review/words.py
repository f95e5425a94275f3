"""The words of these pages for values of the records."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from govgauge.analysis.agreement import Undefined
from govgauge.office.models import (
    Agreed,
    AnswerForm,
    AnswerSource,
    Confidence,
    ObjectionState,
    ObjectionStepKind,
    TrainingKind,
    Verdict,
)
from govgauge.web.workspace.collection.forms import SCALES, percent, plain

SOURCES: dict[str, Promise] = {
    AnswerSource.PROGRAM: _("自动检查，经人确认"),
    AnswerSource.CODING: _("采集"),
    AnswerSource.ADJUDICATION: _("裁定"),
    AnswerSource.OBJECTION: _("异议决定"),
    AnswerSource.CASES: _("案例加分"),
    "explanation": _("说明限期采用"),
    "audit": _("自动检查"),
}
CONFIDENCES: dict[str, Promise] = {
    Confidence.SURE: _("有把握"),
    Confidence.LIKELY: _("比较有把握"),
    Confidence.UNSURE: _("没有把握"),
}
VERDICTS: dict[str, Promise] = {Verdict.ACCEPTED: _("通过"), Verdict.REJECTED: _("退回")}
OBJECTION_STATES: dict[str, Promise] = {
    ObjectionState.FILED: _("待决定"),
    ObjectionState.WITHDRAWN: _("已撤回"),
    ObjectionState.UPHELD: _("采纳"),
    ObjectionState.EXPLAINED: _("说明成立，限期采用"),
    ObjectionState.DISMISSED: _("不采纳"),
}
OBJECTION_STEPS: dict[str, Promise] = {
    ObjectionStepKind.FILED: _("提出"),
    ObjectionStepKind.WITHDRAWN: _("撤回"),
    ObjectionStepKind.UPHELD: _("采纳"),
    ObjectionStepKind.EXPLAINED: _("说明成立，限期采用"),
    ObjectionStepKind.DISMISSED: _("不采纳"),
    ObjectionStepKind.PUBLISHED: _("公布"),
    ObjectionStepKind.LAPSED: _("说明失效"),
}
TRAININGS: dict[str, Promise] = {TrainingKind.ORDERED: _("需要再培训"), TrainingKind.CONFIRMED: _("已完成培训")}
AGREED: dict[str, Promise] = {Agreed.AT_ONCE: _("直接采用"), Agreed.AFTER_REVIEW: _("复核后采用")}
UNDEFINED: dict[str, Promise] = {
    Undefined.TOO_FEW: _("不足两对，无法计算"),
    Undefined.ONE_VALUE: _("全部是同一取值，无法计算"),
}
IN_PROGRESS = _("处理中")
"""What a body is told of a decision that is not published yet."""
WAITS = _("等待办公室二次审核")
"""The answer that rests on findings which a second person is still to confirm, as its body reads it."""


def value_words(value: Decimal | None, form: AnswerForm = AnswerForm.SHARE) -> str:
    """A value in words: those that the check is answered with, or a percentage; None does not apply."""
    if value is None:
        return gettext("不适用")
    known = {one: str(title) for one, title in SCALES[form]}.get(plain(value))
    return f"{known} · {percent(value)}%" if known else f"{percent(value)}%"
