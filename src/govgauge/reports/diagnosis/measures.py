"""What cost a subject points, gathered into things to do: by audit, or by indicator where no program looks."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from govgauge.audits.catalogue import all_audits, texts
from govgauge.reports.diagnosis.details import CheckLine, Details, Found, LeafLine
from govgauge.reports.diagnosis.remedies import Remedy, remedies
from govgauge.scoring.bulk import SAME

NONE = Found(0, 0, ())


class Measure(Struct, frozen=True, kw_only=True):
    """Something to do. `points` are lost for sure and won back when it is done; `checks` those that lost them.

    `audit` is empty where no program looks. `found` are the faults that are told one by one; `count` all of them.
    """

    title: str
    audit: str
    points: float
    checks: tuple[CheckLine, ...]
    leaves: tuple[LeafLine, ...]
    count: int
    found: Found
    remedy: Remedy
    advice: str

    @property
    def body(self) -> str:
        return remedies().body(self.remedy)

    @property
    def time(self) -> str:
        return remedies().time(self.remedy)

    @property
    def soon(self) -> int:
        return remedies().soon(self.remedy)


def measures_of(details: Details, bonus: Collection[str]) -> list[Measure]:
    """What to do, by points. Indicators in `bonus` lose none; where no answers are told, indicators stand for them."""
    leaves = {leaf.code: leaf for leaf in details.leaves if leaf.code not in bonus}
    if not details.checks:
        lost = [leaf for leaf in leaves.values() if leaf.effective_weight - leaf.high > SAME]
        return _by_points(_of_leaf(leaf) for leaf in lost)
    spread_out = _under_several(details.checks)
    groups: dict[str, list[CheckLine]] = {}
    for check in details.checks:
        if check.indicator in leaves and (lost_of(check) > SAME or (check.findings and check.answered)):
            groups.setdefault(_thing_of(check, spread_out), []).append(check)
    return _by_points(_of_checks(name, checks, leaves, details) for name, checks in groups.items())


def _thing_of(check: CheckLine, spread_out: Collection[str]) -> str:
    """An audit of the catalogue, or one that looks for the same under several indicators; else the indicator."""
    return check.audit if check.audit in all_audits() or check.audit in spread_out else check.indicator


def _under_several(checks: Iterable[CheckLine]) -> set[str]:
    seen: dict[str, set[str]] = {}
    for check in checks:
        seen.setdefault(check.audit, set()).add(check.indicator)
    return {audit for audit, indicators in seen.items() if audit and len(indicators) > 1}


def lost_of(check: CheckLine) -> float:
    """Points that are lost for sure."""
    return check.weight - check.high


def _by_points(found: Iterable[Measure]) -> list[Measure]:
    return sorted(found, key=lambda each: (-each.points, each.title))


def _of_checks(name: str, checks: list[CheckLine], leaves: dict[str, LeafLine], details: Details) -> Measure:
    touched = tuple(leaves[code] for code in dict.fromkeys(check.indicator for check in checks))
    known = name in all_audits()
    told = texts(name) if known else None
    faults = details.found.get(name, NONE)
    return Measure(
        title=told.title if told else _named_for(touched),
        audit=name if known else "",
        points=sum(lost_of(check) for check in checks),
        checks=tuple(sorted(checks, key=lambda check: (-lost_of(check), check.check))),
        leaves=touched,
        count=max(faults.count, *(int(check.findings or 0) for check in checks)),
        found=faults,
        remedy=remedies().of(name if known else "", _names(touched[0])),
        advice=told.fix if told else "",
    )


def _named_for(leaves: tuple[LeafLine, ...]) -> str:
    return leaves[0].name if len(leaves) == 1 else leaves[0].level2 or leaves[0].level1


def _of_leaf(leaf: LeafLine) -> Measure:
    return Measure(
        title=leaf.name,
        audit="",
        points=leaf.effective_weight - leaf.high,
        checks=(),
        leaves=(leaf,),
        count=0,
        found=NONE,
        remedy=remedies().of("", _names(leaf)),
        advice="",
    )


def _names(leaf: LeafLine) -> tuple[str, ...]:
    return tuple(name for name in (leaf.level3, leaf.level2, leaf.level1) if name)
