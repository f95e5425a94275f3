"""Comparing what was found on the simulated sites with the truth: precision and recall of every audit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from govgauge.testbed.model import Planted

LOOSE = frozenset(
    (
        "text-noise",
        "wrong-word",
        "error-disclosure",
        "floating-window",
        "personal-data-leak",
        "mobile-layout",
        "leave-notice",
    )
)
"""Audits whose target is an excerpt or a reason of the judge's own wording: the same page is the same fault."""

Fault = tuple[str, str, str]
"""Site, page, target."""


class Score(Struct, frozen=True, kw_only=True):
    """One audit over all sites. `wrong` was found and is not true, `missed` is true and was not found."""

    audit: str
    planted: int
    found: int
    wrong: tuple[Fault, ...] = ()
    missed: tuple[Fault, ...] = ()

    @property
    def precision(self) -> float | None:
        """Share of the findings that are true; None without any."""
        return (self.found - len(self.wrong)) / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the planted faults that were found; None without any."""
        return (self.planted - len(self.missed)) / self.planted if self.planted else None


def compare(
    truth: Iterable[Planted], found: Mapping[str, Iterable[tuple[str, str, str]]], audits: Collection[str]
) -> list[Score]:
    """Scores in the order of `audits` (ids that exist). `found` holds (audit, page, target) by the name of the site."""
    wanted: defaultdict[str, list[Fault]] = defaultdict(list)
    for fault in truth:
        wanted[fault.audit].append((fault.site, fault.page, fault.target))
    got: defaultdict[str, list[Fault]] = defaultdict(list)
    for site, findings in found.items():
        for audit, page, target in findings:
            got[audit].append((site, page, target))
    return [score(audit, wanted[audit], got[audit]) for audit in audits if wanted[audit] or got[audit]]


def score(audit: str, wanted: list[Fault], got: list[Fault]) -> Score:
    """Compare one audit's findings with the truth about it."""
    loose = audit in LOOSE
    true, seen = {_key(fault, loose) for fault in wanted}, {_key(fault, loose) for fault in got}
    return Score(
        audit=audit,
        planted=len(wanted),
        found=len(got),
        wrong=tuple(sorted(fault for fault in got if _key(fault, loose) not in true)),
        missed=tuple(sorted(fault for fault in wanted if _key(fault, loose) not in seen)),
    )


def _key(fault: Fault, loose: bool) -> Fault:
    site, page, target = fault
    return (site, page, "" if loose else target)
