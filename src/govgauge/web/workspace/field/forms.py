"""What is asked at each step of a field test."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.office.domain.field_steps import FieldReport
from govgauge.office.field_rules import rules
from govgauge.office.models import FieldKind, FieldStepKind
from govgauge.web.workspace.asked import told_language

FIELDS: dict[FieldStepKind, tuple[str, ...]] = {
    FieldStepKind.SENT: ("day", "receipt", "note"),
    FieldStepKind.RECEIVED: ("day", "receipt", "note"),
    FieldStepKind.EXTENDED: ("day", "workdays", "note"),
    FieldStepKind.ANSWERED: ("day", "note"),
    FieldStepKind.GRADED: ("grade", "note"),
}
TITLES: dict[FieldStepKind, Promise] = {
    FieldStepKind.SENT: _("登记发出"),
    FieldStepKind.RECEIVED: _("登记回执"),
    FieldStepKind.EXTENDED: _("登记告知延期"),
    FieldStepKind.ANSWERED: _("登记答复"),
    FieldStepKind.GRADED: _("评定答复质量"),
}
HINTS: dict[FieldStepKind, Promise] = {
    FieldStepKind.SENT: _("照上面的内容发出后，在这里登记；期限从次日起算。"),
    FieldStepKind.RECEIVED: _("对方确认收到的日期；有回执的，期限从收到的次日起算。"),
    FieldStepKind.EXTENDED: _("在到期日当天或之前告知的，到期日顺延；之后告知的不顺延。"),
    FieldStepKind.ANSWERED: _("收到答复的日期；请同时在下面上传截图或原文。"),
    FieldStepKind.GRADED: _("对照各级的说明，选最贴近的一级。"),
}
NOTES: dict[FieldStepKind, Promise] = {
    FieldStepKind.ANSWERED: _("答复内容摘要"),
    FieldStepKind.GRADED: _("依据（必填）"),
}


class StepForm(forms.Form):
    """A step of a kind, with the version of the test that its reader saw."""

    def __init__(self, kind: FieldStepKind, *arguments: Any, **more: Any) -> None:
        more["auto_id"] = f"{kind.value}-%s"
        super().__init__(*arguments, **more)
        self.kind = kind
        self.title, self.hint = TITLES[kind], HINTS[kind]
        note: Any = NOTES.get(kind, _("说明"))
        made: dict[str, Callable[[], forms.Field]] = {
            "day": lambda: forms.DateField(
                label=_("日期"),
                initial=timezone.localdate,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": f"{timezone.localdate()}"}),
            ),
            "receipt": lambda: forms.CharField(label=_("回执或受理编号"), max_length=80, required=False),
            "workdays": lambda: forms.IntegerField(
                label=_("延长几个工作日"),
                min_value=1,
                max_value=rules().kinds[FieldKind.DISCLOSURE].extension,
                initial=rules().kinds[FieldKind.DISCLOSURE].extension,
            ),
            "grade": lambda: forms.ChoiceField(
                label=_("质量"),
                widget=forms.RadioSelect,
                choices=[(one.grade, f"{one.grade}　{one.said(told_language())}") for one in rules().grades],
            ),
            "note": lambda: forms.CharField(
                label=note,
                required=kind is FieldStepKind.GRADED,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
        }
        for name in FIELDS[kind]:
            self.fields[name] = made[name]()

    def report(self) -> FieldReport:
        """The step as the office takes it. `is_valid` must have been asked."""
        told = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return FieldReport(**{"kind": self.kind, "day": timezone.localdate(), **told})


class EvidenceForm(forms.Form):
    """A piece of evidence: an address with an excerpt, a file, or both."""

    address = forms.URLField(label=_("网址"), max_length=2000, required=False, assume_scheme="https")
    excerpt = forms.CharField(
        label=_("摘录"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(label=_("截图或文件"), required=False, help_text=_("PNG、JPEG、PDF 等，最大 20 MB。"))
