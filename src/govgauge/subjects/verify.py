"""Whether the numbers that a source announces are those of the names it lists."""

from msgspec import Struct

from govgauge.subjects.model import Announced, Defect, Roster
from govgauge.subjects.roster import groups_within


class Mismatch(Struct, frozen=True):
    """An announced number that the names do not give. `recorded` when the list has it among its defects."""

    group: str
    region: str
    announced: int
    listed: int
    place: str
    recorded: bool


class Verification(Struct, frozen=True):
    """What became of the announced numbers of a list. `vanished` are recorded defects of numbers that are none."""

    roster: str
    compared: int
    mismatches: tuple[Mismatch, ...]
    vanished: tuple[Defect, ...]
    titles: dict[str, str]

    def ok(self) -> bool:
        """Whether everything fits but for the defects on record."""
        return not self.vanished and all(mismatch.recorded for mismatch in self.mismatches)

    def sentences(self) -> list[str]:
        """One for each number that does not fit, and for each defect on record that is none."""
        said = [
            f"{self.roster} {one.place}：{one.region}{self.titles.get(one.group, one.group)}公布 {one.announced} 个，"
            f"列出 {one.listed} 个{'（已登记）' if one.recorded else ''}。"
            for one in self.mismatches
        ]
        said += [f"{self.roster} {one.place}：登记的缺陷并不存在，请删去：{one.text}" for one in self.vanished]
        return said


def verify(roster: Roster) -> Verification:
    """Compare every announced number with the names."""
    recorded = {_figures(defect) for defect in roster.defects if defect.announced is not None}
    mismatches = []
    for said in roster.announced:
        listed = count(roster, said)
        if listed != said.number:
            place = (said.group, said.region, said.number, listed)
            mismatches.append(Mismatch(*place, said.place, place in recorded))
    found = {(one.group, one.region, one.announced, one.listed) for one in mismatches}
    vanished = [one for one in roster.defects if one.announced is not None and _figures(one) not in found]
    titles = {group.id: group.title for group in roster.groups}
    return Verification(roster.id, len(roster.announced), tuple(mismatches), tuple(vanished), titles)


def count(roster: Roster, said: Announced) -> int:
    """How many subjects of the list an announced number is about."""
    wanted = groups_within(roster, said.group)
    return sum(
        not wanted.isdisjoint(subject.groups) and said.region in {"", subject.region} for subject in roster.subjects
    )


def _figures(defect: Defect) -> tuple[str, str, int | None, int | None]:
    return (defect.group, defect.region, defect.announced, defect.listed)
