"""Choosing cases by year, kind, group, category and region, and the values that there are to choose from."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from govgauge.case_library.model import Case, CaseGroup, CaseKind


class Sieve(Struct, frozen=True):
    """What is asked for; an empty field asks for nothing. `described`: only those whose capabilities are told."""

    year: int | None = None
    kind: CaseKind | None = None
    group: CaseGroup | None = None
    category: str = ""
    region: str = ""
    described: bool = False

    def lets(self, case: Case, described: frozenset[str]) -> bool:
        """Whether a case passes; `described` holds the ids of those that are told at length."""
        return (
            self.year in {None, case.year}
            and self.kind in {None, case.kind}
            and self.group in {None, case.group}
            and (not self.category or self.category in case.categories)
            and self.region in {"", case.region}
            and (not self.described or case.id in described)
        )


def sieved(cases: Iterable[Case], sieve: Sieve, described: frozenset[str] = frozenset()) -> tuple[Case, ...]:
    """The cases that pass, in their order."""
    return tuple(case for case in cases if sieve.lets(case, described))


def years(cases: Iterable[Case]) -> list[int]:
    """The years there are, newest first."""
    return sorted({case.year for case in cases}, reverse=True)


def categories(cases: Iterable[Case]) -> list[str]:
    """The categories there are: the most frequent first, then in the order of the cases."""
    return _by_frequency(cases, lambda case: case.categories)


def regions(cases: Iterable[Case]) -> list[str]:
    """The provinces there are: that with the most cases first, then in the order of the cases."""
    return _by_frequency(cases, lambda case: (case.region,) if case.region else ())


def _by_frequency(cases: Iterable[Case], values: Callable[[Case], Sequence[str]]) -> list[str]:
    counts: dict[str, int] = {}
    for case in cases:
        for value in values(case):
            counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=lambda value: -counts[value])
