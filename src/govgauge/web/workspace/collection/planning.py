"""Planning the collection of a round: who has how much, plans previewed and done, work moved, deadlines changed."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.coding_plan import Wanted
from govgauge.office.domain import batches, boards, coding_plans
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Batch, BatchCut, Person, Round
from govgauge.office.queries import coding_load
from govgauge.office.queries.entries import groups_of
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of

MOST_BY_PAGE = 200_000
"""Assignments planned by a page; more are a matter for the command line."""


DIGITS = 18
"""Of a number: longer ones are those of nothing, and no number for a database."""


class PlanForm(forms.Form):
    """What is to be planned."""

    cut = forms.ChoiceField(
        label=gettext_lazy("分批"),
        choices=[
            (BatchCut.INDICATOR, gettext_lazy("按指标：一人看同一指标的许多对象")),
            (BatchCut.ENTRY, gettext_lazy("按对象：一人看同一对象的许多指标")),
        ],
    )
    due = forms.DateField(label=gettext_lazy("期限"), widget=forms.DateInput(attrs={"type": "date"}))
    share = forms.DecimalField(
        label=gettext_lazy("双人采集（%）"), min_value=0, max_value=100, decimal_places=1, initial=10
    )
    indicators = forms.CharField(label=gettext_lazy("只分派这些指标（编号，可空）"), required=False, max_length=400)
    groups = forms.MultipleChoiceField(label=gettext_lazy("只分派这些组（不选为全部）"), required=False)
    people = forms.TypedMultipleChoiceField(label=gettext_lazy("采集员"), coerce=int)

    def __init__(self, round_: Round, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type]
        known = [(person.id, person.name) for person in coding_plans.collectors(round_)]
        self.fields["people"].choices = known  # type: ignore[attr-defined]
        self.fields["groups"].choices = [(name, name) for name in groups_of(round_)]  # type: ignore[attr-defined]
        for name in ("people", "groups"):
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=self.fields[name].choices)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The wish. `is_valid` must have been asked."""
        cleaned = self.cleaned_data
        return Wanted(
            cut=BatchCut(cleaned["cut"]),
            people=tuple(sorted(cleaned["people"])),
            share=cleaned["share"] / 100,
            due=cleaned["due"],
            groups=tuple(cleaned["groups"]),
            indicators=tuple(cleaned["indicators"].replace("，", " ").replace(",", " ").split()),
        )


@page(Verb.PLAN_COLLECTION)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has how much, and how far the batches are."""
    round_ = round_of(slug)
    form = PlanForm(round_, initial={"people": list(coding_plans.collectors(round_).values_list("id", flat=True))})
    return render(request, "collection/planning.html", _shown(round_, form))


@page(Verb.PLAN_COLLECTION)
@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Preview a plan; with the digest of one that was previewed, carry it out."""
    round_ = round_of(slug)
    form = PlanForm(round_, request.POST)
    if not form.is_valid():
        return render(request, "collection/planning.html", _shown(round_, form), status=400)
    acting, digest = acting_of(request), request.POST.get("digest", "")
    try:
        if digest and "do" in request.POST:
            done = coding_plans.carry_out(acting, round_, form.wanted(), digest)
            boards.renew(round_)
            messages.success(request, _("已分派 %(n)s 项。") % {"n": done.count})
            return HttpResponseRedirect(reverse("collection-plan", args=[slug]))
        proposal = coding_plans.propose(acting, round_, form.wanted())
        if proposal.count > MOST_BY_PAGE:
            raise Unusable(
                f"一次要分派 {proposal.count} 项，太多；请分组分派，或用命令 govgauge collect plan (too many)."
            )
    except Unusable as fault:
        return render(
            request, "collection/planning.html", _shown(round_, form) | {"fault": tongue(str(fault))}, status=409
        )
    return render(request, "collection/planning.html", _shown(round_, form) | {"proposal": proposal})


@page(Verb.PLAN_COLLECTION)
@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what somebody has not begun to others."""
    round_ = round_of(slug)
    leaver = _person(request.POST.get("from", ""))
    chosen = [int(number[:DIGITS]) for number in request.POST.getlist("to") if number.isdecimal()]
    try:
        moved = batches.move(acting_of(request), round_, leaver, chosen, begun="begun" in request.POST)
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
    else:
        boards.renew(round_)
        facts = {"n": sum(moved.to.values()), "begun": moved.begun, "stuck": moved.stuck}
        messages.success(request, _("已改派 %(n)s 项；%(begun)s 项已开始，仍归原人；%(stuck)s 项没有人可接。") % facts)
    return HttpResponseRedirect(reverse("collection-plan", args=[slug]))


@page(Verb.PLAN_COLLECTION)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A batch: its history, another deadline, a rest."""
    round_ = round_of(slug)
    found = Batch.objects.filter(id=number, round=round_).first()
    if found is None:
        raise Http404(_("没有这一批；请从分派页选择。"))
    fault = ""
    if request.method == "POST":
        fault = _changed(request, found)
        if not fault:
            return HttpResponseRedirect(reverse("collection-batch", args=[slug, number]))
    shown = {
        "round": round_,
        "batch": found,
        "steps": found.steps.select_related("by").order_by("-id")[:50],
        "loads": coding_load.of_batch(found, timezone.localdate()),
        "fault": fault,
    }
    return render(request, "collection/batch.html", shown, status=409 if fault else 200)


class DeadlineForm(forms.Form):
    """Another deadline."""

    due = forms.DateField()


def _changed(request: HttpRequest, found: Batch) -> str:
    """Change a batch as asked; why it could not be done."""
    acting, reason = acting_of(request), request.POST.get("reason", "").replace("\x00", "")
    try:
        if "hold" in request.POST:
            batches.hold(acting, found, reason)
        elif "let-go" in request.POST:
            batches.let_go(acting, found, reason)
        else:
            form = DeadlineForm(request.POST)
            if not form.is_valid():
                return _("请填写期限，如 2025-12-20。")
            batches.set_deadline(acting, found, form.cleaned_data["due"], reason)
    except Unusable as fault:
        return tongue(str(fault))
    messages.success(request, _("已记录。"))
    return ""


def _shown(round_: Round, form: PlanForm) -> dict[str, object]:
    today = timezone.localdate()
    count = boards.current(round_)
    people = coding_load.people(count.board)
    return {
        "round": round_,
        "form": form,
        "today": today,
        "people": people,
        "batches": coding_load.batches(round_, count.board),
        "made_at": count.made_at,
        "collectors": list(coding_plans.collectors(round_)),
        "most": max((one.load.minutes for one in people), default=0),
    }


def _person(number: str) -> Person:
    found = Person.objects.filter(id=int(number[:DIGITS])).first() if number.isdecimal() else None
    if found is None:
        raise Http404(_("没有这个人；请从分派页选择。"))
    return found
