"""The start page: for each role what is to do now, the stages of the rounds under way, and the rounds themselves."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.publication_documents import DIAGNOSIS
from govgauge.office.models import (
    CertificateState,
    Entry,
    Publication,
    PublicationState,
    PublishedDocument,
    RoleKind,
    Round,
)
from govgauge.office.queries import certificates, overview, todo
from govgauge.web import words
from govgauge.web.access import acting_of, page
from govgauge.web.role_choice import CHOSEN, chosen_kind
from govgauge.web.workspace.rounds import Card, Stage, bar, stages
from govgauge.web.workspace.start import links


class TodoRow(Struct, frozen=True):
    """Something to do as the page shows it."""

    todo: todo.Todo
    title: str
    address: str


class Way(Struct, frozen=True):
    """Where one's own pages are: of whom, and their addresses by their titles."""

    of: str
    pages: dict[str, str]


class RoleWork(Struct, frozen=True):
    """What is to do in a role; `where` says for which bodies or regions, `ways` lead to what is there at any time."""

    kind: RoleKind
    title: str
    where: str
    rows: list[TodoRow]
    ways: list[Way]


class TimeLine(Struct, frozen=True):
    """The stages of a round under way."""

    round: Round
    stages: list[Stage]


@page(None)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What is to do now, and the rounds that the reader may see."""
    acting = acting_of(request)
    rounds = todo.open_rounds(acting)
    kinds = todo.kinds(acting)
    chosen = chosen_kind(request, kinds)
    several = len({one.pk for one in rounds}) > 1
    shown = {
        "work": [_work(acting, kind, rounds) for kind in kinds if chosen in {"", kind}],
        "several": several,
        "lines": [TimeLine(one, found) for one in rounds if (found := stages(one))],
        "cards": _cards(acting),
        "sees_rounds": acting.may(Verb.SEE_ROUND),
        "runs_rounds": acting.may(Verb.RUN_ROUND),
    }
    return render(request, "start/start.html", shown)


@page(None)
@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """Look at the work of one role, or of all; what one may do stays the same."""
    kind = request.POST.get("kind", "")
    held = todo.kinds(acting_of(request))
    if kind and kind not in held:
        messages.error(request, _("您没有这个角色；请从自己的角色中选择。"))
    else:
        request.session[CHOSEN] = kind
    return HttpResponseRedirect(reverse("start"))


def _work(acting: Acting, kind: RoleKind, rounds: list[Round]) -> RoleWork:
    found = todo.todos(acting, kind, rounds, timezone.localdate())
    where = "、".join(sorted({role.scope for role in acting.roles if role.kind == kind and role.scope}))
    rows = [TodoRow(one, links.title(one), links.address(one)) for one in found]
    return RoleWork(kind, str(words.ROLES[kind]), where, rows, _ways(acting, kind, rounds))


def _ways(acting: Acting, kind: RoleKind, rounds: list[Round]) -> list[Way]:
    if kind == RoleKind.ASSESSED:
        return [*map(_own, todo.own_entries(acting, rounds)), *_certificates(acting), *_diagnoses(acting)]
    if kind == RoleKind.SUPERVISOR:
        mine = [one for one in rounds if acting.may(Verb.SEE_REGION, round_=one)]
        regions = [Way(one.title, {_("地区情况"): reverse("region", args=[one.slug])}) for one in mine]
        return [*regions, *_diagnoses(acting)]
    return []


def _certificates(acting: Acting) -> list[Way]:
    """The way to the certificates of one's bodies, where there are any: they come when a round is over."""
    count = certificates.own(acting).filter(state=CertificateState.VALID).count()
    pages = {_("查看和下载（%(n)s 份）") % {"n": count}: reverse("my-certificates")}
    return [Way(_("我们的证书"), pages)] if count else []


def _diagnoses(acting: Acting) -> list[Way]:
    """The ways to the diagnoses of one's bodies in each round that is public."""
    made = PublishedDocument.objects.filter(publication=OuterRef("pk"), kind=DIAGNOSIS)
    public = Publication.objects.filter(Exists(made), state=PublicationState.PUBLIC).select_related("round")
    rounds = [one.round for one in public.order_by("-as_of")]
    pages = {
        one.title: reverse("diagnoses", args=[one.slug]) for one in rounds if acting.may(Verb.SEE_ENTRY, round_=one)
    }
    return [Way(_("我们的诊断报告"), pages)] if pages else []


def _own(entry: Entry) -> Way:
    place = [entry.round.slug, entry.pk]
    pages = {
        _("网站档案"): reverse("site-file", args=place),
        _("自查"): reverse("self-checks", args=place),
        _("问题整改"): reverse("remedies", args=[entry.round.slug]),
    }
    return Way(f"{entry.name} · {entry.round.title}", pages)


def _cards(acting: Acting) -> list[Card]:
    if not acting.may(Verb.SEE_ROUND):
        return []
    return [
        Card(one, bar(one.done, 0, 0, 0, one.failed, one.running, one.waiting))
        for one in overview.rounds()
        if acting.may(Verb.SEE_ROUND, round_=one.round)
    ]
