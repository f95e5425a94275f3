"""From a list of subjects to the lines of a round: who exists on its day, with the site of that day, scored by what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from govgauge.office.lines import Line, Offer
from govgauge.subjects.model import Channel, Roster, Subject
from govgauge.subjects.periods import holds
from govgauge.subjects.roster import assessed_by, at, groups_within, successors

Way = tuple[str, str]
"""System and profile."""


class Choice(Struct, frozen=True, kw_only=True):
    """Which subjects of a list are meant (empty: all), and by what they are scored where their groups do not tell."""

    groups: tuple[str, ...] = ()
    region: str = ""
    system: str = ""
    profile: str = ""


def offer_of(roster: Roster, day: date, choice: Choice, rows: Mapping[str, int]) -> Offer:
    """The subjects of a day as lines. `rows` tells the number of a subject's row by its key, where it has one.

    Raises UnknownGroup.
    """
    reader = _Reader(roster, day, choice, rows)
    taken = list(reader.lines())
    return Offer(
        lines=tuple(taken),
        refused=tuple(reader.refused),
        unassessed=reader.unassessed,
        gone={
            subject.key: tuple(one.key for one in successors(roster, subject.key, day))
            for subject in roster.subjects
            if subject.until is not None and not holds(subject.since, subject.until, day)
        },
    )


class _Reader:
    def __init__(self, roster: Roster, day: date, choice: Choice, rows: Mapping[str, int]) -> None:
        self._choice = choice
        self._rows = rows
        self._then = at(roster, day)
        self._wanted = {group for name in choice.groups for group in groups_within(roster, name)}
        self._ways = {group.id: assessed_by(roster, group.id) for group in roster.groups}
        self._parents = {subject.parent for subject in self._then.subjects}
        self._grouped = any(subject.groups for subject in roster.subjects)
        self._sites = {
            outlet.subject: outlet.address for outlet in self._then.outlets if outlet.channel is Channel.SITE
        }
        self.refused: list[str] = []
        self.unassessed = 0

    def lines(self) -> Iterator[Line]:
        for subject in self._then.subjects:
            groups = self._groups(subject)
            if groups is None:
                continue
            if not groups and self._grouped and subject.key in self._parents:
                self.unassessed += 1
                continue
            ways, fault = self._ways_of(groups)
            if fault:
                self.refused.append(self._line(subject, groups, ("", "")).told(fault))
            for way in ways:
                yield self._line(subject, groups, way)

    def _groups(self, subject: Subject) -> Sequence[str] | None:
        """The groups in which it is meant; None when it is not."""
        if self._choice.region not in {"", subject.region, subject.key}:
            return None
        if not self._wanted:
            return subject.groups
        return [group for group in subject.groups if group in self._wanted] or None

    def _ways_of(self, groups: Sequence[str]) -> tuple[list[Way], str]:
        """By what it is scored, once for each system, and what is wrong (empty: nothing)."""
        if self._choice.system:
            return [(self._choice.system, self._choice.profile)], ""
        ways = list(dict.fromkeys(filter(None, (self._ways.get(group) for group in groups))))
        if ways and len({system for system, _profile in ways}) == len(ways):
            return ways, ""
        if not groups:
            return [], "没有组，不知道用哪个指标体系；请写明它的组，或用 --system 指定"
        if not ways:
            return [], f"组“{_listed(groups)}”没有写明指标体系；请在工作表“组”中写明，或用 --system 指定"
        systems = "、".join(f"{system}（{profile}）" for system, profile in ways)
        return [], f"所在的组“{_listed(groups)}”用同一指标体系的不同权重档 {systems}；请用 --group 指定其中一个组"

    def _line(self, subject: Subject, groups: Sequence[str], way: Way) -> Line:
        own = [group for group in groups if self._ways.get(group) == way] or list(groups)
        return Line(
            number=self._rows.get(subject.key, 0),
            name=subject.name,
            parent=subject.parent,
            group=own[0] if own else "",
            url=self._sites.get(subject.key, ""),
            system=way[0],
            profile=way[1],
            region=subject.region,
            before=subject.before,
        )


def _listed(groups: Iterable[str]) -> str:
    return "、".join(groups)
