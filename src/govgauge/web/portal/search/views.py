"""The search page, and the few names that are offered while somebody types."""

import sqlite3

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from govgauge.office.models import Publication, PublicationState
from govgauge.web.display import is_english
from govgauge.web.listing import address, one_of, text
from govgauge.web.portal.marks import open_page
from govgauge.web.portal.search import building
from govgauge.web.portal.search.entry import TITLES, Entry, Kind
from govgauge.web.portal.search.excerpts import excerpt, marked
from govgauge.web.portal.search.searching import Found, Sieve, search
from govgauge.web.portal.search.ways import Term, Way

PAGE, MOST_PAGES, OFFERED = 20, 50, 8
LOOSER: dict[str, Promise] = {
    Way.WORDS: _("没有逐字相符的内容；以下内容含有同样的词。"),
    Way.NAMED: _("没有逐字相符的内容；以下是其中提到的单位。"),
    Way.SOUND: _("没有逐字相符的内容；以下内容读音相同。"),
    Way.NEAR: _("没有逐字相符的内容；以下内容写法相近。"),
    Way.SOME: _("没有全部相符的内容；以下内容含有其中一部分词。"),
}


class Row(Struct, frozen=True):
    """An entry as it is listed, with the terms marked."""

    kind: Kind
    kind_title: str | Promise
    title: SafeString
    address: str
    context: SafeString
    body: SafeString
    others: SafeString
    years: tuple[int, ...]


class Choice(Struct, frozen=True):
    """A value of a filter, how many entries have it, and the address that chooses it."""

    title: str | Promise
    count: int
    link: str
    is_chosen: bool


@open_page
def show(request: HttpRequest) -> HttpResponse:
    """What the text finds, by kind and year, page by page."""
    asked, sieve, number = text(request, "q"), _sieve(request), _page(request)
    found, is_ready = _found(asked, sieve, slice(PAGE * (number - 1), PAGE * number))
    pages = min(-(-found.total // PAGE), MOST_PAGES)
    if number > pages > 0:
        number = pages
        found, is_ready = _found(asked, sieve, slice(PAGE * (number - 1), PAGE * number))
    response = render(
        request,
        "portal/search.html",
        {
            "searched": asked,
            "found": found,
            "is_ready": is_ready,
            "rows": [row(one, found.terms) for one in found.entries],
            "looser": LOOSER.get(found.way) if found.way else None,
            "kinds": _choices(
                request, "kind", sieve.kind, [(one.value, TITLES[one], n) for one, n in found.kinds.items()]
            ),
            "years": _choices(request, "year", sieve.year, [(str(one), str(one), n) for one, n in found.years.items()]),
            "number": number,
            "start": PAGE * (number - 1) + 1,
            "pages": pages,
            "before": address(request, page=str(number - 1)) if 1 < number <= pages else "",
            "after": address(request, page=str(number + 1)) if number < pages else "",
        },
    )
    return _kept(response, is_ready=is_ready)


@open_page
def suggest(request: HttpRequest) -> HttpResponse:
    """A few entries for what is typed so far, as a part of a page."""
    asked = text(request, "q")
    found, is_ready = _found(asked, Sieve(whole=True), slice(OFFERED)) if asked else (Found(), True)
    close = found.way in {Way.EXACT, Way.NAMED, Way.SOUND, Way.NEAR}
    rows = [row(one, found.terms) for one in found.entries] if close else []
    response = render(request, "portal/parts/suggested.html", {"rows": rows, "searched": asked, "total": found.total})
    return _kept(response, is_ready=is_ready)


def _kept(response: HttpResponse, *, is_ready: bool) -> HttpResponse:
    """Kept by its reader's browser a moment, while the index tells all; for no engine to list."""
    response.headers["Cache-Control"] = "private, max-age=60" if is_ready else "no-store"
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def row(entry: Entry, terms: tuple[Term, ...]) -> Row:
    """An entry with the terms marked."""
    named = entry.english if is_english() and entry.english else entry.title
    return Row(
        kind=entry.kind,
        kind_title=TITLES[entry.kind],
        title=marked(named, terms),
        address=entry.address,
        context=marked(entry.context, terms),
        body=excerpt(entry.body, terms),
        others=marked("、".join(entry.others), terms) if entry.kind is Kind.SUBJECT else SafeString(),
        years=entry.years,
    )


def _found(asked: str, sieve: Sieve, part: slice) -> tuple[Found, bool]:
    """What is found, and whether the index tells all that is public."""
    is_ready = building.freshen()
    public = Publication.objects.filter(state=PublicationState.PUBLIC).values_list("pk", flat=True)
    try:
        return search(building.path(), asked, sieve, list(public), part), is_ready
    except sqlite3.Error:
        return Found(), False


def _sieve(request: HttpRequest) -> Sieve:
    kind = one_of(request, "kind", [one.value for one in Kind])
    year = request.GET.get("year", "")
    known = year.isascii() and year.isdecimal() and len(year) == len("2025")
    return Sieve(Kind(kind) if kind else None, int(year) if known else None)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) < len(str(MOST_PAGES)) + 1
    return min(max(int(asked), 1), MOST_PAGES) if known else 1


def _choices(
    request: HttpRequest, name: str, chosen: object, values: list[tuple[str, str | Promise, int]]
) -> list[Choice]:
    whole = Choice(
        _("全部"), sum(count for _value, _title, count in values), _without(request, name), is_chosen=chosen is None
    )
    made = [
        Choice(title, count, address(request, page=None, **{name: value}), is_chosen=str(chosen) == value)
        for value, title, count in values
    ]
    return [whole, *made] if made else []


def _without(request: HttpRequest, name: str) -> str:
    return address(request, page=None, **{name: None})
