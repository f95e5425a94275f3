"""Pages that only tell: how the assessment is made, what this is, how accessible it is, what it keeps of readers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from govgauge.web.portal.marks import open_page


@open_page
def method(request: HttpRequest) -> HttpResponse:
    """How answers become points, places and grades, and what they are good for."""
    return render(request, "portal/method.html")


@open_page
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this, and where to write."""
    return render(
        request, "portal/about.html", {"contact": settings.SCANNER_CONTACT, "host": settings.SCANNER_ORGANISATION}
    )


@open_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What readers may rely on, and what is known to be lacking."""
    return render(request, "portal/accessibility.html", {"contact": settings.SCANNER_CONTACT})


@open_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Which cookies there are, and what is kept."""
    return render(request, "portal/privacy.html", {"contact": settings.SCANNER_CONTACT})
