"""A count as lists show it: cases by family and category, the best first."""

from collections.abc import Mapping, Sequence

from django.db.models import F, QuerySet
from msgspec import Struct

from govgauge.office.domain import case_calls, case_counts
from govgauge.office.models import CaseCall, CaseCount, CaseResult


class Group(Struct, frozen=True):
    """The results of a category; `family` is the one that it is counted with."""

    family: str
    category: str
    results: Sequence[CaseResult]


def results(made: CaseCount) -> QuerySet[CaseResult]:
    """Every case of a count: chosen ones first, by place."""
    found = made.results.select_related("case__entry")
    return found.order_by("-chosen", F("place").asc(nulls_last=True), "case__number")


def by_category(made: CaseCount, *, chosen_only: bool = False) -> list[Group]:
    """Results by category, in the order of the rules as they were counted."""
    rows = [one for one in results(made) if one.chosen or not chosen_only]
    named = categories(made)
    groups = [
        Group(family, name, [one for one in rows if one.case.category == slug])
        for slug, (family, name) in named.items()
    ]
    strange = [one for one in rows if one.case.category not in named]
    return [group for group in (*groups, Group("", "", strange)) if group.results]


def categories(made: CaseCount) -> Mapping[str, tuple[str, str]]:
    """Family and name of each category, by slug, as the rules of a count had them."""
    return {one["slug"]: (one["family"], one["name"]) for one in made.rules.get("categories", ())}


def announced(slug: str) -> CaseCount | None:
    """The public result of a round, if there is one."""
    call = CaseCall.objects.filter(round__slug=slug).select_related("round").first()
    return case_counts.published(call) if call else None


def why_not_counted(call: CaseCall) -> str:
    """Why nothing can be counted now; empty when it can."""
    return case_counts.not_yet(case_calls.rules_of(call))
