"""Somebody's messages: the list, marking them as read, following one to its page, and choosing mails."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import notices as domain
from govgauge.office.models import MailPace, Notice, Person
from govgauge.office.queries import inbox as query
from govgauge.office.queries.inbox import Told
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, listed, one_of
from govgauge.web.workspace.asked import LARGEST, told_language

COLUMNS = (
    Column("", gettext_lazy("消息")),
    Column("", gettext_lazy("年度评估"), wide=True),
    Column("", gettext_lazy("时间")),
)
PACES = {
    MailPace.AT_ONCE: gettext_lazy("及时"),
    MailPace.DAILY: gettext_lazy("每日汇总"),
    MailPace.NEVER: gettext_lazy("不发"),
}


@page(None)
@require_safe
def show(request: HttpRequest) -> HttpResponseBase:
    """The reader's messages, the latest first; with `format` all of them as a file."""
    person, language = _reader(request), told_language()
    known = query.choices(person, language)
    event = one_of(request, "event", [one.event for one in known])
    found = query.notices(person, unread=one_of(request, "unread", ["1"]) == "1", event=event)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        told = (query.told(one, language) for one in found.iterator(chunk_size=2000))
        lines = ([one.notice.at, one.title, one.text, one.notice.read_at] for one in told)
        return exports.answer(kind, "messages", [_("时间"), _("消息"), _("内容"), _("已读时间")], lines)

    def rows(ids: Sequence[int]) -> list[Told]:
        those = query.notices(person).filter(id__in=ids)
        return [query.told(one, language) for one in those]

    listing = listed(request, found, COLUMNS, sort="", filters=("event", "unread"), total=found.count(), rows=rows)
    shown = {
        "listing": listing,
        "unread": query.unread_count(person),
        "events": [Choice(one.event, one.name) for one in known],
        "event": event,
    }
    template = "notices/list.html" if getattr(request, "htmx", False) else "notices/inbox.html"
    return render(request, template, shown)


@page(None)
@require_safe
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Mark a message as read and go to the page that it is about."""
    notice = Notice.objects.filter(person=_reader(request), id=min(number, LARGEST)).first()
    if notice is None:
        raise Http404(_("没有这条消息；请从消息列表中选择。"))
    domain.read(acting_of(request), [notice.id])
    to = notice.address
    return HttpResponseRedirect(to if to.startswith("/") and not to.startswith("//") else reverse("notices"))


@page(None)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark the chosen messages as read, all of them, or one as not read."""
    acting = acting_of(request)
    chosen = [int(one) for one in request.POST.getlist("one") if one.isdecimal() and len(one) < 19]
    if request.POST.get("do") == "all":
        count = domain.read(acting)
        messages.success(request, _("已把 %(n)s 条消息标为已读。") % {"n": count})
    elif request.POST.get("do") == "unread":
        for one in chosen:
            domain.unread(acting, one)
    elif chosen:
        domain.read(acting, chosen)
    else:
        messages.warning(request, _("没有选中消息；请先勾选。"))
    return HttpResponseRedirect(reverse("notices"))


@page(None)
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """How soon the reader gets a mail about what."""
    person = _reader(request)
    if request.method == "POST":
        given = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
        try:
            domain.choose(acting_of(request), {name: str(value) for name, value in given.items()})
        except Unusable as fault:
            messages.error(request, str(fault).partition(" (")[0])
        else:
            messages.success(request, _("已保存。"))
        return HttpResponseRedirect(reverse("notice-choices"))
    shown = {
        "choices": query.choices(person, told_language()),
        "paces": [Choice(pace, words) for pace, words in PACES.items()],
        "email": person.email,
    }
    return render(request, "notices/choices.html", shown)


def _reader(request: HttpRequest) -> Person:
    person = acting_of(request).person
    assert person is not None  # noqa: S101 - pages are for people
    return person
