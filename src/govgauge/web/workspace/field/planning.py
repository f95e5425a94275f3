"""Planning the field tests of a round: its scripts, what it has settled, and tests made for assignments."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import field_scripts, field_tests
from govgauge.office.domain.codings import WRITABLE
from govgauge.office.domain.field_tests import Wish
from govgauge.office.domain.permissions import Verb
from govgauge.office.field_rules import rules
from govgauge.office.models import Assignment, FieldChannel, FieldScript, FieldState, Round
from govgauge.office.queries import field_tests as query
from govgauge.office.queries.entries import groups_of
from govgauge.web import told, words
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of, told_language


class PlanForm(forms.Form):
    """For which assignments tests are made, and how they are sent."""

    script = forms.ModelChoiceField(FieldScript.objects.none(), label=gettext_lazy("话术"))
    group = forms.ChoiceField(label=gettext_lazy("分组"), required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("渠道"), choices=lambda: [(one.value, words.FIELD_CHANNELS[one]) for one in FieldChannel]
    )
    identity = forms.CharField(
        label=gettext_lazy("以什么身份"),
        max_length=120,
        help_text=gettext_lazy("写化名和身份，不写真实的证件号码，如“普通市民（化名王女士）”。"),
    )
    day = forms.DateField(
        label=gettext_lazy("从哪一天起发出"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, round_: Round, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        fields: Any = self.fields
        held = [one.pk for one in query.scripts(round_)]
        fields["script"].queryset = FieldScript.objects.filter(pk__in=held).order_by("name")
        fields["script"].label_from_instance = lambda one: f"{one.name}（{one.check_id}，v{one.version}）"
        fields["group"].choices = [("", _("全部")), *((name, name) for name in groups_of(round_))]


class PolicyForm(forms.Form):
    """What a round settles about its tests."""

    monthly_limit = forms.IntegerField(
        label=gettext_lazy("每个单位每月最多几项"),
        min_value=1,
        max_value=20,
        help_text=gettext_lazy("各次评估合计；超出的顺延到下个月，以免给对方添负担。"),
    )
    enquiry_workdays = forms.IntegerField(
        label=gettext_lazy("咨询应在几个工作日内答复"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=gettext_lazy("留空按规则：三个月。"),
    )
    remind_days = forms.IntegerField(label=gettext_lazy("到期前几个工作日提醒"), min_value=0, max_value=30)


@page(Verb.PLAN_COLLECTION)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Scripts, settlement, and the form that makes tests."""
    return _page(request, round_of(slug))


@page(Verb.PLAN_COLLECTION)
@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Make tests for the assignments that have none yet."""
    round_ = round_of(slug)
    form = PlanForm(round_, request.POST)
    if form.is_valid():
        told_ = form.cleaned_data
        wish = Wish(channel=FieldChannel(told_["channel"]), identity=told_["identity"], day=told_["day"])
        places = field_tests.places_of(_waiting(told_["script"], told_["group"]))
        try:
            made = field_tests.plan(acting_of(request), told_["script"], places, wish)
        except Unusable as fault:
            form.add_error(None, tongue(str(fault)))
        else:
            later = sum(test.day != wish.day for test in made)
            sentence = _("安排了 %(n)s 项实测，其中 %(later)s 项顺延到以后的月份。") % {"n": len(made), "later": later}
            return told.done(request, lambda: None, sentence, reverse("round-field-tests", args=[slug]))
    return _page(request, round_, form=form)


@page(Verb.PLAN_COLLECTION)
@require_POST
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what the round settles."""
    round_ = round_of(slug)
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, policy_form=form)
    return told.done(
        request,
        lambda: field_scripts.settle(acting_of(request), round_, **form.cleaned_data),
        _("已保存。"),
        reverse("field-plan", args=[slug]),
    )


def _waiting(script: FieldScript, group: str) -> QuerySet[Assignment]:
    """The assignments of a script's check for which nothing was planned yet."""
    found = Assignment.objects.filter(round=script.round, check_id=script.check_id, state__in=WRITABLE)
    if group:
        found = found.filter(entry__group=group)
    begun = script.round.field_tests.exclude(state=FieldState.WITHDRAWN).exclude(assignment=None)
    return (
        found.exclude(pk__in=begun.values("assignment"))
        .select_related("entry__round", "person")
        .order_by("entry__group", "entry__key")
    )


def _page(
    request: HttpRequest, round_: Round, form: PlanForm | None = None, policy_form: PolicyForm | None = None
) -> HttpResponse:
    policy = field_scripts.policy_of(round_)
    initial = {name: getattr(policy, name) for name in ("monthly_limit", "enquiry_workdays", "remind_days")}
    language = told_language()
    shown = {
        "round": round_,
        "scripts": query.scripts(round_),
        "form": form or PlanForm(round_),
        "policy_form": policy_form or PolicyForm(initial=initial),
        "grades": [(one.grade, one.said(language), one.value) for one in rules().grades],
        "kinds": [(words.FIELD_KINDS[kind], rule.source.said(language)) for kind, rule in rules().kinds.items()],
        "rules": rules(),
    }
    failed = any(one is not None and one.errors for one in (form, policy_form))
    return render(request, "field/planning.html", shown, status=422 if failed else 200)
