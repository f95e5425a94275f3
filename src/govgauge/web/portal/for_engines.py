"""What search engines are told: which pages there are, and which ones they leave alone."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from govgauge.case_library import library as cases
from govgauge.office.models import CaseCount, PublicationState, PublishedSubject
from govgauge.office.queries import publications, published_lists
from govgauge.office.queries.chosen_cases import chosen_cases
from govgauge.systems import library as systems
from govgauge.web.portal.marks import open_page
from govgauge.web.portal.reading import Reading

PART = 50_000
"""Addresses in one file, by the protocol of site maps."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml; charset=utf-8"
PLAIN = (
    "portal",
    "portal-rounds",
    "portal-subjects",
    "portal-systems",
    "portal-method",
    "portal-about",
    "portal-contact",
    "portal-site-map",
    "portal-accessibility",
    "portal-privacy",
    "case-library",
    "certificate-check",
    "open-data",
    "scanner",
)
OPEN = (
    "/$",
    "/portal/",
    "/case-library/",
    "/certificates/",
    "/open-data/",
    "/api/",
    "/awards/",
    "/scanner",
    "/static/",
    "/sitemap",
)
CLOSED = ("/portal/search/",)
Place = tuple[str, datetime | None]


@open_page
def robots(request: HttpRequest) -> HttpResponse:
    """The portal is for everybody, the office's own pages are for nobody else."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {one}" for one in CLOSED),
        *(f"Allow: {one}" for one in OPEN),
        "Disallow: /",
    ]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('site-map'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@open_page
def index(request: HttpRequest) -> HttpResponse:
    """The parts of the site map."""
    count = sum(1 for _place in places())
    changed = publications.stamp().at
    parts = range(1, max(1, -(-count // PART)) + 1)
    lines = [_line(request, "sitemap", reverse("site-map-part", args=[one]), changed) for one in parts]
    return _answer("sitemapindex", lines)


@open_page
def part(request: HttpRequest, number: int) -> HttpResponse:
    """A part of it."""
    found = list(islice(places(), PART * (number - 1), PART * number)) if 0 < number < PART else []
    if not found:
        raise Http404(_("网站地图没有这一部分。"))
    return _answer("urlset", [_line(request, "url", address, changed) for address, changed in found])


def places() -> Iterator[Place]:
    """The address of every page for everybody and when it changed last, where that is known."""
    public = list(publications.public())
    newest = max((one.published_at for one in public if one.published_at), default=None)
    for name in PLAIN:
        yield reverse(name), newest if name in PLAIN[:3] else None
    for one in public:
        reading = Reading(one)
        yield reading.address("portal-round"), one.published_at
        groups = publications.groups(one)
        for group in groups:
            yield reading.address("portal-group", group=group.place + 1), one.published_at
        if any(published_lists.counts(group).regions for group in groups):
            yield reading.address("portal-map"), one.published_at
    counted = CaseCount.objects.filter(published_at__isnull=False).values("call__round__slug")
    for count in counted.annotate(at=Max("published_at")).order_by("call__round__slug"):
        yield reverse("awards", args=[count["call__round__slug"]]), count["at"]
    for name in systems.system_ids():
        yield reverse("portal-system", args=[name]), None
    for case in (*chosen_cases(), *cases.cases()):
        yield case.address or reverse("case-library-case", args=[case.id]), None
    rows = PublishedSubject.objects.filter(publication__state=PublicationState.PUBLIC).values("subject_id")
    for row in rows.annotate(at=Max("publication__published_at")).order_by("subject_id").iterator(2000):
        yield reverse("portal-subject", args=[row["subject_id"]]), row["at"]


def _line(request: HttpRequest, name: str, address: str, changed: datetime | None) -> str:
    when = f"<lastmod>{timezone.localdate(changed).isoformat()}</lastmod>" if changed else ""
    return f"<{name}><loc>{escape(request.build_absolute_uri(address))}</loc>{when}</{name}>"


def _answer(root: str, lines: list[str]) -> HttpResponse:
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n' + "\n".join(lines) + f"\n</{root}>\n"
    )
    return HttpResponse(body, content_type=XML)
