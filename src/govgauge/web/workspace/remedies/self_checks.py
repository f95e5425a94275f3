"""Checks that owners start of their own sites: the list, starting one, its report."""

from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import GovgaugeError, Unusable
from govgauge.office.domain import finding_looks, self_checks
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.permissions import Verb
from govgauge.office.evidence import the_store
from govgauge.office.queries.findings import tellable
from govgauge.office.queries.objections import period
from govgauge.web.access import acting_of, page
from govgauge.web.headers import KEPT_PAGE_POLICY
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST, entry_of, round_of
from govgauge.web.workspace.remedies import shared
from govgauge.web.workspace.remedies.acts import back_of
from govgauge.web.workspace.review.preliminary import check_time

REPORTS = {"report.html": "text/html; charset=utf-8", "report.pdf": "application/pdf"}
MOST_SHOWN = 50


@page(Verb.CHECK_OWN_SITE)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The checks of a site that its owner asked for, the latest first."""
    round_ = round_of(slug)
    entry = entry_of(acting_of(request), Verb.CHECK_OWN_SITE, round_, number)
    refusal = self_checks.refusal(entry, timezone.now()) if entry.url else None
    shown = {
        **shared.head(request, round_),
        "entry": entry,
        "checks": list(entry.self_checks.select_related("job", "by").order_by("-id")[:MOST_SHOWN]),
        "refusal": tongue(refusal) if refusal else "",
        "hours": round_settings.of(round_).remedies.self_check_hours,
        "reports": REPORTS,
    }
    return render(request, "remedies/self_checks.html", shown)


@page(Verb.CHECK_OWN_SITE)
@require_POST
def start(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Start one."""
    round_, acting = round_of(slug), acting_of(request)
    entry = entry_of(acting, Verb.CHECK_OWN_SITE, round_, number)
    try:
        self_checks.start(acting, entry)
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
    else:
        messages.success(request, _("自查已排上队；完成后会有消息告诉您。"))
    return HttpResponseRedirect(reverse("self-checks", args=[slug, number]))


@page(Verb.CHECK_OWN_SITE)
@require_POST
def look(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Have a finding looked at again that its body sees among its preliminary results and that was not sent."""
    round_, acting = round_of(slug), acting_of(request)
    entry = entry_of(acting, Verb.CHECK_OWN_SITE, round_, number)
    check_time(acting, round_, period(round_))
    asked = request.POST.get("look", "")
    found = entry.findings.filter(id=int(asked) if asked.isdecimal() and len(asked) < 19 else 0)
    finding = tellable(found).select_related("entry__round").first()
    try:
        if finding is None:
            raise Unusable(_("没有这个问题；请刷新后从列表中选择。"))
        finding_looks.ask(acting, finding)
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
    else:
        messages.success(request, _("复查已排上队；完成后会有消息告诉您。问题的记录不变，复查的情况注在旁边。"))
    return HttpResponseRedirect(back_of(request, reverse("entry-answers", args=[slug, number])))


@page(Verb.CHECK_OWN_SITE)
@require_safe
def report(request: HttpRequest, slug: str, number: int, check: int, name: str) -> HttpResponseBase:
    """A report as it was made, as of an origin of its own."""
    entry = entry_of(acting_of(request), Verb.CHECK_OWN_SITE, round_of(slug), number)
    found = entry.self_checks.filter(id=min(check, LARGEST)).first()
    if name in REPORTS and found is not None and found.evidence:
        try:
            with the_store(Path(settings.HOME)).opened(PurePosixPath(found.evidence), [name]) as folder:
                answer = FileResponse((folder / name).open("rb"), content_type=REPORTS[name])
        except (GovgaugeError, OSError):
            pass
        else:
            answer.headers["Content-Security-Policy"] = KEPT_PAGE_POLICY
            return answer
    raise Http404(_("没有这份自查报告；自查完成后才有报告。"))
