"""The form of a nomination and where it stands: saved as one types, files put to it, handed in, withdrawn."""

from collections.abc import Mapping
from functools import partial
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import case_files, case_places, nominations
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_forms import FIELDS
from govgauge.office.domain.nominations import ChangedMeanwhile
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Case
from govgauge.office.queries import cases as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.nominations import autosave
from govgauge.web.workspace.nominations.fields import shown_of


@page(Verb.NOMINATE)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The form, or what was handed in, with every step."""
    return _page(request, _case(request, number))


@page(Verb.NOMINATE)
@require_POST
def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what was typed: as one types, or by the button."""
    found = _case(request, number)
    typed = typed_in(request)
    verb = partial(nominations.save, acting_of(request), found, typed, seen_in(request))
    if getattr(request, "htmx", False):
        return autosave.answered(request, typed, verb, partial(_case, request, number))
    try:
        verb()
    except ChangedMeanwhile as clash:
        messages.error(request, tongue(str(clash)))
        return _page(request, _case(request, number), typed, clash.theirs, status=409)
    except Unusable as error:
        messages.error(request, tongue(str(error)))
        return _page(request, found, typed, status=409)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(_here(number))


@page(Verb.NOMINATE)
@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Hand it in; what stands in the form is kept first."""
    found, acting = _case(request, number), acting_of(request)
    typed = typed_in(request)
    try:
        kept = nominations.save(acting, found, typed, seen_in(request))
        nominations.submit(acting, kept)
    except ChangedMeanwhile as clash:
        messages.error(request, tongue(str(clash)))
        return _page(request, _case(request, number), typed, clash.theirs, status=409)
    except Unusable as error:
        messages.error(request, tongue(str(error)))
        return _page(request, _case(request, number), typed, status=422)
    messages.success(request, _("已提交，评估办公室审核后会通知您。"))
    return HttpResponseRedirect(_here(number))


@page(Verb.NOMINATE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back."""
    verb = partial(nominations.withdraw, acting_of(request), _case(request, number))
    return told.done(request, verb, _("已撤回，可以修改后再提交。"), _here(number))


@page(Verb.NOMINATE)
@require_POST
def add_file(request: HttpRequest, number: int) -> HttpResponse:
    """Put a picture or an attachment to it."""
    found, file = _case(request, number), request.FILES.get("file")
    if file is None:
        messages.error(request, _("请先选择文件。"))
        return HttpResponseRedirect(_here(number))
    caption = request.POST.get("caption", "")
    content = cast("BinaryIO", file.file)
    verb = partial(case_files.add, acting_of(request), found, content, file.name or "", caption)
    return told.done(request, verb, _("已上传。"), f"{_here(number)}#files")


@page(Verb.NOMINATE)
@require_POST
def change_file(request: HttpRequest, number: int, piece: int) -> HttpResponse:
    """Describe a file, move it, take it out."""
    found, acting = _case(request, number), acting_of(request)
    piece = min(piece, LARGEST)
    verb, sentence = change_of(request, acting, found, piece)
    return told.done(request, verb, sentence, f"{_here(number)}#files")


def change_of(request: HttpRequest, acting: Acting, case: Case, piece: int) -> tuple[partial[None], str]:
    """What is to be done with a file, by the button that was pressed, and what is said then."""
    if "remove" in request.POST:
        return partial(case_files.take_out, acting, case, piece), _("已移除。")
    if "earlier" in request.POST or "later" in request.POST:
        return partial(case_files.move, acting, case, piece, later="later" in request.POST), _("已移动。")
    return partial(case_files.describe, acting, case, piece, request.POST.get("caption", "")), _("已保存。")


def typed_in(request: HttpRequest) -> dict[str, str]:
    """What was typed into the form."""
    return {name: request.POST[name] for name in FIELDS if name in request.POST}


def seen_in(request: HttpRequest) -> int:
    """The version that it was typed over."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def _case(request: HttpRequest, number: int) -> Case:
    found: Case | None = query.mine(acting_of(request)).filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise Http404(_("没有这份推荐，或不属于您代表的单位。"))
    return found


def _page(
    request: HttpRequest,
    found: Case,
    typed: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    rules = rules_of(found.call)
    shown = shown_of(found, rules, typed, theirs)
    shown["places"] = case_places.of_case(found, rules)
    return render(request, "nominations/form.html", shown, status=status)


def _here(number: int) -> str:
    return reverse("nomination", args=[number])
