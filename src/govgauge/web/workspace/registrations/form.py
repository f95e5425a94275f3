"""The form of a body and where its registration stands: saved as one types, handed in, withdrawn."""

from collections.abc import Mapping
from functools import partial
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import registrations, uploads
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.registrations import OPEN, UNDER_REVIEW, ChangedMeanwhile
from govgauge.office.models import Registration
from govgauge.office.queries import registrations as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.words import REGISTRATION_FIELDS

AUTOCOMPLETE = {
    "url": "url",
    "contact": "name",
    "post": "organization-title",
    "work_phone": "tel",
    "mobile": "tel",
    "email": "email",
    "address": "street-address",
}


class Field(Struct, frozen=True):
    """A field of the form as it is shown; `theirs` is what somebody else wrote meanwhile."""

    name: str
    label: str
    value: str
    longest: int
    needed: bool
    autocomplete: str
    theirs: str | None = None


@page(Verb.REGISTER)
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The form, or what was handed in, with every step."""
    return _page(request, _registration(request, number))


@page(Verb.REGISTER)
@require_POST
def save(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what was typed: as one types, or by the button."""
    found = _registration(request, number)
    typed = {name: request.POST[name] for name in registrations.FIELDS if name in request.POST}
    is_partial = bool(getattr(request, "htmx", False))
    try:
        current = registrations.save(acting_of(request), found, typed, _seen(request))
    except ChangedMeanwhile as clash:
        found = _registration(request, number)
        if is_partial:
            shown = {"fields": _fields(found, typed, clash.theirs), "version": found.version}
            return render(request, "registrations/clash.html", shown, status=200)
        messages.error(request, tongue(str(clash)))
        return _page(request, found, typed, clash.theirs, status=409)
    except Unusable as error:
        if is_partial:
            return render(request, "registrations/saved.html", {"error": tongue(str(error)), "version": found.version})
        messages.error(request, tongue(str(error)))
        return _page(request, found, typed, status=409)
    if is_partial:
        shown = {"version": current.version, "missing": registrations.faults(current)}
        return render(request, "registrations/saved.html", shown)
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(_here(number))


@page(Verb.REGISTER)
@require_POST
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Put the sealed letter to the form."""
    found, acting = _registration(request, number), acting_of(request)
    file = request.FILES.get("letter")
    if file is None:
        messages.error(request, _("请先选择文件。"))
        return HttpResponseRedirect(_here(number))

    def put() -> None:
        kept = uploads.keep(
            acting, cast("BinaryIO", file.file), file.name or "", purpose=uploads.LETTER, round_=found.round
        )
        registrations.put_letter(acting, found, kept)

    return told.done(request, put, _("已上传。"), _here(number))


@page(Verb.REGISTER)
@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Hand it in; what stands in the form is kept first."""
    found, acting = _registration(request, number), acting_of(request)
    typed = {name: request.POST[name] for name in registrations.FIELDS if name in request.POST}
    try:
        kept = registrations.save(acting, found, typed, _seen(request))
        registrations.submit(acting, kept)
    except ChangedMeanwhile as clash:
        messages.error(request, tongue(str(clash)))
        return _page(request, _registration(request, number), typed, clash.theirs, status=409)
    except Unusable as error:
        messages.error(request, tongue(str(error)))
        return _page(request, _registration(request, number), typed, status=422)
    messages.success(request, _("已提交，评估办公室核对后会通知您。"))
    return HttpResponseRedirect(_here(number))


@page(Verb.REGISTER)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back."""
    found = _registration(request, number)
    verb = partial(registrations.withdraw, acting_of(request), found)
    return told.done(request, verb, _("已撤回，可以修改后再提交。"), _here(number))


def _registration(request: HttpRequest, number: int) -> Registration:
    found: Registration | None = query.mine(acting_of(request)).filter(pk=number).first()
    if found is None:
        raise Http404(_("没有这份报名表，或不属于您代表的单位。"))
    return found


def _page(
    request: HttpRequest,
    found: Registration,
    typed: Mapping[str, str] | None = None,
    theirs: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    state = registrations.state_of(found)
    closed = registrations.why_closed(found)
    shown = {
        "registration": found,
        "state": state,
        "may_edit": state in OPEN and not closed,
        "may_withdraw": state in UNDER_REVIEW,
        "closed": tongue(closed) if state in OPEN else "",
        "fields": _fields(found, typed or {}, theirs or {}),
        "steps": found.steps.select_related("by").order_by("-id"),
        "missing": registrations.faults(found) if state in OPEN else [],
    }
    return render(request, "registrations/form.html", shown, status=status)


def _fields(found: Registration, typed: Mapping[str, str], theirs: Mapping[str, str]) -> list[Field]:
    return [
        Field(
            name,
            str(REGISTRATION_FIELDS[name]),
            typed.get(name, getattr(found, name)),
            int(getattr(Registration._meta.get_field(name), "max_length", 0)),  # noqa: SLF001 - Django's public way
            name not in registrations.NOT_NEEDED,
            AUTOCOMPLETE.get(name, "off"),
            theirs.get(name),
        )
        for name in registrations.FIELDS
    ]


def _seen(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else -1


def _here(number: int) -> str:
    return reverse("registration", args=[number])
