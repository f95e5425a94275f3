"""Who visits the sites: a page for their owners, and the addresses to allow as text and JSON."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required as public
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.gather.plan import Limits, user_agent
from govgauge.office.queries.pace_of_visits import pace_of_visits

UNTOLD = "# 评估办公室还没有公布访问所用的地址 (the office has not told its addresses yet)"


class Scanner(Struct, frozen=True):
    """What owners of sites are told of the visitor. An empty field has not been filled in."""

    user_agent: str
    addresses: tuple[str, ...]
    organisation: str
    contact: str
    url: str


def scanner() -> Scanner:
    """The visitor as the settings have it."""
    return Scanner(
        user_agent=user_agent(),
        addresses=tuple(settings.SCANNER_ADDRESSES),
        organisation=settings.SCANNER_ORGANISATION,
        contact=settings.SCANNER_CONTACT,
        url=settings.SCANNER_URL,
    )


@public
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page for owners of sites."""
    return render(request, "service/scanner.html", {"scanner": scanner(), "limits": Limits(), "pace": pace_of_visits()})


@public
@require_safe
def as_text(_request: HttpRequest) -> HttpResponse:
    """The addresses to allow, one a line, after the facts as comments."""
    told = scanner()
    lines = [
        f"# User-Agent: {told.user_agent}",
        *([f"# {told.organisation}"] if told.organisation else []),
        *([f"# {told.contact}"] if told.contact else []),
        *(told.addresses or [UNTOLD]),
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


@public
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    told = scanner()
    facts = {
        "user_agent": told.user_agent,
        "addresses": list(told.addresses),
        "organisation": told.organisation,
        "contact": told.contact,
        "url": told.url or request.build_absolute_uri(reverse("scanner")),
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})
