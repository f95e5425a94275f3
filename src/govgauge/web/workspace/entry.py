"""An entry's page: its site, its result as a range, what was found, how its jobs went, its report."""

from pathlib import Path, PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.errors import GovgaugeError
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.rounds import ASSESS
from govgauge.office.evidence import Store, the_store
from govgauge.office.models import Entry, Result, Round
from govgauge.office.queries import findings
from govgauge.office.queries.entries import state_of
from govgauge.web.access import acting_of, page
from govgauge.web.display import is_english
from govgauge.web.headers import KEPT_PAGE_POLICY
from govgauge.web.listing import Counted
from govgauge.web.workspace.asked import round_of

FINDINGS_ROWS = 30
REPORTS = {"report.html": "text/html; charset=utf-8", "report.pdf": "application/pdf"}


class FoundPage(Struct, frozen=True):
    """A page of an entry's findings, of one audit or of all."""

    rows: list[findings.ShownFinding]
    page: object
    steps: list[int | str]
    audits: list[findings.AuditCount]
    chosen: findings.AuditCount | None
    total: int


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An entry."""
    round_ = round_of(slug)
    entry = _entry(round_, number)
    jobs = list(entry.jobs.order_by("-id"))
    result = _result(entry)
    shown = {
        "round": round_,
        "entry": entry,
        "result": result,
        "jobs": jobs,
        "visits": list(entry.visits.order_by("-number")),
        "state": state_of(entry.url, next((job.state for job in jobs if job.task == ASSESS), None), result),
        "found": _found(request, entry) if result else None,
        "reports": _reports(result) if result else [],
        "may_check": acting_of(request).may(Verb.CHECK_OWN_SITE, round_=round_, key=entry.key),
    }
    return render(request, "workspace/entry.html", shown)


@page(Verb.SEE_ROUND)
@require_safe
def report(_request: HttpRequest, slug: str, number: int, name: str) -> HttpResponseBase:
    """The report of an entry as it was made, as of an origin of its own."""
    result = _result(_entry(round_of(slug), number))
    if name not in REPORTS or result is None or name not in _reports(result):
        raise Http404(gettext("这个评估对象还没有报告；采集完成并制作报告后可以查看。"))
    with _store().opened(_reports_place(result), [name]) as folder:
        answer = FileResponse((folder / name).open("rb"), content_type=REPORTS[name])
    answer.headers["Content-Security-Policy"] = KEPT_PAGE_POLICY
    return answer


def _entry(round_: Round, number: int) -> Entry:
    found = round_.entries.filter(id=number).select_related("result").first()
    if found is None:
        raise Http404(gettext("“%(name)s”中没有这个评估对象；请从名单中选择。") % {"name": round_.slug})
    return found


def _result(entry: Entry) -> Result | None:
    return getattr(entry, "result", None)


def _store() -> Store:
    return the_store(Path(settings.HOME))


def _reports_place(result: Result) -> PurePosixPath:
    return PurePosixPath(result.reports or result.evidence)


def _reports(result: Result) -> list[str]:
    """The reports that lie with a result; none while its evidence cannot be reached."""
    try:
        store = _store()
        return [name for name in REPORTS if store.has(_reports_place(result), name)]
    except (GovgaugeError, OSError):
        return []


def _found(request: HttpRequest, entry: Entry) -> FoundPage:
    language = "en" if is_english() else "zh"
    audits = findings.audits(entry, language)
    chosen = next((one for one in audits if one.audit == request.GET.get("audit")), None)
    found = findings.findings(entry, chosen.audit if chosen else "")
    total = sum(one.count for one in audits)
    paginator = Counted(found, FINDINGS_ROWS, chosen.count if chosen else total)
    page = paginator.get_page(request.GET.get("page"))
    return FoundPage(
        rows=findings.shown(page.object_list, language),
        page=page,
        steps=list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        audits=audits,
        chosen=chosen,
        total=total,
    )
