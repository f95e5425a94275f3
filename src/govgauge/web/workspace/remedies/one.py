"""A finding's page: what, where, what proves it, why it matters, how to put it right, and all that happened."""

from contextlib import suppress
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.assessment.finding_lines import read_findings
from govgauge.audits.catalogue import Texts, UnknownAudit, texts
from govgauge.errors import GovgaugeError
from govgauge.gather import archive, charset
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.kept import folders
from govgauge.office.models import Finding, Remedy, RemedyState, RemedyStep, Round, Visit
from govgauge.office.queries import remedies as query
from govgauge.office.remedy_rules import MAY, REVIEWED_TWICE
from govgauge.web import remedy_words
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.asked import LARGEST, round_of, told_language
from govgauge.web.workspace.remedies import shared

SOURCE_CHARACTERS = 500_000


class Happened(Struct, frozen=True):
    """A step in words; bodies read that the office did something, not who."""

    step: RemedyStep
    words: str
    who: str


@page(Verb.SEE_ENTRY)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A remedy."""
    round_, acting = round_of(slug), acting_of(request)
    remedy = remedy_of(acting, round_, number)
    may_report = acting.may(Verb.REPORT_REMEDY, round_=round_, key=remedy.entry.key)
    shown = {
        **shared.head(request, round_),
        "row": query.row(remedy, timezone.localdate(), told_language()),
        "remedy": remedy,
        "texts": _texts(remedy.audit),
        "history": _history(acting, round_, remedy),
        "deadlines": list(remedy.deadlines.order_by("id")),
        "twice": remedy.audit in REVIEWED_TWICE,
        "acts": {kind.name.lower() for kind, states in MAY.items() if RemedyState(remedy.state) in states},
        "may_report": may_report,
        "note": request.GET.get("note", "")[:1000],
        "has_source": _visit(remedy.finding) is not None,
    }
    return render(request, "remedies/one.html", shown)


@page(Verb.SEE_ENTRY)
@require_safe
def source(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The kept original of the page in which the finding was seen last, as text: nothing in it is carried out."""
    remedy = remedy_of(acting_of(request), round_of(slug), number)
    visit = _visit(remedy.finding)
    body = ""
    if visit is not None:
        with suppress(GovgaugeError, OSError, archive.ArchiveError), folders() as folder_of:
            body = _body(folder_of(visit), remedy.finding.identity)
    if not body:
        raise Http404(_("这个问题没有留存的网页原件：当时没有得到应答，或材料已移走。"))
    answer = HttpResponse(body[:SOURCE_CHARACTERS], content_type="text/plain; charset=utf-8")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def remedy_of(acting: Acting, round_: Round, number: int) -> Remedy:
    """A remedy that somebody may see; others are not there. Raises Http404 with a sentence."""
    found = query.visible(acting, round_).filter(id=min(number, LARGEST))
    remedy = found.select_related("finding", "entry", "round").first()
    if remedy is None:
        raise Http404(_("没有这个问题，或不归您办理；请从列表中选择。"))
    return remedy


def _history(acting: Acting, round_: Round, remedy: Remedy) -> list[Happened]:
    office = acting.may(Verb.SEE_ROUND, round_=round_)
    own = {person.id for person in [acting.person] if person}
    steps = remedy.steps.select_related("by").order_by("-id")
    bodies = {"claimed", "reported-fixed", "reported-no-fix-needed", "recheck-asked"}
    return [
        Happened(
            step,
            str(remedy_words.STEPS[step.kind]),
            _("程序")
            if step.by is None
            else step.by.name
            if office or step.by_id in own or step.kind in bodies
            else _("评估办公室"),
        )
        for step in steps
    ]


def _texts(audit: str) -> Texts | None:
    try:
        return texts(audit, told_language())
    except UnknownAudit:
        return None


def _visit(finding: Finding) -> Visit | None:
    return Visit.objects.filter(entry_id=finding.entry_id, number=finding.last_visit).first()


def _body(folder: Path, identity: str) -> str:
    line = next((one for one in read_findings(folder / "findings.jsonl") if one.id == identity), None)
    if line is None or line.warc is None:
        return ""
    headers, body = archive.body(folder / archive.NAME, line.warc.offset)
    kind = next((value for name, value in headers if name.lower() == "content-type"), None)
    return charset.decode(body, kind)[0]
