"""Diagnoses for those whom they concern: bodies their own, supervisors those of their region, the office all."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.publication_documents import DIAGNOSIS, FORMS, MADE_FOR
from govgauge.office.models import Publication, PublicationState, PublishedDocument, PublishedSubject, Round
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Column, asked_sort, in_order, listed, text
from govgauge.web.workspace.asked import LARGEST, round_of
from govgauge.web.workspace.publishing.files import sent

COLUMNS = (
    Column("name", gettext_lazy("评估对象")),
    Column("", gettext_lazy("分组"), wide=True),
    Column("", gettext_lazy("得分或等级"), number=True, wide=True),
    Column("", gettext_lazy("下载")),
)
ORDERS = {"place": ("group__place", "place"), "name": ("name", "id"), "-name": ("-name", "-id")}


@page(Verb.SEE_ENTRY)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The diagnoses that the reader may have."""
    round_, acting = round_of(slug), acting_of(request)
    version = version_for(acting, round_)
    said, sort = text(request, "text"), asked_sort(request, ("name",), "place")
    found = subjects_for(acting, round_, version)
    if said:
        found = found.filter(name__icontains=said)
    listing = listed(
        request,
        found.order_by(*ORDERS[sort]),
        COLUMNS,
        sort=sort,
        filters=("text",),
        total=found.count(),
        rows=_rows,
    )
    is_public = version is not None and version.state == PublicationState.PUBLIC
    shown = {"round": round_, "publication": version, "is_public": is_public, "listing": listing, "text": said}
    template = "publishing/diagnoses_rows.html" if getattr(request, "htmx", False) else "publishing/diagnoses.html"
    return render(request, template, shown)


@page(Verb.SEE_ENTRY)
@require_safe
def one(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """The diagnosis of a subject, by its number in the version that the reader may see."""
    round_, acting = round_of(slug), acting_of(request)
    found = subjects_for(acting, round_, version_for(acting, round_)).filter(pk=min(number, LARGEST)).first()
    row = found.documents.select_related("publication").filter(kind=DIAGNOSIS, form=form).last() if found else None
    if row is None or form not in FORMS:
        raise Http404(_("没有这份诊断报告，或不对您开放；公布之后才能下载。"))
    return sent(row)


def version_for(acting: Acting, round_: Round) -> Publication | None:
    """What is public; before that the office alone sees the last version that was prepared."""
    public = round_.publications.filter(state=PublicationState.PUBLIC).first()
    if public is None and acting.may(Verb.SEE_ROUND, round_=round_):
        return round_.publications.filter(state__in=MADE_FOR).order_by("-number").first()
    return public


def subjects_for(acting: Acting, round_: Round, version: Publication | None) -> QuerySet[PublishedSubject]:
    """The subjects of a version whose own answers the reader may see, as far as they have a diagnosis."""
    if version is None:
        return PublishedSubject.objects.none()
    found = version.published.filter(documents__kind=DIAGNOSIS).distinct()
    if acting.may(Verb.SEE_ROUND, round_=round_):
        return found
    return found.filter(entry__in=acting.entries(Verb.SEE_ENTRY, round_))


def _rows(numbers: Sequence[int]) -> list[PublishedSubject]:
    files = PublishedDocument.objects.filter(kind=DIAGNOSIS).order_by("form")
    rows = PublishedSubject.objects.defer("body").select_related("group")
    return in_order(rows.prefetch_related(Prefetch("documents", files, to_attr="files")), numbers)
