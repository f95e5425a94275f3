"""The values of each filter with the number of cases behind them; what comes from sources stays in Chinese."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from django.utils.functional import Promise
from msgspec import Struct

from govgauge.case_library import sieve
from govgauge.case_library.model import Case, CaseGroup, CaseKind
from govgauge.web.case_library.words import GROUPS, KINDS


class Counted(Struct, frozen=True):
    """A value of a filter, its words, and how many cases have it."""

    value: str
    title: str | Promise
    count: int


class Choices(Struct, frozen=True):
    """All filters. Categories stand under their kind."""

    years: tuple[Counted, ...]
    kinds: tuple[Counted, ...]
    groups: tuple[Counted, ...]
    categories: tuple[tuple[str | Promise, tuple[Counted, ...]], ...]
    regions: tuple[Counted, ...]


@lru_cache(maxsize=8)
def choices(cases: tuple[Case, ...]) -> Choices:
    """The filters of these cases."""
    years, kinds = Counter(str(case.year) for case in cases), Counter(case.kind.value for case in cases)
    groups, regions = Counter(case.group.value for case in cases), Counter(case.region for case in cases)
    return Choices(
        years=tuple(Counted(str(year), str(year), years[str(year)]) for year in sieve.years(cases)),
        kinds=tuple(Counted(kind.value, KINDS[kind], kinds[kind.value]) for kind in CaseKind),
        groups=tuple(Counted(group.value, GROUPS[group], groups[group.value]) for group in CaseGroup),
        categories=tuple((KINDS[kind], _categories(cases, kind)) for kind in CaseKind),
        regions=tuple(Counted(name, name, regions[name]) for name in sieve.regions(cases)),
    )


def _categories(cases: Sequence[Case], kind: CaseKind) -> tuple[Counted, ...]:
    of_kind = [case for case in cases if case.kind is kind]
    counts = Counter(name for case in of_kind for name in case.categories)
    return tuple(Counted(name, name, counts[name]) for name in sieve.categories(of_kind))
