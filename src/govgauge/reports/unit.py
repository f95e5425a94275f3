"""A unit of analysis: the fields of one family that the same profile of the same system assesses, taken together."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from govgauge.analysis.assessed import Assessed
from govgauge.analysis.compare import Comparison, compare
from govgauge.analysis.groups import Group, Spread, grade_counts, group_of
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.robustness import FEWEST_RUNS, Robustness, robustness
from govgauge.analysis.shares import Share
from govgauge.analysis.uncertainty import Uncertainty
from govgauge.errors import Unusable
from govgauge.reports.field import JUDGED, Field
from govgauge.reports.ranges import Ranges
from govgauge.scoring.bulk import SAME, Flags
from govgauge.systems.model import Method, System
from govgauge.systems.ranking import Ranking

ENOUGH = 1.0
"""The value from which on a subject has what a check looks for."""
STEP = 0.25
"""How far a wrong answer is off, where two coders disagree: the usual step of the answers."""
USUAL_SHARE = 0.05


class Having(Struct, frozen=True):
    """How many have what a check looks for, of those to whom it applies and who were answered."""

    check: str
    text: str
    audit: str
    method: Method
    code: str
    path: tuple[str, ...]
    share: Share
    still_open: int
    out: int

    @property
    def telling(self) -> bool:
        """Whether at least half of those to whom it applies were answered: fewer say little of all."""
        return self.share.denominator >= self.still_open


class Unit:
    """`name` is what its subjects are called together; `fields` are its groups, in the order of the round."""

    def __init__(self, name: str, fields: Sequence[Field], earlier: Sequence[Field] = ()) -> None:
        self.name = name
        self.fields = tuple(fields)
        self._earlier = tuple(earlier)

    @property
    def system(self) -> System:
        return self.fields[0].system

    @property
    def profile(self) -> str:
        return self.fields[0].profile

    @property
    def ranking(self) -> Ranking:
        return self.fields[0].ranking

    @cached_property
    def results(self) -> pl.DataFrame:
        return pl.concat([field.results for field in self.fields])

    @cached_property
    def assessed(self) -> Assessed:
        """All judged subjects together."""
        return together(self.fields)

    @cached_property
    def answers(self) -> LeafTable:
        return stacked([field.answers for field in self.fields])

    @cached_property
    def whole(self) -> Group:
        """The numbers of all of them."""
        return self._group(self.name, np.ones(len(self.assessed.subjects), dtype=bool))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The numbers of each field that has judged subjects."""
        found = []
        start = 0
        for field in self.fields:
            members = np.zeros(len(self.assessed.subjects), dtype=bool)
            members[start : start + field.judged.height] = True
            start += field.judged.height
            if members.any():
                found.append(self._group(field.title, members))
        return tuple(found)

    @cached_property
    def regions(self) -> tuple[Group, ...]:
        """The numbers of each region that is told."""
        if not any(self.assessed.table.columns["region"]):
            return ()
        regions = np.array(self.assessed.table.columns["region"])
        return tuple(self._group(name, regions == name) for name in dict.fromkeys(regions.tolist()) if name)

    def _group(self, name: str, members: Flags) -> Group:
        """A group whose means are bounded by the points of its open indicators: an open index may be half sure."""
        group = group_of(self.assessed, name, members)
        return replace(group, spreads=tuple(self._bounded(spread, members) for spread in group.spreads))

    def _bounded(self, spread: Spread, members: Flags) -> Spread:
        if not spread.still_open:
            return spread
        applies = self.assessed.applies(spread.node.code) & members
        low, high = (
            float(np.concatenate([ranges.of(spread.node.code)[end] for ranges in self._ranges])[applies].mean())
            for end in (0, 1)
        )
        return replace(spread, low=low, high=high)

    @cached_property
    def _ranges(self) -> tuple[Ranges, ...]:
        return tuple(Ranges(field.material, field, self.assessed.nodes) for field in self.fields)

    @cached_property
    def having(self) -> tuple[Having, ...]:
        """Every check with at least one answer, in the order of the system."""
        answers, place = self.answers, {code: column for column, code in enumerate(self.answers.codes)}
        found = []
        for leaf in self.system.leaves():
            for check in leaf.indicator.checks:
                if check.id not in place:
                    continue
                values, applies = answers.values[:, place[check.id]], answers.applies[:, place[check.id]]
                known = applies & ~np.isnan(values)
                if not known.any():
                    continue
                found.append(
                    Having(
                        check=check.id,
                        text=check.text,
                        audit=check.audit or "",
                        method=check.method,
                        code=leaf.indicator.code,
                        path=tuple(name for name in leaf.path if name),
                        share=Share(int((values[known] >= ENOUGH - SAME).sum()), int(known.sum())),
                        still_open=int((applies & ~known).sum()),
                        out=int((~applies).sum()),
                    )
                )
        return tuple(found)

    def who_has(self, check: str) -> list[str]:
        """The subjects that have all of what a check looks for, in their order."""
        answers = self.answers
        column = answers.codes.index(check)
        met = answers.applies[:, column] & (np.nan_to_num(answers.values[:, column]) >= ENOUGH - SAME)
        return [answers.subjects[place] for place in np.flatnonzero(met)]

    def not_known(self, check: str) -> tuple[str, str]:
        """How many are open and to how many it does not apply, of a check without a single answer."""
        if check not in self.answers.codes or not self.answers.subjects:
            return "—", "—"
        applies = self.answers.applies[:, self.answers.codes.index(check)]
        return str(int(applies.sum())), str(int((~applies).sum()))

    @cached_property
    def comparison(self) -> Comparison | None:
        """With the publication before; None where there is none, or nothing in common."""
        if not self._earlier or not self.assessed.subjects:
            return None
        earlier = together(self._earlier)
        if not earlier.subjects:
            return None
        try:
            return compare(earlier, self.assessed)
        except Unusable:
            return None

    @cached_property
    def earlier(self) -> Assessed | None:
        """The round before, all of it."""
        if not self._earlier:
            return None
        return together(self._earlier)

    @property
    def same_grades_before(self) -> bool:
        """Whether the round before gave grades of the same names for the same points, out of as many."""
        then = self.earlier
        if then is None:
            return False
        marks = [(one.system.full_marks, one.ranking.grades) for one in (then, self.assessed)]
        return marks[0] == marks[1]

    @property
    def other_ruler_before(self) -> str:
        """The title of the system that assessed them in the round before, where it was another one."""
        then = self.earlier
        return "" if then is None or then.system.id == self.system.id else then.system.title

    def coverage(self) -> tuple[float, ...]:
        """Shares of the weight that have an answer, of those judged."""
        judged = self.results.filter(pl.col("state") == JUDGED)
        return tuple(judged["coverage"].drop_nulls().to_list())


def together(fields: Sequence[Field]) -> Assessed:
    """The judged subjects of fields that one system and profile assesses."""
    if len(fields) == 1:
        return fields[0].assessed
    first = fields[0]
    grades = [grade for field in fields for grade in field.grades]
    return Assessed(first.system, first.profile, stacked([field.values for field in fields]), first.ranking, grades)


def grade_shares(field: Field) -> tuple[tuple[str, Share], ...]:
    """How many subjects of a field have each grade, as its results tell; empty without grades."""
    names = [grade.name for grade in field.ranking.grades]
    if not names:
        return ()
    told = field.grades
    return grade_counts(told, names)


def firmness(field: Field, disagreeing: float | None, runs: int) -> Robustness | None:
    """How firm the ranks of a field are. None for fewer than two subjects."""
    if len(field.values.subjects) < 2:
        return None
    share = USUAL_SHARE if disagreeing is None else disagreeing
    uncertainty = Uncertainty(decimals=None, coder_share=share, coder_step=STEP)
    table = LeafTable(told_apart(field.values.subjects), field.values.codes, field.values.values, field.values.applies)
    return robustness(field.system, field.profile, table, uncertainty, runs=max(runs, FEWEST_RUNS), sensitivity=False)


def told_apart(keys: Sequence[str]) -> tuple[str, ...]:
    """Names without the bodies above them, where they are clear; else with the one above (`武汉市·江岸区`)."""
    names = [key.rsplit("/", 1)[-1] for key in keys]
    times = Counter(names)
    return tuple(
        name if times[name] == 1 else "·".join(key.split("/")[-2:]) for key, name in zip(keys, names, strict=True)
    )


def stacked(tables: Sequence[LeafTable]) -> LeafTable:
    """Tables of the same codes below each other."""
    if len(tables) == 1:
        return tables[0]
    return LeafTable(
        subjects=tuple(subject for table in tables for subject in table.subjects),
        codes=tables[0].codes,
        values=np.concatenate([table.values for table in tables]),
        applies=np.concatenate([table.applies for table in tables]),
        columns={name: tuple(cell for table in tables for cell in table.columns[name]) for name in tables[0].columns},
    )
