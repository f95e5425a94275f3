"""A body's registrations, and beginning one."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import registrations
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Round
from govgauge.office.queries import registrations as query
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Column, in_order, listed
from govgauge.web.templatetags.shown import tongue

COLUMNS = (
    Column("", _("报名单位")),
    Column("", _("评估"), wide=True),
    Column("", _("网站"), wide=True),
    Column("", _("状态")),
    Column("", _("时间"), wide=True),
)
MOST_SUGGESTIONS = 500


class NewForm(forms.Form):
    """Which body registers for which round."""

    round = forms.ChoiceField(label=_("评估"))
    key = forms.CharField(
        label=_("报名单位"),
        max_length=200,
        help_text=_("写明上级和名称，用“/”分开，如 某省/某市/某县；名单中已有的可以直接选择。"),
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )

    def __init__(self, rounds: list[Round], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["round"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [(str(one.pk), one.title) for one in rounds]


@page(Verb.REGISTER)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All registrations of the bodies for which the reader may register."""
    acting = acting_of(request)
    found = query.mine(acting)
    listing = listed(
        request,
        found,
        COLUMNS,
        sort="",
        filters=(),
        total=found.count(),
        rows=lambda numbers: in_order(found, numbers),
    )
    return render(request, "registrations/own.html", {"listing": listing, "rounds": _rounds(acting)})


@page(Verb.REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose round and body; the form follows."""
    acting = acting_of(request)
    rounds = _rounds(acting)
    scopes = sorted({scope for _reach, scope in acting.reaches(Verb.REGISTER)})
    initial = {"round": request.GET.get("round", ""), "key": scopes[0] if scopes else ""}
    form = NewForm(rounds, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        round_ = next(one for one in rounds if str(one.pk) == form.cleaned_data["round"])
        try:
            made = registrations.draft(acting, round_, form.cleaned_data["key"])
        except Unusable as error:
            form.add_error(None, tongue(str(error)))
        else:
            return HttpResponseRedirect(reverse("registration", args=[made.pk]))
    keys = {key for one in rounds for key in _keys(acting, one)} | set(scopes)
    shown = {"form": form, "rounds": rounds, "keys": sorted(keys)}
    return render(request, "registrations/new.html", shown, status=422 if form.errors else 200)


def _rounds(acting: Acting) -> list[Round]:
    """Rounds for which somebody may register a body today."""
    return [
        one
        for one in Round.objects.order_by("-id").prefetch_related("stages")
        if acting.may(Verb.REGISTER, round_=one) and not registrations.is_open(one)
    ]


def _keys(acting: Acting, round_: Round) -> list[str]:
    found = acting.entries(Verb.REGISTER, round_).order_by("key")
    return list(found.values_list("key", flat=True)[:MOST_SUGGESTIONS])
