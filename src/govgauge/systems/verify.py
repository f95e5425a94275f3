"""The arithmetic of a printed table: do its totals follow from its rows?"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from govgauge.systems.model import Defect, Status, System


class Mismatch(Struct, frozen=True):
    """A printed total that its rows do not give. `code` is empty for the totals of the whole table."""

    code: str
    name: str
    profile: str
    printed: Decimal
    computed: Decimal

    def sentence(self) -> str:
        """Where the print contradicts itself, with both figures."""
        place = f"“{self.name}”（{self.code}）" if self.code else f"全表的{self.name}"
        return f"{place}在权重档 {self.profile} 印为 {plain(self.printed)}，各行合计 {plain(self.computed)}。"


class Verification(Struct, frozen=True):
    """What `verify` found. `unrecorded` contradict the file's own record, `vanished` are recorded but not there."""

    system: str
    mismatches: tuple[Mismatch, ...]
    unrecorded: tuple[Mismatch, ...]
    vanished: tuple[Defect, ...]

    def ok(self) -> bool:
        """Whether every contradiction of the print is on record, and nothing else is."""
        return not self.unrecorded and not self.vanished

    def sentences(self) -> list[str]:
        """One sentence for each thing found, worst first; empty when the table is sound."""
        known = [mismatch for mismatch in self.mismatches if mismatch not in self.unrecorded]
        return [
            *(f"{self.system}：{mismatch.sentence()}未记入 defects。" for mismatch in self.unrecorded),
            *(
                f"{self.system}：defects 记有 {defect.code or '全表'}（{defect.profile}）印为 {plain(defect.printed)}、"
                f"合计 {plain(defect.computed)}，与表不符，请改正或删去。"
                for defect in self.vanished
            ),
            *(f"{self.system}：{mismatch.sentence()}原文如此，已记录。" for mismatch in known),
        ]


def verify(system: System) -> Verification:
    """Compare every printed total with the sum of its rows, and full marks with the sum of all weights."""
    mismatches = tuple(_mismatches(system))
    recorded = {_key(defect): defect for defect in system.defects}
    found = {_key(mismatch) for mismatch in mismatches}
    return Verification(
        system=system.id,
        mismatches=mismatches,
        unrecorded=tuple(mismatch for mismatch in mismatches if _key(mismatch) not in recorded),
        vanished=tuple(defect for key, defect in recorded.items() if key not in found),
    )


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent."""
    return f"{number.normalize():f}"


def _mismatches(system: System) -> Iterator[Mismatch]:
    if system.status is Status.OUTLINE:
        return
    for _, node in system.nodes():
        for profile, printed in node.printed.items():
            computed = node.weight(profile) or Decimal(0)
            if computed != printed:
                yield Mismatch(node.code, node.name, profile, printed, computed)
    for profile in system.profile_ids():
        yield from _totals(system, profile)


def _totals(system: System, profile: str) -> Iterator[Mismatch]:
    weights = {node.code: node.weight(profile) or Decimal(0) for node in system.indicators}
    bonus = sum((weights[node.code] for node in system.indicators if node.bonus), Decimal(0))
    total = sum(weights.values(), Decimal(0))
    if total != system.full_marks:
        yield Mismatch("", "满分", profile, system.full_marks, total)
    if bonus != system.bonus_max:
        yield Mismatch("", "加分上限", profile, system.bonus_max, bonus)


def _key(fault: Mismatch | Defect) -> tuple[str, str, Decimal, Decimal]:
    return fault.code, fault.profile, fault.printed, fault.computed
