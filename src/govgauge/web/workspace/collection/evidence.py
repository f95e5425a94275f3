"""Evidence of an answer: addresses and excerpts, pictures that the system takes."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import coding_evidence
from govgauge.office.domain.codings import WRITABLE
from govgauge.office.domain.permissions import Verb
from govgauge.office.evidence import the_store
from govgauge.office.models import Assignment, Coding, CodingEvidence, EvidenceKind, JobState
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.collection.asked import assignment_of

PATIENCE = timedelta(minutes=1)
"""How long a picture waits for a worker before its collector is told what else they can do."""


def evidence_of(coding: Coding | None) -> list[CodingEvidence]:
    """What an answer rests on now, the first added first."""
    if coding is None:
        return []
    return list(coding.evidence.filter(removed_at=None).select_related("upload", "job").order_by("id"))


def shown_of(one: Assignment, found: list[CodingEvidence], fault: str = "", typed: str = "") -> dict[str, object]:
    """What the part of the page about evidence shows."""
    pictures = [piece for piece in found if piece.sha256]
    waiting = [piece for piece in found if piece.kind == EvidenceKind.SCREENSHOT and _is_waiting(piece)]
    return {
        "assignment": one,
        "entry": one.entry,
        "evidence": found,
        "stuck": {piece.id for piece in waiting if _is_stuck(piece)},
        "waiting": bool(waiting),
        "picture": pictures[-1] if pictures else None,
        "writable": one.state in WRITABLE and not one.batch.held,
        "evidence_fault": fault,
        "typed": typed,
    }


@page(Verb.CODE)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The part of the page, asked for again while a picture is taken."""
    one = assignment_of(request, number)
    return _part(request, one)


@page(Verb.CODE)
@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Add an address with an excerpt or a file, or have a picture taken."""
    one = assignment_of(request, number)
    address, excerpt = request.POST.get("address", ""), request.POST.get("excerpt", "").replace("\x00", "")
    try:
        if file := request.FILES.get("file"):
            coding_evidence.add_file(acting_of(request), one, cast("BinaryIO", file), file.name or "")
        elif "picture" in request.POST:
            coding_evidence.ask_picture(acting_of(request), one, address or one.entry.url)
        else:
            coding_evidence.add_address(acting_of(request), one, address, excerpt)
    except Unusable as fault:
        return _part(request, one, tongue(str(fault)))
    return _part(request, one)


@page(Verb.CODE)
@require_POST
def remove(request: HttpRequest, number: int, piece: int) -> HttpResponse:
    """Take a piece of evidence away."""
    one = assignment_of(request, number)
    try:
        coding_evidence.take_away(acting_of(request), one, piece)
    except Unusable as fault:
        return _part(request, one, tongue(str(fault)))
    return _part(request, one)


@page(Verb.CODE)
@require_safe
def picture(request: HttpRequest, number: int, piece: int) -> HttpResponseBase:
    """A picture that was taken."""
    one = assignment_of(request, number)
    found = CodingEvidence.objects.filter(id=piece, coding__assignment=one).exclude(place="").first()
    if found is None:
        raise Http404(_("没有这张截图；请返回采集页查看。"))
    place = PurePosixPath(found.place)
    with the_store(settings.HOME).opened(place.parent) as folder:
        file = (folder / place.name).open("rb")
    answer = FileResponse(file, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _part(request: HttpRequest, one: Assignment, fault: str = "") -> HttpResponse:
    if not getattr(request, "htmx", False):
        if fault:
            messages.error(request, fault)
        return HttpResponseRedirect(reverse("coding", args=[one.id]) + "#evidence")
    coding = Coding.objects.filter(assignment=one).first()
    typed = request.POST.get("address", "") if fault else ""
    return render(request, "collection/evidence.html", shown_of(one, evidence_of(coding), fault, typed))


def _is_stuck(piece: CodingEvidence) -> bool:
    """Whether nobody has taken the picture up for so long that there may be nobody who does."""
    return piece.job is not None and piece.job.state == JobState.READY and timezone.now() - piece.at > PATIENCE


def _is_waiting(piece: CodingEvidence) -> bool:
    return piece.job is not None and piece.job.state in {JobState.READY, JobState.RUNNING}
