"""The announcement for everybody: chosen cases by category, a page for each; certificates for those concerned."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from govgauge.office.case_papers import shown_points
from govgauge.office.domain.count_parts import Parts, parts
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCount, CaseFile, CaseResult, CertificateState
from govgauge.office.queries import case_results as query
from govgauge.web import exports
from govgauge.web.access import acting_of, page, public
from govgauge.web.listing import one_of
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.panel.pictures import files_of, sent
from govgauge.web.workspace.panel.results import JSON
from govgauge.web.workspace.panel.results import sent as count_sent


@public
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The chosen cases of a round once they are published; with `format` as a file."""
    made = _announced(slug)
    kind = one_of(request, "format", (*exports.KINDS, JSON))
    if kind:
        return count_sent(kind, made, slug, chosen_only=True)
    groups = query.by_category(made, chosen_only=True)
    weighed = parts(made)
    shown = {
        "round": made.call.round,
        "call": made.call,
        "made": made,
        "groups": groups,
        "chosen": sum(len(group.results) for group in groups),
        "parts": weighed,
        "public_share": shown_points(weighed.public * 100, 2),
    }
    return render(request, "panel/announced.html", shown)


@public
@require_safe
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A chosen case with its pictures, and how it came to its points."""
    found = _chosen(_announced(slug), number)
    named = query.categories(found.count).get(found.case.category, ("", found.case.category))
    shown = {
        "round": found.count.call.round,
        "call": found.count.call,
        "made": found.count,
        "result": found,
        "case": found.case,
        "family": named[0],
        "category": {"name": named[1], "about": ""},
        "files": files_of(found.case, "award-file", slug, number),
        "may_certificate": _may_certificate(request, found),
    }
    return render(request, "panel/award.html", shown)


@public
@require_safe
def picture(request: HttpRequest, slug: str, number: int, file: int) -> HttpResponseBase:  # noqa: ARG001 - a view
    """A file of a chosen case."""
    found = _chosen(_announced(slug), number)
    piece = CaseFile.objects.filter(case=found.case, pk=min(file, LARGEST), removed_at=None).select_related("upload")
    chosen = piece.first()
    if chosen is None:
        raise Http404(_("没有这个文件，或不对您开放。"))
    return sent(chosen.upload, public=True)


@page(None)
@require_safe
def certificate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The certificate of a chosen case, to be printed: for the office, its body, and who nominated it."""
    found = _chosen(_announced(slug), number)
    case, round_ = found.case, found.count.call.round
    if not _may_certificate(request, found):
        raise Http404(_("入选名单中没有这个案例。"))
    family, category = query.categories(found.count).get(case.category, ("", case.category))
    shown = {
        "round": round_,
        "call": found.count.call,
        "case": case,
        "family": family,
        "category": category,
        "judged": _judged(parts(found.count)),
        "issued": case.certificates.filter(state=CertificateState.VALID).first(),
        "day": found.count.published_at,
    }
    return render(request, "panel/certificate.html", shown)


def _may_certificate(request: HttpRequest, found: CaseResult) -> bool:
    """Whether the certificate is for this reader: the office, the body of the case, and who nominated it."""
    if not request.user.is_authenticated:
        return False
    acting, case = acting_of(request), found.case
    mine = acting.person is not None and case.nominated_by_id == acting.person.pk
    return mine or acting.may(Verb.SEE_ENTRY, round_=found.count.call.round, key=case.entry.key)


def _judged(weighed: Parts) -> str:
    if weighed.public:
        return _("专家评审和公众投票") if weighed.experts else _("公众投票")
    return _("专家评审")


def _announced(slug: str) -> CaseCount:
    made = query.announced(slug)
    if made is None:
        raise Http404(_("这次评估还没有公布案例评选结果。"))
    return made


def _chosen(made: CaseCount, number: int) -> CaseResult:
    found = made.results.filter(case__number=min(number, LARGEST), chosen=True)
    result = found.select_related("case__entry", "count__call__round").first()
    if result is None:
        raise Http404(_("入选名单中没有这个案例。"))
    return result
