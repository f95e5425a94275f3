"""Writing what an analysis found: tables as CSV and XLSX, figures as SVG."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govgauge.analysis.compare import Comparison
    from govgauge.analysis.groups import Group
    from govgauge.analysis.robustness import Robustness
    from govgauge.analysis.sheets import Sheet

COLUMNS = {"level": "级别", "region": "地区", "parent": "上级", "group": "组"}
"""How the usual columns are called in a title."""
MOST_ARROWS = 60
"""Subjects in the figure of changes: those whose index moved most."""


def write_tables(sheets: "Sequence[Sheet]", folder: Path | None, name: str) -> None:
    """Every table as a CSV, and all of them in one workbook; nothing without a folder."""
    from govgauge.reports.tables import write_csvs, write_workbook

    if folder is None:
        return
    write_csvs(sheets, folder)
    write_workbook(sheets, folder / f"{name}.xlsx")


def write_figures(figures: Mapping[str, str], folder: Path | None) -> None:
    """A file for each figure; nothing without a folder."""
    from govgauge.reports.file_names import file_name

    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, figure in figures.items():
        (folder / f"{file_name(name)}.svg").write_text(figure, encoding="utf-8")


def group_figures(column: str, groups: "Sequence[Group]") -> dict[str, str]:
    """Bars of the indexes, a few groups a figure, all levels of each group, and its distribution."""
    from govgauge.analysis.figures.histogram import histogram
    from govgauge.analysis.figures.index_bars import MOST_GROUPS, index_bars

    figures = {}
    by = f"（按{COLUMNS.get(column, column)}）" if column else ""
    tag = f"{column}-" if column else ""
    for place in range(0, len(groups), MOST_GROUPS):
        some = groups[place : place + MOST_GROUPS]
        page = f"-{place // MOST_GROUPS + 1}" if len(groups) > MOST_GROUPS else ""
        note = "括号内为评估对象数" if len(some) > 1 else f"评估对象 {some[0].subjects} 个"
        figures[f"一级指标-{column or '全部'}{page}"] = index_bars(f"一级指标平均指数{by}", some, (0, 1), note)
    for group in groups:
        note = f"评估对象 {group.subjects} 个"
        levels = tuple(sorted({spread.node.level for spread in group.spreads}))
        figures[f"各级指标-{tag}{group.name}"] = index_bars(f"各级指标平均指数：{group.name}", [group], levels, note)
        figures[f"分布-{tag}{group.name}"] = histogram(f"总指数分布：{group.name}", group, note)
    return figures


def comparison_figures(found: "Comparison") -> dict[str, str]:
    """Arrows for the indicators of each group and for the subjects that moved most, and the movement between grades."""
    from govgauge.analysis.figures.change_arrows import Move, change_arrows
    from govgauge.analysis.figures.grade_movement import grade_movement

    figures: dict[str, str] = {}
    for group in found.groups:
        moves = [
            Move(each.node.name, each.before, each.after)
            for each in group.changes
            if each.node.level <= 1 and each.before is not None and each.after is not None
        ]
        note = f"两轮都有的评估对象 {group.subjects} 个"
        figures |= _paged(f"指标变化-{group.name}", change_arrows(f"平均指数的变化：{group.name}", moves, note))
    known = [each for each in found.subjects if each.change is not None]
    most = sorted(known, key=lambda each: -abs(each.change or 0))[:MOST_ARROWS]
    most.sort(key=lambda each: -(each.change or 0))
    moves = [
        Move(each.subject, each.before, each.after)
        for each in most
        if each.before is not None and each.after is not None
    ]
    note = f"变化最大的 {len(moves)} 个，共 {len(known)} 个可比"
    figures |= _paged("对象变化", change_arrows("总指数变化最大的评估对象", moves, note))
    movement = grade_movement("档级变动", found, f"两轮都有的评估对象 {len(found.subjects)} 个")
    return figures | ({"档级变动": movement} if movement else {})


def robustness_figures(name: str, found: "Robustness") -> dict[str, str]:
    """Rank intervals, paged."""
    from govgauge.analysis.figures.rank_intervals import rank_intervals

    facts = found.uncertainty
    parts = [f"权重 ±{facts.weights:.0%}", f"误采 {facts.coder_share:.0%} × {facts.coder_step:g}"]
    if facts.decimals is not None:
        parts.append(f"指数为 {facts.decimals} 位小数")
    note = f"{found.runs} 次模拟，种子 {found.seed}；{'，'.join(parts)}"
    title = f"名次区间：{name}" if name else "名次区间"
    return _paged(f"名次区间-{name}" if name else "名次区间", rank_intervals(title, found, note))


def _paged(name: str, pages: Iterable[str]) -> dict[str, str]:
    found = list(pages)
    if len(found) == 1:
        return {name: found[0]}
    return {f"{name}-{number}": page for number, page in enumerate(found, start=1)}
