"""What collectors are told of each check: a list, and a form for one."""

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from govgauge.errors import Unusable
from govgauge.office.check_work import CheckWork, told, works
from govgauge.office.domain import check_guides
from govgauge.office.domain.check_guides import Told
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import AnswerForm, Round
from govgauge.office.queries.check_guides import guides_of, systems_of
from govgauge.web import words
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of


class GuideForm(forms.Form):
    """What is told of a check."""

    form = forms.ChoiceField(choices=[(one.value, one.value) for one in AnswerForm])
    minutes = forms.IntegerField(min_value=1, max_value=check_guides.MOST_MINUTES)
    tolerance = forms.DecimalField(min_value=Decimal(0), max_value=Decimal(1), decimal_places=3)
    how = forms.CharField(required=False, max_length=check_guides.LONGEST)
    good = forms.CharField(required=False, max_length=check_guides.LONGEST)
    bad = forms.CharField(required=False, max_length=check_guides.LONGEST)
    version = forms.IntegerField(min_value=0)

    def told(self) -> Told:
        """The values. `is_valid` must have been asked."""
        values = {name: self.cleaned_data[name] for name in Told.__struct_fields__}
        return Told(**{**values, "form": AnswerForm(values["form"])})


@page(Verb.EDIT_INDICATORS)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Every check that people answer in a round, with what is told of it."""
    round_ = round_of(slug)
    guides = guides_of(round_)
    systems = [
        (system, [told(work, guides) for work in works(system, profile)]) for system, profile in systems_of(round_)
    ]
    return render(request, "collection/guides.html", {"round": round_, "systems": systems})


@page(Verb.EDIT_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, system: str, check: str) -> HttpResponse:
    """The form for a check."""
    round_ = round_of(slug)
    work = _work(round_, system, check)
    known = told(work, guides_of(round_))
    shown: dict[str, object] = {
        "round": round_,
        "work": work,
        "typed": known,
        "forms": words.ANSWER_FORMS.items(),
    }
    if request.method != "POST":
        return render(request, "collection/guide.html", shown)
    form = GuideForm(request.POST)
    fault = _("请核对分钟数和容差。")
    if form.is_valid():
        try:
            check_guides.tell(acting_of(request), round_, work, form.cleaned_data["version"], form.told())
        except Unusable as refused:
            fault = tongue(str(refused))
        else:
            messages.success(request, _("已记录。"))
            return HttpResponseRedirect(reverse("check-guides", args=[slug]))
    return render(request, "collection/guide.html", shown | {"typed": form.data, "fault": fault}, status=409)


def _work(round_: Round, system: str, check: str) -> CheckWork:
    for known, profile in systems_of(round_):
        for work in works(known, profile):
            if (known, work.check) == (system, check):
                return work
    raise Http404(_("没有这个要点；请从要点说明页选择。"))
