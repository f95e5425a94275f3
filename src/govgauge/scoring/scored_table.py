"""A table of indexes with totals, ranks and grades added, as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence

from govgauge.scoring.index_table import RANK, TOTAL, IndexTable
from govgauge.scoring.ranks import rounded
from govgauge.scoring.totals import Standing
from govgauge.systems.ranking import Ranking

GRADE = "grade"


def table_lines(table: IndexTable, standings: Sequence[Standing], ranking: Ranking) -> Iterator[str]:
    """The lines of the CSV: the columns that came in, then total, rank and (where there are grades) grade.

    A published total or rank of the input is replaced by the computed one.
    """
    added = (TOTAL, RANK, *((GRADE,) if ranking.grades else ()))
    kept = [name for name in table.columns if name not in added]
    yield _line([*kept, *added])
    for one in standings:
        cells = [one.row.cells[name] for name in kept]
        computed = [str(rounded(one.total, ranking)), one.rank.label, one.grade][: len(added)]
        yield _line([*cells, *computed])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
