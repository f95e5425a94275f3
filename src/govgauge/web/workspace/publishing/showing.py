"""The page of a round's versions: what was prepared and published, what goes on, and the files that were made."""

from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseStopPolling
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import publishing_runs
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.publication_documents import DIAGNOSIS, MADE_FOR, made_of
from govgauge.office.models import (
    Publication,
    PublicationState,
    PublicationStep,
    PublishedDocument,
    PublishingRun,
    Round,
    RoundState,
)
from govgauge.office.models.publications import NEWEST
from govgauge.web.access import page
from govgauge.web.workspace.asked import LARGEST, round_of
from govgauge.web.workspace.publishing.files import sent


class Kind(Struct, frozen=True):
    """The newest files of one kind, in their forms; `is_old`: another edition of the program would make others now.
    `before` are those of before, which stay at their addresses."""

    title: str
    files: tuple[PublishedDocument, ...]
    is_old: bool
    before: tuple[PublishedDocument, ...]


class Version(Struct, frozen=True):
    """A version with what happened to it, its reports, how many diagnoses, and what can be done with it."""

    made: Publication
    steps: tuple[PublicationStep, ...]
    reports: tuple[Kind, ...]
    diagnoses: int
    diagnosed: int
    """Subjects that have a diagnosis."""
    megabytes: float
    may_publish: bool
    may_withdraw: bool
    may_make: bool
    may_restore: bool
    replaces: int | None
    """The version that is public now, when this one is another."""
    is_outdated: bool
    tells_single: bool
    """Whether answers and findings are told of anybody."""


@page(Verb.RUN_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions of a round, the last one first."""
    round_ = round_of(slug)
    last = publishing_runs.last(round_)
    shown = {
        "round": round_,
        "versions": versions(round_),
        "is_frozen": round_.state == RoundState.FROZEN and bool(round_.tables_hash),
        "issuer": _issuer(),
        **_going_on(last),
    }
    return render(request, "publishing/show.html", shown)


@page(Verb.RUN_ROUND)
@require_safe
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """What goes on now; when it has ended the page is loaded anew, and nobody asks any more."""
    round_ = round_of(slug)
    told = _going_on(publishing_runs.last(round_))
    answer = render(request, "publishing/run.html", {"round": round_, **told})
    answer.headers["Cache-Control"] = "no-store"
    if told["is_under_way"]:
        return answer
    ended = HttpResponseStopPolling(answer.content)
    ended.headers["HX-Refresh"] = "true"
    return ended


@page(Verb.RUN_ROUND)
@require_safe
def document(request: HttpRequest, slug: str, number: int, document: int) -> HttpResponseBase:  # noqa: ARG001
    """A file of a version, also before it is public."""
    found = PublishedDocument.objects.select_related("publication").filter(
        publication__round__slug=slug, publication__number=min(number, LARGEST), pk=min(document, LARGEST)
    )
    row = found.first()
    if row is None:
        raise Http404(_("没有这份文件，可能已重新生成；请从公布页下载。"))
    return sent(row)


def versions(round_: Round) -> list[Version]:
    """The versions with everything that the page shows, in a constant number of queries."""
    made = list(
        round_.publications.select_related("prepared_by")
        .annotate(
            diagnoses=Count("documents", filter=Q(documents__kind=DIAGNOSIS)),
            diagnosed=Count("documents__published", filter=Q(documents__kind=DIAGNOSIS), distinct=True),
            bytes=Sum("documents__size", default=0),
        )
        .order_by("-number")
    )
    steps: dict[int, list[PublicationStep]] = {}
    for step in PublicationStep.objects.filter(publication__in=made).select_related("by").order_by("id"):
        steps.setdefault(step.publication_id, []).append(step)
    files: dict[int, dict[str, list[PublishedDocument]]] = {}
    reports = PublishedDocument.objects.filter(publication__in=made).exclude(kind=DIAGNOSIS)
    for row in reports.order_by("kind", "form", *NEWEST):
        files.setdefault(row.publication_id, {}).setdefault(row.kind, []).append(row)
    public = next((one.number for one in made if one.state == PublicationState.PUBLIC), None)
    return [
        Version(
            made=one,
            steps=tuple(steps.get(one.pk, ())),
            reports=tuple(_kind(one, rows) for rows in files.get(one.pk, {}).values()),
            diagnoses=one.diagnoses,
            diagnosed=one.diagnosed,
            megabytes=round(one.bytes / 1e6, 1),
            may_publish=one.state == PublicationState.PREPARED,
            may_withdraw=one.state in {PublicationState.PUBLIC, PublicationState.REPLACED},
            may_make=one.state in MADE_FOR,
            may_restore=one.state == PublicationState.DISCARDED
            or (public is None and one.state in {PublicationState.WITHDRAWN, PublicationState.REPLACED}),
            replaces=None if public in {None, one.number} else public,
            tells_single=bool(one.shows.get("ranks") or one.shows.get("points")),
            is_outdated=one.state == PublicationState.PREPARED and one.tables_hash != round_.tables_hash,
        )
        for one in made
    ]


def _kind(publication: Publication, rows: list[PublishedDocument]) -> Kind:
    newest = {row.form: row for row in rows}
    held = tuple(newest.values())
    try:
        mark = made_of(publication)
    except Unusable:  # without its material nothing can be made anew
        mark = ""
    is_old = bool(mark) and any(row.made_of != mark for row in held)
    return Kind(held[0].title, held, is_old, tuple(row for row in rows if row not in held))


def _going_on(last: PublishingRun | None) -> dict[str, object]:
    goes_on = publishing_runs.is_under_way(last)
    cut_off = last is not None and last.ended_at is None and not goes_on
    share = min(1.0, last.done / last.total) if last and last.total else 0.0
    return {"run": last, "is_under_way": goes_on, "is_cut_off": cut_off, "percent": round(100 * share)}


def _issuer() -> str:
    """Who published last, as a proposal."""
    last = PublishingRun.objects.exclude(asked={}).order_by("-id").first()
    return str(last.asked.get("issuer", "")) if last else ""
