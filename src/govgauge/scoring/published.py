"""Recomputing a published table: rows, ranks and weights that do not fit, each named once."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from govgauge.scoring.index_table import IndexTable, Row
from govgauge.scoring.infer import WeightFit, inferred_weights
from govgauge.scoring.published_ranks import RankFault, rank_faults
from govgauge.scoring.ranks import rounded
from govgauge.scoring.totals import total_of
from govgauge.systems.model import Indicator
from govgauge.systems.ranking import Ranking, Ties
from govgauge.systems.verify import plain

FITTING_SHARE = Decimal("0.5")
"""When fewer of the rows than this follow from the weights, the weights are doubted and not the rows."""

BY_ROUNDING = "由印出的指数算不出印出的总分，但各行都在指数四舍五入的范围之内：总分应是用未舍入的指数算出的。"


class RowFault(Struct, frozen=True):
    """A published total that does not follow from its indexes. `computed` has the decimals of the print."""

    name: str
    group: str
    published: Decimal
    computed: Decimal


class WeightFault(Struct, frozen=True):
    """A weight of the print with which the table does not come out, and the one with which it does."""

    code: str
    indicator: str
    printed: Decimal
    inferred: Decimal


class TableVerification(Struct, frozen=True):
    """What does not fit in a published table; empty lists where everything does."""

    rows: tuple[RowFault, ...]
    ranks: tuple[RankFault, ...]
    weights: tuple[WeightFault, ...]
    sentences: tuple[str, ...]
    compared: int

    @property
    def ok(self) -> bool:
        return not (self.rows or self.ranks or self.weights)


def verify_table(table: IndexTable, weights: Mapping[str, Decimal], ranking: Ranking) -> TableVerification:
    """Recompute every total and rank of a published table.

    A total fits when the sum of index times weight, rounded to the decimals that the column prints, is what it says
    (a half may go either way). When most rows do not fit, the weights that would make them fit are inferred, and the
    rows are judged by these.
    """
    published = [row for row in table.rows if row.total is not None]
    decimals = max((_decimals(row.total) for row in published if row.total is not None), default=ranking.decimals)
    faults = _row_faults(published, weights, decimals)
    fit: WeightFit | None = None
    by_rounding = False
    if published and len(faults) > len(published) * FITTING_SHARE:
        fit = inferred_weights(
            [row.indexes for row in published], [row.total or Decimal(0) for row in published], weights, decimals
        )
        loose = _row_faults(published, weights, decimals, _slack(published, weights))
        by_rounding = (fit is None or not fit.exact) and len(loose) <= len(published) * FITTING_SHARE
        if by_rounding:
            faults, fit = loose, None
    names = {node.code: node for node in table.indicators}
    weight_faults = _weight_faults(fit, weights, names)
    if fit is not None and weight_faults:
        faults = _row_faults(published, fit.weights, decimals) if fit.exact else []
    used = fit.weights if fit else weights
    wrong = {(fault.name, fault.group) for fault in faults}
    wrong_lines = [row.line for row in published if (row.name, row.group) in wrong]
    ranks_off = tuple(rank_faults(table, ranking, decimals, used, wrong_lines))
    return TableVerification(
        rows=tuple(faults),
        ranks=ranks_off,
        weights=weight_faults,
        sentences=(
            *([BY_ROUNDING] if by_rounding else []),
            *_sentences(faults, ranks_off, weight_faults, fit, ranking),
        ),
        compared=len(published),
    )


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _slack(rows: Sequence[Row], weights: Mapping[str, Decimal]) -> Decimal:
    """By how many points a total may be off because its indexes were rounded before they were printed."""
    decimals = max(_decimals(index) for row in rows for index in row.indexes.values())
    return sum(weights.values(), Decimal(0)) * Decimal(5).scaleb(-decimals - 1)


def _row_faults(
    rows: Sequence[Row], weights: Mapping[str, Decimal], decimals: int, slack: Decimal = Decimal(0)
) -> list[RowFault]:
    half = Decimal(5).scaleb(-decimals - 1) + slack
    shown = Ranking(decimals=decimals)
    faults = []
    for row in rows:
        computed = total_of(row.indexes, weights)
        if row.total is not None and abs(computed - row.total) > half:
            faults.append(RowFault(row.name, row.group, row.total, rounded(computed, shown)))
    return faults


def _weight_faults(
    fit: WeightFit | None, weights: Mapping[str, Decimal], names: Mapping[str, Indicator]
) -> tuple[WeightFault, ...]:
    if fit is None:
        return ()
    return tuple(
        WeightFault(code, names[code].name, weights[code], inferred)
        for code, inferred in fit.weights.items()
        if inferred != weights[code]
    )


def _sentences(
    rows: Sequence[RowFault],
    ranks: Sequence[RankFault],
    weights: Sequence[WeightFault],
    fit: WeightFit | None,
    ranking: Ranking,
) -> Iterator[str]:
    if fit is not None and weights:
        changed = "，".join(
            f"“{each.indicator}”按 {plain(each.inferred)} 分而不是 {plain(each.printed)} 分" for each in weights
        )
        how = "全表各行才算得出" if fit.exact and not rows else "全表最接近"
        yield f"全表的总分与印出的权重不符：{changed}计算时，{how}公布的总分（按最小二乘法推断）。"
    elif fit is not None:
        yield "多数行的总分与印出的权重不符，也没有一组权重能使各行相符：请核对指数和总分是否出自同一张表。"
    for row in rows:
        yield f"“{row.name}”公布的总分 {row.published} 与各指数不符，应为 {row.computed}。"
    for rank in ranks:
        how = _TIES[ranking.ties]
        yield f"“{rank.name}”公布的名次 {rank.published} 与总分不符，应为 {rank.expected}（{how}）。"


_TIES = {
    Ties.DENSE: "并列之后名次连续",
    Ties.COMPETITION: "并列之后名次空出",
    Ties.SHARED: "并列共占名次",
}
