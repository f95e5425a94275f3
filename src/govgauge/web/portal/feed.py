"""The announcements as an Atom feed: what was published, replaced or withdrawn, and case results that became public."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.office.models import CaseCount, PublicationState, PublicationStep
from govgauge.web.display import chosen
from govgauge.web.portal.marks import open_page

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
_UNKNOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TOLD = (PublicationState.PUBLIC, PublicationState.WITHDRAWN)


class Announcement(Struct, frozen=True):
    """Something that was made known: `key` stays the same whatever the words."""

    key: str
    at: datetime
    title: str
    text: str
    address: str


@open_page
def show(request: HttpRequest) -> HttpResponse:
    """The newest announcements."""
    told = announcements()
    site = request.build_absolute_uri(reverse("portal"))
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": chosen(request).html_language})
    _line(feed, "id", site)
    _line(feed, "title", _("评估公告"))
    _line(feed, "updated", max((one.at for one in told), default=datetime(2000, 1, 1, tzinfo=UTC)).isoformat())
    _line(_line(feed, "author", ""), "name", _("govgauge 政测"))
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": request.build_absolute_uri(request.path)})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": site})
    for one in told:
        entry = ElementTree.SubElement(feed, "entry")
        _line(entry, "id", f"{site}#{one.key}")
        _line(entry, "title", one.title)
        _line(entry, "updated", one.at.isoformat())
        _line(entry, "summary", one.text)
        ElementTree.SubElement(entry, "link", {"href": request.build_absolute_uri(one.address)})
    body = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def announcements() -> list[Announcement]:
    """The newest first."""
    return sorted((*_of_rounds(), *_of_cases()), key=lambda one: (one.at, one.key), reverse=True)[:MOST]


def _of_rounds() -> Iterator[Announcement]:
    steps = PublicationStep.objects.filter(kind__in=TOLD).select_related("publication__round").order_by("-id")
    for step in steps[:MOST]:
        one = step.publication
        named = {"title": one.title, "n": one.number}
        if step.kind == PublicationState.WITHDRAWN:
            title = _("《%(title)s》第 %(n)s 版已撤回") % named
        else:
            title = _("《%(title)s》结果公布（第 %(n)s 版）") % named
        address = reverse("portal-round", kwargs={"slug": one.round.slug, "number": one.number})
        yield Announcement(f"step-{step.pk}", step.at, _clean(title), _clean(step.note), address)


def _of_cases() -> Iterator[Announcement]:
    for count in (
        CaseCount.objects.filter(published_at__isnull=False).select_related("call__round").order_by("-pk")[:MOST]
    ):
        if count.published_at is None:
            continue
        title = _("《%(title)s》评选结果公布") % {"title": count.call.title}
        address = reverse("awards", args=[count.call.round.slug])
        yield Announcement(f"cases-{count.pk}", count.published_at, _clean(title), "", address)


def _line(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    made.text = text
    return made


def _clean(text: str) -> str:
    """Without signs that XML does not know."""
    return _UNKNOWN.sub("", text)
