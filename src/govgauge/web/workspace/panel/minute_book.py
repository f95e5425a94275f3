"""The minutes before the chair: proposed, edited, signed, amended; each signed version as a Word document."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office import minutes_document
from govgauge.office.domain import minutes
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import PanelMinutes
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of
from govgauge.web.workspace.panel.asked import led, whole

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The minutes as they are, or as the records propose them; with `format=docx` as a document.

    With `version` (1 is the first) minutes as they were signed.
    """
    call = led(request, slug)
    versions = minutes.versions(call)
    wanted = whole(request.GET.get("version"))
    if wanted > len(versions):
        raise Http404(_("没有这一版会议纪要；请从列表中选择。"))
    last = versions[wanted - 1] if wanted else minutes.last(call)
    text = last.text if last else minutes.proposed(call)
    if one_of(request, "format", ["docx"]):
        body = minutes_document.document(f"{call.title}专家评审会议纪要", text, _signed(last))
        name = f"{slug}-minutes-{wanted}" if wanted else f"{slug}-minutes"
        answer = HttpResponse(body, content_type=DOCX)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
        return answer
    fresh = bool(request.GET.get("fresh")) and not wanted and not (last and last.signed_at)
    shown = {
        "round": call.round,
        "call": call,
        "last": last,
        "text": minutes.proposed(call) if fresh else text,
        "fresh": fresh,
        "lines": _lines(text),
        "signed": _signed(last),
        "versions": versions,
        "number": wanted or len(versions),
        "is_old": bool(wanted) and wanted < len(versions),
        "is_last": not wanted,
    }
    return render(request, "panel/minutes.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def do(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the minutes, sign them, or begin to amend signed ones: what `do` says."""
    call, acting = led(request, slug), acting_of(request)
    seen, here = whole(request.POST.get("seen")), reverse("panel-minutes", args=[slug])
    if request.POST.get("do") == "sign":
        words = _("已签署，不能再改；确有错误时可以修订。")
        return told.done(request, partial(minutes.sign, acting, call, seen), words, here)
    if request.POST.get("do") == "amend":
        begin = partial(minutes.amend, acting, call, request.POST.get("reason", ""), seen)
        return told.done(request, begin, _("可以修订了；签署之前，已签署的纪要仍然有效。"), here)
    verb = partial(minutes.save, acting, call, request.POST.get("text", ""), seen)
    return told.done(request, verb, _("已保存。"), here)


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line with what it is: title, heading, or text."""
    found = []
    for line in text.splitlines():
        if line.startswith("# "):
            found.append(("title", line[2:]))
        elif line.startswith("## "):
            found.append(("heading", line[3:]))
        elif line.strip():
            found.append(("text", line))
    return found


def _signed(last: PanelMinutes | None) -> str:
    if last is None or last.signed_at is None:
        return ""
    day = timezone.localtime(last.signed_at)
    return _("主持人：%(name)s　%(at)s 签署") % {"name": last.by.name, "at": f"{day:%Y-%m-%d %H:%M}"}
