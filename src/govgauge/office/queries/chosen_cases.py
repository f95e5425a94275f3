"""The chosen cases of this office's published results, as the case library shows cases."""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.db.models import Max

from govgauge.case_library.model import Case, CaseGroup, CaseKind
from govgauge.office.models import CaseCount, CaseResult, Entry
from govgauge.office.queries.case_results import categories

SITES = "网站"
"""In the name of a family whose cases are websites."""
BY_PROFILE = {
    "ministry": CaseGroup.MINISTRY,
    "province": CaseGroup.PROVINCE,
    "county": CaseGroup.COUNTY,
    "etdz": CaseGroup.ZONE,
    "htdz": CaseGroup.ZONE,
}
"""The group of a subject by the profile that it is assessed by; all others are cities."""


def chosen_cases() -> tuple[Case, ...]:
    """Them, the newest round first, then by category and place; one query where nothing was published since."""
    public = CaseCount.objects.filter(published_at__isnull=False).values("call")
    last = tuple(public.annotate(last=Max("pk"), at=Max("published_at")).order_by("-last").values_list("last", "at"))
    return _made(str(settings.DATABASES["default"]["NAME"]), last)


@lru_cache(maxsize=8)
def _made(_database: str, counts: tuple[tuple[int, object], ...]) -> tuple[Case, ...]:
    return tuple(case for number, _at in counts for case in _of_count(number))


def _of_count(number: int) -> list[Case]:
    found = CaseResult.objects.filter(count=number, chosen=True)
    rows = list(found.select_related("case__entry__round", "count__call__round").order_by("place", "case__number"))
    if not rows:
        return []
    named = categories(rows[0].count)
    order = {slug: place for place, slug in enumerate(named)}
    return [_case(row, named) for row in sorted(rows, key=lambda row: order.get(row.case.category, len(order)))]


def _case(row: CaseResult, named: Mapping[str, tuple[str, str]]) -> Case:
    case, call = row.case, row.count.call
    family, category = named.get(case.category, ("", case.category))
    return Case(
        id=f"{call.round.slug}-case-{case.number:03d}",
        year=call.round.as_of.year,
        kind=CaseKind.SITE if SITES in family else CaseKind.DIGITAL,
        group=_group(case.entry),
        owner=case.owner,
        name=case.name,
        place=f"第 {row.count.number} 次计票",
        subject=case.entry.key,
        region="" if _group(case.entry) is CaseGroup.MINISTRY else case.entry.region,
        categories=(category,) if category else (),
        source=call.title,
        address=f"/awards/{call.round.slug}/{case.number}/",
    )


def _group(entry: Entry) -> CaseGroup:
    by_system = BY_PROFILE.get(entry.system.partition("-")[2], CaseGroup.CITY)
    return BY_PROFILE.get(entry.profile, by_system)
