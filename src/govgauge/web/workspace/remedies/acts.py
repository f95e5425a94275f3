"""What people do to the remedies that they have chosen: bodies report, the office decides, urges and postpones."""

from collections.abc import Callable
from datetime import date
from typing import BinaryIO, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import remedies, remedy_reports, remedy_stuck
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedy_steps import MOST_AT_ONCE, Done
from govgauge.office.models import Remedy, RemedyState, Round
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import round_of

SENTENCES_SHOWN = 5
LONGEST_NOTE = 1000


class Asked(Struct, frozen=True):
    """What a form asks for: the chosen numbers with the versions that were seen, and a note."""

    numbers: list[int]
    seen: dict[int, int]
    note: str


@page(Verb.REPORT_REMEDY)
@require_POST
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Claim, report, or ask for a re-check."""
    round_, acting, asked = round_of(slug), acting_of(request), asked_of(request)
    acts: dict[str, Callable[[], Done]] = {
        "claim": lambda: remedy_reports.claim(acting, round_, asked.numbers, asked.note, asked.seen),
        "fixed": lambda: remedy_reports.report_fixed(acting, round_, asked.numbers, asked.note, asked.seen),
        "no-fix": lambda: remedy_reports.report_no_fix(acting, round_, asked.numbers, asked.note, asked.seen),
        "recheck": lambda: remedy_reports.ask_recheck(acting, round_, asked.numbers, asked.seen),
    }
    return done(request, round_, asked, acts.get(request.POST.get("do", "")))


@page(Verb.DECIDE_REMEDY)
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree or refuse: a finding before it is sent, its end before it is closed, what a body explains; or send back, or
    close after a look by hand, what cannot be re-checked."""
    round_, asked = round_of(slug), asked_of(request)
    do = request.POST.get("do", "")
    act = (lambda: _decided(request, round_, asked, agree=do == "agree")) if do in {"agree", "refuse"} else None
    return done(request, round_, asked, act)


@page(Verb.NOTIFY_FINDING)
@require_POST
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """Urge, or set a later deadline."""
    round_, acting, asked = round_of(slug), acting_of(request), asked_of(request)
    acts: dict[str, Callable[[], Done]] = {
        "urge": lambda: remedies.urge(acting, round_, asked.numbers, asked.note, asked.seen),
        "postpone": lambda: remedies.postpone(
            acting, round_, asked.numbers, day_of(request), asked.note, seen=asked.seen
        ),
    }
    return done(request, round_, asked, acts.get(request.POST.get("do", "")))


def asked_of(request: HttpRequest) -> Asked:
    """What a form asks for; boxes say `number:version`. What is no number is left out."""
    seen = {}
    for box in request.POST.getlist("one")[: MOST_AT_ONCE + 1]:
        number, _colon, version = box.partition(":")
        if number.isdecimal() and len(number) < 19:
            seen[int(number)] = int(version) if version.isdecimal() and len(version) < 9 else -1
    note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_NOTE]
    return Asked(list(seen), {number: version for number, version in seen.items() if version >= 0}, note)


def day_of(request: HttpRequest, name: str = "day") -> date:
    """A day that was typed. Raises Unusable."""
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Unusable(_("请写明日期，如 2026-01-31。")) from None


def done(request: HttpRequest, round_: Round, asked: Asked, act: Callable[[], Done] | None) -> HttpResponse:
    """Do it, say what came of it, and go back; what was chosen and typed is there again when it was refused."""
    back = back_of(request, reverse("remedies", args=[round_.slug]))
    if act is None:
        messages.error(request, _("不知道要做什么；请用网页上的按钮。"))
        return HttpResponseRedirect(back)
    try:
        came = act()
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
        kept = urlencode({"note": asked.note, "pick": ",".join(map(str, asked.numbers))})
        return HttpResponseRedirect(f"{back}{'&' if '?' in back else '?'}{kept}")
    if came.count:
        messages.success(request, _("已处理 %(n)s 个问题。") % {"n": came.count})
    for sentence in (*came.besides, *came.left_out[:SENTENCES_SHOWN]):
        messages.warning(request, tongue(sentence))
    if len(came.left_out) > SENTENCES_SHOWN:
        messages.warning(request, _("另有 %(n)s 个没有处理。") % {"n": len(came.left_out) - SENTENCES_SHOWN})
    if not came.count and not came.left_out:
        messages.warning(request, _("没有可以处理的问题。"))
    return HttpResponseRedirect(back)


def back_of(request: HttpRequest, other: str) -> str:
    """Where a form was sent from, without what an earlier refusal kept."""
    back = request.POST.get("back", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return other
    place, _mark, query = back.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in {"note", "pick"}]
    return f"{place}?{'&'.join(kept)}" if kept else place


def _decided(request: HttpRequest, round_: Round, asked: Asked, *, agree: bool) -> Done:
    """Each by what it waits for."""
    acting = acting_of(request)
    remedies.bounded(asked.numbers)
    states = dict(Remedy.objects.filter(round=round_, id__in=asked.numbers).values_list("id", "state"))
    explained = [number for number in asked.numbers if states.get(number) == RemedyState.EXPLAINED]
    stuck = [number for number in asked.numbers if states.get(number) == RemedyState.UNJUDGED]
    others = [number for number in asked.numbers if number in states and number not in {*explained, *stuck}]
    parts = []
    if stuck and not agree:
        parts.append(remedy_stuck.send_back(acting, round_, stuck, asked.note, seen=asked.seen))
    elif stuck:
        if len(asked.numbers) > 1:
            raise Unusable(_("“无法复查”的问题须逐个人工核查并附证据；请打开问题办理，或从选中的问题中去掉。"))
        file = request.FILES.get("evidence")
        given = (cast("BinaryIO", file.file), file.name or "") if isinstance(file, UploadedFile) else None
        parts.append(remedy_stuck.close_by_hand(acting, round_, stuck[0], asked.note, given, seen=asked.seen))
    if explained:
        parts.append(
            remedies.decide_explanation(acting, round_, explained, agree=agree, note=asked.note, seen=asked.seen)
        )
    if others:
        parts.append(remedies.review(acting, round_, others, agree=agree, note=asked.note, seen=asked.seen))
    return Done(
        *(tuple(one for part in parts for one in part.remedies), tuple(one for part in parts for one in part.left_out)),
        tuple(one for part in parts for one in part.besides),
    )
