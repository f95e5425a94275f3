"""A unit of analysis: the fields of one family that the same profile of the same system assesses, taken together."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import polars as pl
from msgspec import Struct

from govgauge.analysis.assessed import NO_GRADE, UNDECIDED, Assessed
from govgauge.analysis.compare import Comparison, compare
from govgauge.analysis.groups import Group, group_of, groups_by
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.robustness import FEWEST_RUNS, Robustness, robustness
from govgauge.analysis.shares import Share
from govgauge.analysis.uncertainty import Uncertainty
from govgauge.errors import Unusable
from govgauge.reports.field import JUDGED, Field
from govgauge.scoring.bulk import SAME
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
        if len(self.fields) == 1:
            return self.fields[0].assessed
        return Assessed(self.system, self.profile, stacked([field.values for field in self.fields]), self.ranking)

    @cached_property
    def answers(self) -> LeafTable:
        return stacked([field.answers for field in self.fields])

    @cached_property
    def whole(self) -> Group:
        """The numbers of all of them."""
        return group_of(self.assessed, self.name, np.ones(len(self.assessed.subjects), dtype=bool))

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
                found.append(group_of(self.assessed, field.title, members))
        return tuple(found)

    @cached_property
    def regions(self) -> tuple[Group, ...]:
        """The numbers of each region that is told."""
        if not any(self.assessed.table.columns["region"]):
            return ()
        return tuple(group for group in groups_by(self.assessed, "region") if group.name != "（未填）")

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

    @cached_property
    def comparison(self) -> Comparison | None:
        """With the publication before; None where there is none, or nothing in common."""
        if not self._earlier or not self.assessed.subjects:
            return None
        first = self._earlier[0]
        table = stacked([field.values for field in self._earlier])
        earlier = Assessed(first.system, first.profile, table, first.ranking)
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
        first = self._earlier[0]
        return Assessed(first.system, first.profile, stacked([field.values for field in self._earlier]), first.ranking)

    def coverage(self) -> tuple[float, ...]:
        """Shares of the weight that have an answer, of those judged."""
        judged = self.results.filter(pl.col("state") == JUDGED)
        return tuple(judged["coverage"].drop_nulls().to_list())


def grade_shares(field: Field) -> tuple[tuple[str, Share], ...]:
    """How many subjects of a field have each grade, as its results tell; empty without grades."""
    names = [grade.name for grade in field.ranking.grades]
    if not names:
        return ()
    told = [_grade(row) for row in field.judged.iter_rows(named=True)]
    counts = Counter(told)
    extra = [name for name in (NO_GRADE, UNDECIDED) if counts[name]]
    return tuple((name, Share(counts[name], len(told))) for name in (*names, *extra))


def _grade(row: dict[str, object]) -> str:
    if row["grade"]:
        return str(row["grade"])
    return UNDECIDED if row["grade_low"] != row["grade_high"] else NO_GRADE


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
