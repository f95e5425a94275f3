"""The forms in which reviewers, adjudicators and bodies say something."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import Struct

from govgauge.office.models import Agreed, AnswerForm, ObjectionState
from govgauge.web.workspace.collection.forms import NOT_APPLICABLE, SCALES
from govgauge.web.workspace.review.words import AGREED, OBJECTION_STATES

LONG_TEXT = forms.Textarea(attrs={"rows": 4})
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Choice(Struct, frozen=True):
    """A value that can be chosen, and whether it is."""

    value: str
    title: str
    chosen: bool


class ValueForm(forms.Form):
    """A value, chosen or filled in as a percentage, with the reason for it."""

    answer = forms.CharField(required=False, max_length=20)
    percent = forms.DecimalField(required=False, min_value=Decimal(0), max_value=Decimal(100), decimal_places=4)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=5000, widget=LONG_TEXT)

    def __init__(self, form: AnswerForm, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form

    @property
    def scaled(self) -> bool:
        """Whether there are values to choose from."""
        return bool(SCALES[self.form])

    def choices(self) -> list[Choice]:
        """What can be chosen."""
        chosen = self.data.get("answer", "")
        known = [*((one, str(title)) for one, title in SCALES[self.form]), (NOT_APPLICABLE, _("不适用"))]
        return [Choice(one, title, one == chosen) for one, title in known]

    def clean_answer(self) -> Decimal | str:
        """A number, NOT_APPLICABLE or nothing."""
        given = str(self.cleaned_data["answer"]).strip()
        if given in {"", NOT_APPLICABLE}:
            return given
        value: Decimal = forms.DecimalField(min_value=Decimal(0), max_value=Decimal(1), decimal_places=6).clean(given)
        return value

    def has_value(self) -> bool:
        """Whether anything was chosen or filled in."""
        return self.cleaned_data.get("answer", "") != "" or self.cleaned_data.get("percent") is not None

    def value(self) -> Decimal | None:
        """The value; None where the check does not apply."""
        share, answer = self.cleaned_data.get("percent"), self.cleaned_data.get("answer", "")
        if answer == NOT_APPLICABLE:
            return None
        return Decimal(share) / 100 if share is not None else Decimal(answer)


class AdjudicationForm(ValueForm):
    """A decision between two coders."""

    def clean(self) -> dict[str, Any]:
        """A value is needed."""
        if not self.has_value():
            raise ValidationError(_("请选择取值，或填写百分比。"))
        return self.cleaned_data


class DecisionForm(ValueForm):
    """A decision of an objection."""

    decision = forms.ChoiceField(
        choices=[
            (one, OBJECTION_STATES[one])
            for one in (ObjectionState.UPHELD, ObjectionState.EXPLAINED, ObjectionState.DISMISSED)
        ]
    )
    until = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """A value is needed unless it is dismissed."""
        if self.cleaned_data.get("decision") != ObjectionState.DISMISSED and not self.has_value():
            raise ValidationError(_("采纳时请选择取值，或填写百分比。"))
        return self.cleaned_data


class PolicyForm(forms.Form):
    """How a round is reviewed."""

    agreed = forms.ChoiceField(label=gettext_lazy("两人一致的答案"), choices=[(one, AGREED[one]) for one in Agreed])
    alpha_below = forms.DecimalField(
        label=gettext_lazy("α 低于此值时再培训"),
        required=False,
        min_value=Decimal(-1),
        max_value=Decimal(1),
        decimal_places=3,
    )
    rejection_above = forms.DecimalField(
        label=gettext_lazy("退回率高于此值（%）时再培训"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=1,
    )
    fewest = forms.IntegerField(label=gettext_lazy("至少有多少对或多少次复核才比较"), min_value=2, max_value=1000)


class PeriodForm(forms.Form):
    """The days of objections."""

    starts = forms.DateField(label=gettext_lazy("起日"), widget=DAY)
    ends = forms.DateField(label=gettext_lazy("止日（含）"), widget=DAY)


def said(form: forms.Form) -> str:
    """What is wrong with a form, in one sentence."""
    names = {"percent": _("比例"), "answer": _("取值"), "reason": _("理由"), "until": _("截止日期")}
    names |= {name: str(field.label) for name, field in form.fields.items() if field.label}
    return "；".join(
        str(faults[0]) if name == "__all__" else f"{names.get(name, name)}：{faults[0]}"
        for name, faults in form.errors.items()
    )
