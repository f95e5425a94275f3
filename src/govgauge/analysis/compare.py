"""Two rounds beside each other: what rose and fell, over the indicators and subjects that both have.

Both rounds are measured with the same yardstick: the common leaves, with the weights of the later round. A value that
is open or does not apply in one of the rounds is left out of both. Ranks and grades are those of each round itself.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from govgauge.analysis.assessed import Assessed, ranks_where_known
from govgauge.analysis.groups import ALL, NOT_NAMED
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.node import WHOLE, Node
from govgauge.analysis.pairing import Pairing, paired, pruned, without_deduction
from govgauge.analysis.shares import Share
from govgauge.errors import Unusable
from govgauge.scoring.bulk import SAME, Flags, Points

LEAST = 0.5
"""Share of a node's weight that must be known of a subject in both rounds before its index is held against itself."""
FLAT = 0.005
"""Change of an index that is told as none: half of the second decimal, as the sources print."""


class Change(Struct, frozen=True):
    """A node's mean index over the `known` subjects in both rounds. `coverage`: common weight ÷ weight of the node.

    `rose`, `fell` and `flat` are shares of the known subjects.
    """

    node: Node
    known: int
    before: float | None
    after: float | None
    change: float | None
    coverage: float
    rose: Share
    fell: Share
    flat: Share


class GroupChange(Struct, frozen=True):
    """All changes of a group, the total index (code "") first."""

    name: str
    subjects: int
    changes: tuple[Change, ...]

    def change(self, code: str) -> Change:
        """Of one node."""
        return next(each for each in self.changes if each.node.code == code)


class SubjectChange(Struct, frozen=True):
    """A subject in both rounds. Indexes over common indicators (None where open); ranks among the common subjects by
    each round's own totals, `rise` in places; grades of each round."""

    subject: str
    group: str
    before: float | None
    after: float | None
    change: float | None
    rank_before: int | None
    rank_after: int | None
    rise: int | None
    grade_before: str
    grade_after: str


class Movement(Struct, frozen=True):
    """How many went from one grade to another."""

    before: str
    after: str
    share: Share


class CommonGround(Struct, frozen=True):
    """Both rounds over their common subjects, leaves and known values, by the later weights.

    `then` and `now` are the places of the common subjects in each round; `coverage` says how much of each node's
    weight the common leaves hold, `known` how much of it is known of each common subject in both rounds.
    """

    pairing: Pairing
    before: Assessed
    after: Assessed
    then: tuple[int, ...]
    now: tuple[int, ...]
    coverage: Mapping[str, float]
    known: Mapping[str, Points]

    def indexes(self, code: str) -> tuple[Points, Points]:
        """A node's indexes then and now; NaN of those of whom less than LEAST of it is known in both rounds."""
        enough = self.known[code] >= LEAST - SAME
        was, is_now = self.before.index(code), self.after.index(code)
        return np.where(enough, was, np.nan), np.where(enough, is_now, np.nan)


class Comparison(Struct, frozen=True):
    """Everything about two rounds. `entered` and `left`: subjects that only one of them has."""

    pairing: Pairing
    groups: tuple[GroupChange, ...]
    subjects: tuple[SubjectChange, ...]
    grades: tuple[str, ...]
    movements: tuple[Movement, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]

    def improved(self, count: int = 10) -> list[SubjectChange]:
        """Those whose index rose most. Equals of the last one stay together; too many of them are all left out."""
        known = [each for each in self.subjects if each.change is not None and each.change > SAME]
        return _first(sorted(known, key=lambda each: (-(each.change or 0), each.subject)), _change_of, count)

    def climbed(self, count: int = 10) -> list[SubjectChange]:
        """Those that rose by most places; equals of the last one stay together, as with `improved`."""
        known = [each for each in self.subjects if each.rise is not None and each.rise > 0]
        ordered = sorted(known, key=lambda each: (-(each.rise or 0), each.rank_after or 0, each.subject))
        return _first(ordered, _rise_of, count)


def _first(ordered: list[SubjectChange], of: Callable[[SubjectChange], float], count: int) -> list[SubjectChange]:
    if len(ordered) <= count:
        return ordered
    last = of(ordered[count - 1])
    equals = [each for each in ordered if abs(of(each) - last) <= SAME]
    better = [each for each in ordered if of(each) > last + SAME]
    return [*better, *equals] if len(better) + len(equals) <= 2 * count else better


def _change_of(each: SubjectChange) -> float:
    return each.change or 0.0


def _rise_of(each: SubjectChange) -> float:
    return float(each.rise or 0)


def compare(earlier: Assessed, later: Assessed, column: str = "", pairs: Mapping[str, str] | None = None) -> Comparison:
    """Compare two rounds; groups are those of `column` in the later round. `pairs`: later code → earlier code.

    Raises Unusable when they have no indicator or no subject in common.
    """
    found = common_ground(earlier, later, pairs)
    cells = later.table.columns[column] if column else (ALL,) * len(later.subjects)
    names = [cells[place] or NOT_NAMED for place in found.now]
    grades = tuple(dict.fromkeys([*later.grade_names(), *earlier.grade_names()]))
    subjects = _subject_changes(found, earlier, later)
    return Comparison(
        pairing=found.pairing,
        groups=tuple(
            _group_change(found, name, np.array([each == name for each in names])) for name in dict.fromkeys(names)
        ),
        subjects=subjects,
        grades=grades,
        movements=_movements(subjects) if grades else (),
        entered=_others(later, found.now),
        left=_others(earlier, found.then),
    )


def common_ground(earlier: Assessed, later: Assessed, pairs: Mapping[str, str] | None = None) -> CommonGround:
    """Both rounds measured with the same yardstick. `pairs`: later code → earlier code.

    Raises Unusable when they have no indicator or no subject in common.
    """
    pairing = paired(earlier.system, earlier.profile, later.system, later.profile, pairs)
    doubled = _doubled([earlier.table, later.table])
    keys = [_keys(each.table, doubled) for each in (earlier, later)]
    places = {key: place for place, key in enumerate(keys[0])}
    now = tuple(place for place, key in enumerate(keys[1]) if key in places)
    then = tuple(places[keys[1][place]] for place in now)
    if not now:
        raise Unusable("两轮没有同名的评估对象，无从比较。请核对两张表的名称是否一致 (no common subjects).")
    before, after = _measured(earlier, later, pairing, then, now)
    known = _known_of(later, before, now)
    return CommonGround(pairing, before, after, then, now, _coverage(later, before), known)


def _others(whole: Assessed, common: Sequence[int]) -> tuple[str, ...]:
    kept = set(common)
    return tuple(subject for place, subject in enumerate(whole.subjects) if place not in kept)


def _doubled(tables: Sequence[LeafTable]) -> set[str]:
    """Names that alone do not tell a subject: some table has them twice, in different groups."""
    return {name for table in tables for name, count in Counter(table.subjects).items() if count > 1}


def _keys(table: LeafTable, doubled: set[str]) -> list[tuple[str, str]]:
    """What tells a subject from others: its name, with its group where the name alone does not."""
    groups = table.columns.get("group", ("",) * len(table.subjects))
    return [(name, group if name in doubled else "") for name, group in zip(table.subjects, groups, strict=True)]


def _measured(
    earlier: Assessed, later: Assessed, pairing: Pairing, then: Sequence[int], now: Sequence[int]
) -> tuple[Assessed, Assessed]:
    """Both rounds over the common subjects, the common leaves and the values known in both, by the later weights."""
    system = without_deduction(pruned(later.system, pairing.earlier_by_later))
    codes = tuple(
        code
        for code, old in pairing.earlier_by_later.items()
        if code in later.table.codes and old in earlier.table.codes
    )
    old, new = earlier.table.rows(then), later.table.rows(now)
    old_places = [old.codes.index(pairing.earlier_by_later[code]) for code in codes]
    new_places = [new.codes.index(code) for code in codes]
    was, is_now = old.values[:, old_places], new.values[:, new_places]
    known = old.applies[:, old_places] & new.applies[:, new_places] & ~np.isnan(was) & ~np.isnan(is_now)
    return tuple(  # type: ignore[return-value]
        Assessed(
            system,
            later.profile,
            replace(new, codes=codes, values=np.where(known, values, np.nan), applies=known),
            later.ranking,
        )
        for values in (was, is_now)
    )


def _coverage(later: Assessed, common: Assessed) -> dict[str, float]:
    """How much of each node's weight the common leaves hold."""
    kept = {node.code: node.weight for node in common.nodes}
    found = {node.code: kept.get(node.code, 0.0) / node.weight for node in later.nodes if node.weight}
    tops = [node for node in later.nodes if node.level == 1 and not node.bonus]
    whole = sum(node.weight for node in tops)
    found[WHOLE.code] = sum(kept.get(node.code, 0.0) for node in tops) / whole if whole else 0.0
    return found


def _known_of(later: Assessed, common: Assessed, now: Sequence[int]) -> dict[str, Points]:
    """How much of each node's weight is known of each subject in both rounds, of what applies to it in the later."""
    table = later.table.rows(now)
    place = {code: column for column, code in enumerate(common.table.codes)}
    above = {node.code: node.parent for node in later.nodes}
    codes = [WHOLE.code, *(node.code for node in later.nodes)]
    known = {code: np.zeros(len(now)) for code in codes}
    whole = {code: np.zeros(len(now)) for code in codes}
    for node in later.nodes:
        if not node.leaf or node.code not in table.codes:
            continue
        applies = node.weight * table.applies[:, table.codes.index(node.code)]
        common_part = applies * common.table.applies[:, place[node.code]] if node.code in place else 0.0 * applies
        code = node.code
        while code:
            whole[code], known[code] = whole[code] + applies, known[code] + common_part
            code = above[code]
        if not node.bonus:
            whole[WHOLE.code], known[WHOLE.code] = whole[WHOLE.code] + applies, known[WHOLE.code] + common_part
    return {
        code: np.where(whole[code] > 0, known[code] / np.where(whole[code] > 0, whole[code], 1), 0) for code in codes
    }


def _group_change(found: CommonGround, name: str, members: Flags) -> GroupChange:
    nodes = (WHOLE, *(node for node in found.after.nodes if node.weight))
    changes = []
    for node in nodes:
        was, is_now = found.indexes(node.code)
        changes.append(_change(node, was[members], is_now[members], found.coverage[node.code]))
    return GroupChange(name=name, subjects=int(members.sum()), changes=tuple(changes))


def _change(node: Node, was: Points, is_now: Points, coverage: float) -> Change:
    known = ~np.isnan(was) & ~np.isnan(is_now)
    count = int(known.sum())
    moved = is_now[known] - was[known]
    rose, fell = int((moved > SAME).sum()), int((moved < -SAME).sum())
    return Change(
        node=node,
        known=count,
        before=float(was[known].mean()) if count else None,
        after=float(is_now[known].mean()) if count else None,
        change=float(moved.mean()) if count else None,
        coverage=coverage,
        rose=Share(rose, count),
        fell=Share(fell, count),
        flat=Share(count - rose - fell, count),
    )


def _subject_changes(found: CommonGround, earlier: Assessed, later: Assessed) -> tuple[SubjectChange, ...]:
    after, places_then, places_now = found.after, found.then, found.now
    was, is_now = found.indexes(WHOLE.code)
    ranks_then = ranks_where_known(earlier.totals[list(places_then)], earlier.ranking)
    ranks_now = ranks_where_known(later.totals[list(places_now)], later.ranking)
    groups = after.table.columns.get("group", ("",) * len(after.subjects))
    return tuple(
        SubjectChange(
            subject=subject,
            group=groups[place],
            before=_known(was[place]),
            after=_known(is_now[place]),
            change=_known(is_now[place] - was[place]),
            rank_before=int(ranks_then[place]) or None,
            rank_after=int(ranks_now[place]) or None,
            rise=int(ranks_then[place] - ranks_now[place]) if ranks_then[place] and ranks_now[place] else None,
            grade_before=earlier.grades[places_then[place]],
            grade_after=later.grades[places_now[place]],
        )
        for place, subject in enumerate(after.subjects)
    )


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _movements(subjects: Sequence[SubjectChange]) -> tuple[Movement, ...]:
    ways = [(each.grade_before, each.grade_after) for each in subjects]
    return tuple(Movement(*way, Share(ways.count(way), len(ways))) for way in sorted(set(ways)))
