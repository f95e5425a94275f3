"""The rules of a call: opened with those of an earlier year, edited, with their history."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from msgspec import Struct, to_builtins

from govgauge.errors import Unusable
from govgauge.office import case_presets
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_calls
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, CaseRules
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.screening.rules_form import RulesForm, names_of, settings_of, shown_in


class Version(Struct, frozen=True):
    """A version of the rules in the history: who, when, and what it changed."""

    row: CaseRules
    changed: list[str]


@page(Verb.RUN_ROUND)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules that hold, or those of a preset to begin with."""
    round_, acting = round_of(slug), acting_of(request)
    call = CaseCall.objects.select_related("round").filter(round=round_).first()
    preset = request.GET.get("preset", "")
    preset = preset if preset in case_presets.book().presets else ""
    history = list(call.rules.select_related("by").order_by("-id")) if call else []
    form: forms.Form = RulesForm(request.POST or None, initial=_initial(call, preset, history))
    if request.method == "POST" and form.is_valid():
        try:
            if call is None:
                case_calls.open_call(acting, round_, form.cleaned_data["title"], settings_of(form.cleaned_data))
            elif form.cleaned_data["seen"] != history[0].pk:
                raise Unusable("别人刚刚改过评选办法；请刷新后在新的上面修改 (somebody else has just changed it).")
            else:
                before = to_builtins(case_calls.rules_of(call))
                case_calls.change_rules(acting, call, {**before, **settings_of(form.cleaned_data)})
        except Unusable as error:
            form.add_error(None, tongue(str(error)))
        else:
            messages.success(request, _("评选办法已保存，从现在起按它进行。"))
            return HttpResponseRedirect(reverse("case-rules", args=[slug]))
    shown = {
        "round": round_,
        "call": call,
        "form": form,
        "presets": case_presets.book().presets,
        "preset": preset,
        "sources": _sources(preset),
        "versions": _versions(history),
    }
    return render(request, "screening/rules.html", shown, status=422 if form.errors else 200)


def _initial(call: CaseCall | None, preset: str, history: list[CaseRules]) -> dict[str, object]:
    rules = case_calls.rules_of(call) if call else CaseSettings()
    title = call.title if call else ""
    if preset or call is None:
        year = preset or "2025"
        rules = case_calls.checked({**case_presets.settings_of(year), **({} if call is None else _days(rules))})
        title = title or case_presets.book().presets[year].title
    return {**shown_in(rules), "title": title, "seen": history[0].pk if history else 0}


def _days(rules: CaseSettings) -> dict[str, object]:
    told = to_builtins(rules)
    return {name: told[name] for name in ("nomination", "panel", "vote")}


def _sources(preset: str) -> list[str]:
    if not preset:
        return []
    book = case_presets.book()
    one = book.presets[preset]
    return [one.told, *(f"{book.sets[name].family}：{book.sets[name].place}" for name in one.sets)]


def _versions(history: list[CaseRules]) -> list[Version]:
    made = []
    for at, row in enumerate(history):
        before = history[at + 1].settings if at + 1 < len(history) else {}
        names = [name for name in row.settings if row.settings[name] != before.get(name)]
        made.append(Version(row, names_of(names) if before else []))
    return made
