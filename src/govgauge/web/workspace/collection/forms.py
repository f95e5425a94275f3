"""The forms in which answers come."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import Struct

from govgauge.office.domain.codings import LONGEST, Draft
from govgauge.office.models import AnswerForm, Confidence

NOT_APPLICABLE = "na"
SCALES: Mapping[AnswerForm, Sequence[tuple[str, Promise]]] = {
    AnswerForm.YES_NO: (
        ("1", gettext_lazy("是")),
        ("0.5", gettext_lazy("部分是")),
        ("0", gettext_lazy("否")),
    ),
    AnswerForm.SCALE: (
        ("1", gettext_lazy("完全做到")),
        ("0.75", gettext_lazy("大部分做到")),
        ("0.5", gettext_lazy("做到一半")),
        ("0.25", gettext_lazy("小部分做到")),
        ("0", gettext_lazy("没有做到")),
    ),
    AnswerForm.SHARE: (),
}
"""The answers that can be chosen; of a share the percentage is filled in."""


class Answer(Struct, frozen=True):
    """An answer that can be chosen: its value, its words, the digit that chooses it, and whether it is chosen."""

    value: str
    title: str
    digit: int
    chosen: bool


def plain(value: Decimal | None) -> str:
    """A value as it stands in a form."""
    return "" if value is None else f"{value.normalize():f}"


def percent(value: Decimal | None) -> str:
    """A share as a percentage."""
    return "" if value is None else f"{(value * 100).normalize():f}"


def answers(form: AnswerForm, draft: Draft) -> list[Answer]:
    """What can be chosen; a value that is none of these (from a spreadsheet, or before the form changed) comes last."""
    value = NOT_APPLICABLE if draft.not_applicable else plain(draft.value)
    known = [(one, str(title)) for one, title in SCALES[form]]
    if form is not AnswerForm.SHARE and value not in {"", NOT_APPLICABLE, *(one for one, _title in known)}:
        known.append((value, f"{percent(draft.value)}%"))
    known.append((NOT_APPLICABLE, _("不适用")))
    return [Answer(one, title, number, one == value) for number, (one, title) in enumerate(known, start=1)]


class CodingForm(forms.Form):
    """An answer as it is typed: everything may still be missing."""

    answer = forms.CharField(required=False, max_length=20)
    percent = forms.DecimalField(required=False, min_value=Decimal(0), max_value=Decimal(100), decimal_places=4)
    justification = forms.CharField(required=False, max_length=LONGEST, strip=False)
    confidence = forms.ChoiceField(required=False, choices=[("", ""), *Confidence.choices])
    private_note = forms.CharField(required=False, max_length=LONGEST, strip=False)
    version = forms.IntegerField(min_value=0)
    over = forms.IntegerField(required=False, min_value=0)
    """The version of somebody else's content that is to be replaced, once one has seen it."""

    def clean_answer(self) -> Decimal | str | None:
        """A number, NOT_APPLICABLE or nothing."""
        given = str(self.cleaned_data["answer"]).strip()
        if given in {"", NOT_APPLICABLE}:
            return given or None
        value: Decimal = forms.DecimalField(min_value=Decimal(0), max_value=Decimal(1), decimal_places=6).clean(given)
        return value

    def draft(self) -> Draft:
        """What was filled in. `is_valid` must have been asked."""
        cleaned = self.cleaned_data
        answer, share = cleaned["answer"], cleaned["percent"]
        not_applicable = answer == NOT_APPLICABLE
        value = None if not_applicable else share / 100 if share is not None else answer
        return Draft(
            value=value,
            not_applicable=not_applicable,
            justification=_lines(cleaned["justification"]),
            confidence=cleaned["confidence"],
            private_note=_lines(cleaned["private_note"]),
        )

    def seen(self) -> int:
        """The version that the collector knows of. `is_valid` must have been asked."""
        version, over = self.cleaned_data["version"], self.cleaned_data["over"]
        return int(version if over is None else over)

    def said(self) -> str:
        """What is wrong, in one sentence."""
        names = {"percent": _("比例"), "answer": _("取值"), "justification": _("理由"), "private_note": _("私人备注")}
        return "；".join(f"{names.get(name, name)}：{faults[0]}" for name, faults in self.errors.items())


def coding_form(data: QueryDict) -> CodingForm:
    """The form of a request."""
    return CodingForm(data)


def _lines(text: str) -> str:
    """A text of a form with the line ends that we keep."""
    return text.replace("\r\n", "\n").replace("\x00", "")
