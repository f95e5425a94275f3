"""Scripts of a round: a new one, the next version of one."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from govgauge.errors import Unusable
from govgauge.office.domain import field_scripts
from govgauge.office.domain.field_scripts import LONGEST, PLACES, Script, ScriptClash
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import FieldKind, FieldScript, Round
from govgauge.web import told, words
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST, number_of, round_of


class ScriptForm(forms.Form):
    """What a script says."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    check_id = forms.CharField(
        label=gettext_lazy("评估要点"), max_length=40, help_text=gettext_lazy("要点的编号，如 2.1.3-4。")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), choices=lambda: [(one.value, words.FIELD_KINDS[one]) for one in FieldKind]
    )
    text = forms.CharField(
        label=gettext_lazy("正文"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}), strip=False
    )


@page(Verb.PLAN_COLLECTION)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A script of a new name."""
    return _written(request, round_of(slug), None)


@page(Verb.PLAN_COLLECTION)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The next version of a script, with those before it."""
    round_ = round_of(slug)
    found = round_.field_scripts.filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404(_("“%(name)s”中没有这份话术；请从名单中选择。") % {"name": slug})
    return _written(request, round_, found)


def _written(request: HttpRequest, round_: Round, script: FieldScript | None) -> HttpResponse:
    known = field_scripts.latest(round_, script.name) if script else None
    initial = {name: getattr(known, name) for name in ("name", "check_id", "kind", "text")} if known else {}
    form = ScriptForm(request.POST if request.method == "POST" else None, initial=initial)
    if known is not None:
        form.fields["name"].disabled = True
    clash: FieldScript | None = None
    if request.method == "POST" and form.is_valid():
        seen = number_of(request, "version")
        cleaned = {**form.cleaned_data, "kind": FieldKind(form.cleaned_data["kind"])}
        try:
            field_scripts.write(acting_of(request), round_, Script(**cleaned), max(0, seen))
        except Unusable as fault:
            form.add_error(None, tongue(str(fault)))
            clash = fault.known if isinstance(fault, ScriptClash) else None
        else:
            return told.done(request, lambda: None, _("话术已保存。"), reverse("field-plan", args=[round_.slug]))
    history = round_.field_scripts.filter(name=script.name).select_related("by").order_by("-version") if script else []
    shown = {
        "round": round_,
        "form": form,
        "script": known,
        "clash": clash,
        "version": known.version if known else 0,
        "history": history,
        "places": [f"{{{name}}}" for name in PLACES],
    }
    return render(request, "field/script.html", shown, status=409 if clash else 422 if form.errors else 200)
