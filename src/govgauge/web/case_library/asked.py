"""What an address asks of the case library: a search, filters and a page; unknown values ask for nothing."""

from collections.abc import Sequence

from django.http import HttpRequest
from msgspec import Struct

from govgauge.case_library import sieve
from govgauge.case_library.model import Case, CaseGroup, CaseKind
from govgauge.case_library.sieve import Sieve
from govgauge.web.listing import one_of, text

FILTERS = ("q", "year", "kind", "group", "category", "region", "described")


class Asked(Struct, frozen=True):
    """The search text and the filters; `is_sieved` when there is any of them."""

    text: str
    sieve: Sieve
    is_sieved: bool


def asked(request: HttpRequest, cases: Sequence[Case]) -> Asked:
    """What this address asks for of these cases."""
    year = one_of(request, "year", [str(one) for one in sieve.years(cases)])
    kind = one_of(request, "kind", [one.value for one in CaseKind])
    group = one_of(request, "group", [one.value for one in CaseGroup])
    wanted = Sieve(
        year=int(year) if year else None,
        kind=CaseKind(kind) if kind else None,
        group=CaseGroup(group) if group else None,
        category=one_of(request, "category", sieve.categories(cases)),
        region=one_of(request, "region", sieve.regions(cases)),
        described=one_of(request, "described", ["1"]) == "1",
    )
    query = text(request, "q")
    return Asked(query, wanted, bool(query) or wanted != Sieve())
