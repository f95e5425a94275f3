"""Issuing certificates in bulk: who is to be certified, what that would do, and doing it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.domain import awards, certificates
from govgauge.office.domain.awards import Choice
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CertificateKind
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.asked import round_of

SHOWN = 20
"""Rows of a preview; how many there are in all stands above."""
MOST_BEST = 9999


@page(Verb.RUN_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose, and see what would be issued, what is there, and what no longer fits."""
    round_ = round_of(slug)
    found = awards.of_round(round_)
    choice = _choice(request.GET)
    plan = certificates.plan(round_, found, choice)
    kinds = {kind: sum(one.kind == kind for one in found) for kind in CertificateKind}
    shown = {
        "round": round_,
        "found": len(found),
        "grades": [(name, count, name in choice.grades) for name, count in awards.grades(found).items()],
        "ranked": any(one.rank for one in found),
        "cases": kinds[CertificateKind.CASE],
        "judged": kinds[CertificateKind.PARTICIPATION],
        "choice": choice,
        "chosen": choice != Choice(),
        "new": len(plan.new),
        "same": len(plan.same),
        "rows": plan.new[:SHOWN],
        "differing": plan.differing[:SHOWN],
        "differing_count": len(plan.differing),
        "gone": plan.gone[:SHOWN],
        "gone_count": len(plan.gone),
        "query": request.GET.urlencode(),
        "warning": certificates.checked_here_only(),
    }
    return render(request, "certificates/issue.html", shown)


@page(Verb.RUN_ROUND)
@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue what was previewed; where that has changed in between, show it again instead."""
    round_, acting = round_of(slug), acting_of(request)
    choice = _choice(request.POST)
    found = awards.of_round(round_)
    back = reverse("certificate-issue", args=[slug])
    expected = len(certificates.plan(round_, found, choice).new)
    if not expected or str(expected) != request.POST.get("expected", ""):
        return HttpResponseRedirect(f"{back}?{_query(request.POST)}")
    sentence = _("已颁发 %(n)s 份证书。") % {"n": expected}
    return told.done(
        request,
        lambda: certificates.issue(acting, round_, found, choice),
        sentence,
        reverse("certificates", args=[slug]),
    )


def _choice(given: QueryDict) -> Choice:
    best = given.get("best", "")
    return Choice(
        cases=given.get("cases") == "1",
        grades=frozenset(one[:60] for one in given.getlist("grade")),
        best=min(int(best), MOST_BEST) if best.isascii() and best.isdigit() and len(best) < 10 else 0,
        taking_part=given.get("part") == "1",
    )


def _query(given: QueryDict) -> str:
    kept = given.copy()
    for name in ("csrfmiddlewaretoken", "expected"):
        kept.pop(name, None)
    return kept.urlencode()
