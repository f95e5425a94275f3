"""A comparison of two systems in Chinese sentences, grouped for reading."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from govgauge.systems.change_text import sentence, weight_sentence
from govgauge.systems.changes import (
    Added,
    CategoryChanged,
    Change,
    CheckAdded,
    CheckChanged,
    CheckRemoved,
    FactChanged,
    Moved,
    ProfileChanged,
    Recoded,
    Removed,
    Renamed,
    Reshaped,
    Reweighted,
)
from govgauge.systems.diff import Difference
from govgauge.systems.model import System

HEADINGS: dict[type[Change], str] = {
    FactChanged: "总体",
    ProfileChanged: "总体",
    Added: "新增的指标",
    Removed: "取消的指标",
    Renamed: "更名的指标",
    Moved: "移动的指标",
    Recoded: "换了代码的指标",
    Reshaped: "拆分、合并的指标",
    Reweighted: "二、三级指标的权重",
    CategoryChanged: "案例类别",
    CheckAdded: "评估要点",
    CheckRemoved: "评估要点",
    CheckChanged: "评估要点",
}

OF_ANOTHER_SYSTEM = frozenset({"id", "year", "title", "source", "notes", "defects", "printed", "ranking"})
"""Facts that differ between any two systems; told only between versions of one."""


def diff_lines(difference: Difference, *, with_checks: bool, with_refs: bool = False) -> list[str]:
    """The comparison as lines. `with_refs`: each change with the reference by which an answer cites it."""
    lines = [f"{_title(difference.before)} → {_title(difference.after)}", _compared(difference)]
    for heading, said in _told(difference, with_checks=with_checks):
        lines += ["", heading, *(f"  {text}{f'  [{ref}]' if with_refs else ''}" for text, ref in said)]
    checks = [change for change in difference.changes if change.kind.startswith("check-")]
    if checks and not with_checks:
        places = len({change.code for change in checks})
        lines += ["", f"另有 {places} 个指标的评估要点不同，共 {len(checks)} 处；加 --checks 逐条列出。"]
    return lines if difference.changes else [*lines, "", "没有不同。"]


def sections(difference: Difference, *, with_checks: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The comparison as headings with their sentences."""
    for heading, said in _told(difference, with_checks=with_checks):
        yield heading, tuple(text for text, _ref in said)


def _told(difference: Difference, *, with_checks: bool) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    one_id = difference.before.id == difference.after.id
    for heading, members in _grouped(difference.changes, one_id=one_id, with_checks=with_checks):
        yield heading, [(_said(change, several=len(difference.pairs) > 1), change.ref) for change in members]


def _said(change: Change, *, several: bool) -> str:
    if isinstance(change, Reweighted) and not several:
        return weight_sentence(change)
    return sentence(change)


def _title(system: System) -> str:
    return f"{system.id} {system.title}"


def _compared(difference: Difference) -> str:
    pairs = [
        pair.before if pair.before == pair.after else f"{pair.before} 对 {pair.after}" for pair in difference.pairs
    ]
    return f"比较的权重档：{'、'.join(pairs)}"


def _grouped(changes: Iterable[Change], *, one_id: bool, with_checks: bool) -> Iterator[tuple[str, Sequence[Change]]]:
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if isinstance(change, FactChanged) and not one_id and change.field in OF_ANOTHER_SYSTEM:
            continue
        if isinstance(change, Reweighted) and len(change.path) == 1:
            groups["一级指标的权重"].append(change)
        elif with_checks or not change.kind.startswith("check-"):
            groups[HEADINGS[type(change)]].append(change)
    for heading in dict.fromkeys(("总体", "一级指标的权重", *HEADINGS.values())):
        if groups[heading]:
            yield f"{heading}（{len(groups[heading])}）", groups[heading]
