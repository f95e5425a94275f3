"""Pages that only tell: how the assessment is made, what this is, how accessible it is, what it keeps of readers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from govgauge.web.portal.marks import open_page
from govgauge.web.portal.own_texts import own_text


@open_page
def method(request: HttpRequest) -> HttpResponse:
    """How answers become points, places and grades, and what they are good for."""
    return render(request, "portal/method.html")


@open_page
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this."""
    return _told(request, "about")


@open_page
def contact(request: HttpRequest) -> HttpResponse:
    """Where to write, and with what to turn where."""
    return _told(request, "contact")


@open_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What readers may rely on, and what is known to be lacking."""
    return _told(request, "accessibility")


@open_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Which cookies there are, and what is kept."""
    return _told(request, "privacy")


def _told(request: HttpRequest, name: str) -> HttpResponse:
    """A page with the marks of the site, and what the office says in its own words."""
    contact = settings.SITE_CONTACT or settings.SCANNER_CONTACT
    shown = {
        "host": settings.SITE_HOST or settings.SCANNER_ORGANISATION,
        "contact": contact,
        "visits": settings.SCANNER_CONTACT if contact != settings.SCANNER_CONTACT else "",
        "own_text": own_text(name),
    }
    return render(request, f"portal/{name}.html", shown)
