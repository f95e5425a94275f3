"""One's nominations, and beginning one."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_places, nominations
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.permissions import Reach, Verb
from govgauge.office.models import CaseCall, Entry, NominationKind, RoundState
from govgauge.office.queries import cases as query
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Column, in_order, listed
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.nominations import words

COLUMNS = (
    Column("", _("案例")),
    Column("", _("单位")),
    Column("", _("推荐方式"), wide=True),
    Column("", _("状态")),
    Column("", _("时间"), wide=True),
)
MOST_SUGGESTIONS = 2000


class Way(Struct, frozen=True):
    """A call in which somebody may nominate in some way; `place` is where the body stands that they speak for."""

    call: CaseCall
    rules: CaseSettings
    kind: NominationKind
    bodies: tuple[str, ...]
    closed: str

    @property
    def value(self) -> str:
        """How the form names it."""
        return f"{self.call.pk}-{self.kind.value}"

    @property
    def title(self) -> str:
        """Its words."""
        return f"{self.call.title} · {words.KINDS[self.kind]}"


class Told(Struct, frozen=True):
    """The places of a body, as the page tells them."""

    call: str
    body: str
    places: case_places.Places


class NewForm(forms.Form):
    """In which call and way, and for which subject."""

    way = forms.ChoiceField(label=_("征集和推荐方式"))
    key = forms.CharField(
        label=_("参评单位"),
        max_length=400,
        help_text=_("案例算在哪个参评单位名下：写它在名单中的路径，如 某省/某市；可以直接选择。"),
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )

    def __init__(self, ways: list[Way], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [(one.value, one.title) for one in ways]


@page(Verb.NOMINATE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All nominations that are the reader's, and the places that their bodies have left."""
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
    ways = _ways(acting)
    shown = {
        "listing": listing,
        "ways": [one for one in ways if not one.closed],
        "closed": sorted({tongue(one.closed) for one in ways if one.closed}),
        "places": _places(ways),
        "states": words.STATES,
        "tones": words.TONES,
        "kinds": words.KINDS,
    }
    return render(request, "nominations/own.html", shown)


@page(Verb.NOMINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose call, way and subject; the form follows."""
    acting = acting_of(request)
    ways = [one for one in _ways(acting) if not one.closed]
    bodies = sorted({body for one in ways for body in one.bodies})
    form = NewForm(ways, request.POST or None, initial={"key": bodies[0] if bodies else ""})
    if request.method == "POST" and form.is_valid():
        way = next(one for one in ways if one.value == form.cleaned_data["way"])
        key = "/".join(part.strip() for part in form.cleaned_data["key"].split("/") if part.strip())
        entry = way.call.round.entries.filter(key=key).order_by("id").first()
        if entry is None:
            form.add_error("key", _("名单中没有这个单位；请从提示中选择。"))
        else:
            try:
                made = nominations.draft(acting, way.call, entry, way.kind)
            except Unusable as error:
                form.add_error(None, tongue(str(error)))
            else:
                return HttpResponseRedirect(reverse("nomination", args=[made.pk]))
    keys = sorted({key for one in ways for key in _keys(acting, one)})
    shown = {"form": form, "ways": ways, "keys": keys}
    return render(request, "nominations/new.html", shown, status=422 if form.errors else 200)


def _ways(acting: Acting) -> list[Way]:
    found = []
    for call in CaseCall.objects.exclude(round__state=RoundState.FROZEN).select_related("round").order_by("-id"):
        rules = rules_of(call)
        for kind in nominations.kinds(acting, call, rules):
            reaches = nominations.in_role(acting, kind).reaches(Verb.NOMINATE, call.round)
            bodies = tuple(sorted({scope for reach, scope in reaches if reach is Reach.OWN}))
            found.append(Way(call, rules, kind, bodies, nominations.closed(call, rules)))
    return found


def _keys(acting: Acting, way: Way) -> list[str]:
    found = nominations.in_role(acting, way.kind).entries(Verb.NOMINATE, way.call.round).order_by("key")
    return list(found.values_list("key", flat=True)[:MOST_SUGGESTIONS])


def _places(ways: list[Way]) -> list[Told]:
    told = []
    for way in ways:
        for body in way.bodies:
            entry = Entry.objects.filter(round=way.call.round, key=body).order_by("id").first()
            if entry is not None:
                told.append(Told(way.call.title, entry.name, case_places.places(way.call, way.rules, entry, way.kind)))
    return told
