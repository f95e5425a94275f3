"""What the analyses state of one round: a function and a sentence for each kind of statement."""

from collections.abc import Sequence

import numpy as np

from govgauge.analysis.assessed import UNDECIDED
from govgauge.analysis.claim import (
    Claim,
    Counted,
    Kind,
    Measured,
    bounds,
    gaps,
    in_words,
    joined,
    left_out,
    measured,
    subjects_of,
    titled,
    unsettled,
    unsettled_ends,
    whose,
)
from govgauge.analysis.groups import ALL, NOT_NAMED, Group, Spread
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.shares import Share, shown
from govgauge.scoring.bulk import SAME, Flags
from govgauge.systems.model import System

HAS = 1.0
"""The value from which on a subject has what a check looks for: all of it."""


def mean_by_group(groups: Sequence[Group], code: str = "") -> Claim | None:
    """The mean index of a node in each group. None where it is known in none."""
    found = [(group, group.spread(code)) for group in groups if group.spread(code).mean is not None]
    if not found:
        return None
    name = titled(found[0][1].node)
    if len(groups) == 1:
        group, spread = found[0]
        text = f"{whose(group.name)}{name}平均为 {shown(spread.mean or 0)}（{spread.known} 个）{gaps([spread])}。"
        return Claim(Kind.MEAN, text, (measured(group, spread), *bounds(group, spread)))
    parts = joined(f"{group.name} {shown(spread.mean or 0)}（{spread.known} 个）" for group, spread in found)
    text = f"{name}平均：{parts}{gaps(group.spread(code) for group in groups)}。"
    return Claim(Kind.MEAN, text, tuple(measured(group, spread) for group, spread in found))


def above_mean(group: Group, code: str = "") -> Claim | None:
    """How many are above the mean of their group. None where nothing is known."""
    spread = group.spread(code)
    if spread.mean is None:
        return None
    share = spread.above_mean
    text = (
        f"{whose(group.name)}{titled(spread.node)}平均为 {shown(spread.mean)}，{share.denominator} 个中有 "
        f"{share.numerator} 个高于平均，占 {share.percent()}{gaps([spread])}。"
    )
    numbers = measured(group, spread), *bounds(group, spread)
    return Claim(Kind.ABOVE_MEAN, text, numbers, (Counted(group.name, "高于平均", share),))


def below_bound(group: Group, code: str = "") -> Claim | None:
    """How many are below the group's bound. None where nothing is known."""
    spread = group.spread(code)
    if spread.mean is None:
        return None
    share, bound = spread.below, shown(group.bound, 2)
    text = (
        f"{subjects_of(group.name, share.denominator)}中，{titled(spread.node)}低于 {bound} 的有 {share.numerator} 个，"
        f"占 {share.percent()}{left_out(spread)}。"
    )
    return Claim(Kind.BELOW_BOUND, text, (), (Counted(group.name, f"低于 {bound}", share),))


def extremes(group: Group, level: int, parent: str | None = None) -> Claim | None:
    """The indicators of a level with the highest and the lowest mean. None where fewer than two differ."""
    found = group.ordered(level, parent)
    if len(found) < 2:
        return None
    best, worst = found[0], found[-1]
    bests = [spread for spread in found if (best.mean or 0) - (spread.mean or 0) <= SAME]
    worsts = [spread for spread in found if (spread.mean or 0) - (worst.mean or 0) <= SAME]
    if len(bests) == len(found):
        return None
    text = (
        f"{group.name}的{_whose(group, level, parent)}中，{_named(bests)}平均指数最高，为 {_mean_of(best)}；"
        f"{_named(worsts)}最低，为 {_mean_of(worst)}{unsettled_ends(found, len(bests), len(worsts))}。"
    )
    return Claim(Kind.EXTREMES, text, (measured(group, best), measured(group, worst)))


def order_of_indicators(group: Group, level: int, parent: str | None = None) -> Claim | None:
    """All indicators of a level from the highest mean to the lowest. None where none is known."""
    found = group.ordered(level, parent)
    if not found:
        return None
    parts = "、".join(f"{spread.node.name} {shown(spread.mean or 0)}" for spread in found)
    text = f"{group.name}的{_whose(group, level, parent)}平均指数由高到低：{parts}{unsettled(found)}。"
    return Claim(Kind.ORDER, text, tuple(measured(group, spread) for spread in found))


def order_of_groups(groups: Sequence[Group], code: str = "") -> Claim | None:
    """The groups from the highest mean to the lowest. None where fewer than two are known."""
    found = [(group, group.spread(code)) for group in groups if group.spread(code).mean is not None]
    if len(found) < 2:
        return None
    found.sort(key=lambda pair: -(pair[1].mean or 0))
    parts = "、".join(f"{group.name} {shown(spread.mean or 0)}（{spread.known} 个）" for group, spread in found)
    note = unsettled([spread for _, spread in found])
    text = f"按{titled(found[0][1].node)}的平均由高到低，依次为{parts}{note}。"
    return Claim(Kind.GROUP_ORDER, text, tuple(measured(group, spread) for group, spread in found))


def difference(one: Group, other: Group, code: str = "") -> Claim | None:
    """By how much the mean of one group is above or below that of another. None where one is not known."""
    first, second = one.spread(code), other.spread(code)
    if first.mean is None or second.mean is None:
        return None
    apart = first.mean - second.mean
    way = "与" if abs(apart) <= SAME else ("高于" if apart > 0 else "低于")
    end = "相同" if abs(apart) <= SAME else f"，相差 {shown(abs(apart))}"
    note = unsettled([first, second] if apart > 0 else [second, first]) if abs(apart) > SAME else ""
    text = (
        f"{one.name}（{first.known} 个）{titled(first.node)}平均 {shown(first.mean)}，"
        f"{way}{other.name}（{second.known} 个）的 {shown(second.mean)}{end}{note}。"
    )
    return Claim(Kind.DIFFERENCE, text, (measured(one, first), measured(other, second)))


def all_beyond(groups: Sequence[Group], code: str, bound: float) -> Claim | None:
    """Whether the means of all groups lie on one side of a bound. None where one is not known or they do not."""
    found = [(group, group.spread(code)) for group in groups]
    means = [spread.mean for _, spread in found if spread.mean is not None]
    if not means or len(means) < len(found):
        return None
    over, under = min(means) > bound + SAME, max(means) < bound - SAME
    if not over and not under:
        return None
    side = "高于" if over else "低于"
    names = joined(f"{group.name}（{spread.known} 个）" for group, spread in found)
    text = f"{names}{titled(found[0][1].node)}的平均均{side} {shown(bound, 2)}。"
    return Claim(Kind.ALL_BEYOND, text, tuple(measured(group, spread) for group, spread in found))


def spread_of(group: Group, code: str = "") -> Claim | None:
    """The highest, middle and lowest index. None where nothing is known."""
    found = group.spread(code)
    if found.minimum is None or found.maximum is None or found.median is None:
        return None
    text = (
        f"{subjects_of(group.name, found.known)}中，{titled(found.node)}最高 {shown(found.maximum)}、中位 "
        f"{shown(found.median)}、最低 {shown(found.minimum)}，"
        f"首尾相差 {shown(found.maximum - found.minimum)}{left_out(found)}。"
    )
    numbers = [("最高", found.maximum), ("中位", found.median), ("最低", found.minimum)]
    return Claim(Kind.SPREAD, text, tuple(Measured(group.name, name, each, found.known) for name, each in numbers))


def distribution(group: Group) -> Claim | None:
    """How the total indexes lie over the bands. None where none is known."""
    full = [band for band in group.bands if band.share.numerator]
    if not full:
        return None
    parts = "；".join(f"{_band(band.start, band.end)} {band.share.text()}" for band in full)
    return Claim(
        Kind.DISTRIBUTION,
        f"{group.name}的总指数分布：{parts}。",
        (),
        tuple(Counted(group.name, _band(band.start, band.end), band.share) for band in group.bands),
    )


def grades(group: Group) -> Claim | None:
    """How many reach each grade. None where the system has no grades."""
    if not group.grades:
        return None
    parts = "、".join(f"{name} {share.numerator} 个（{share.percent()}）" for name, share in group.grades)
    total = group.grades[0][1].denominator
    return Claim(
        Kind.GRADES,
        f"{subjects_of(group.name, total)}中，{parts}。",
        (),
        tuple(Counted(group.name, name, share) for name, share in group.grades),
    )


def reached(group: Group, grade: str) -> Claim | None:
    """How many reach a grade or a better one. None where the system has no such grade."""
    share = at_least(group, grade)
    if share is None:
        return None
    text = (
        f"{subjects_of(group.name, share.denominator)}中，达到“{grade}”及以上的有 {share.numerator} 个，"
        f"占 {share.percent()}。"
    )
    return Claim(Kind.GRADES_REACHED, text, (), (Counted(group.name, f"{grade}及以上", share),))


def at_least(group: Group, grade: str) -> Share | None:
    """The share that reaches a grade or a better one."""
    names = [name for name, _ in group.grades[:-1] if name != UNDECIDED]
    if grade not in names:
        return None
    counts = [share for _, share in group.grades[: names.index(grade) + 1]]
    return Share(sum(share.numerator for share in counts), counts[0].denominator)


def have(
    answers: LeafTable,
    check: str,
    label: str,
    *,
    group: str = "全部",
    members: Flags | None = None,
    enough: float = HAS,
) -> Claim | None:
    """How many have what a check looks for, of those to whom it applies and who were answered. None where none was.

    `label` says what it is; `members` chooses subjects (None: all); `enough` is the value that counts as having.
    """
    column = answers.codes.index(check)
    within = np.ones(len(answers.subjects), dtype=bool) if members is None else members
    values, applies = answers.values[within, column], answers.applies[within, column]
    known = applies & ~np.isnan(values)
    if not known.any():
        return None
    share = Share(int((values[known] >= enough - SAME).sum()), int(known.sum()))
    still_open, out = int((applies & ~known).sum()), int((~applies).sum())
    notes = [f"另有 {still_open} 个未采集" if still_open else "", f"{out} 个不适用" if out else ""]
    tail = "，".join(note for note in notes if note)
    text = (
        f"{subjects_of(group, share.denominator)}中有 {share.numerator} 个{label}，占 {share.percent()}"
        f"（{in_words(share)}）{f'；{tail}' if tail else ''}。"
    )
    return Claim(Kind.HAVE, text, (), (Counted(group, label, share),))


def practices(answers: LeafTable, system: System, column: str = "") -> list[Claim]:
    """For each check that was answered: how many meet it, in each group of a column or of all subjects."""
    cells = answers.columns[column] if column else (ALL,) * len(answers.subjects)
    names = np.array([cell or NOT_NAMED for cell in cells])
    texts = {check.id: check.text for check in system.checks()}
    found = [
        have(answers, check, f"做到“{texts[check]}”", group=str(name), members=names == name)
        for check in answers.codes
        for name in dict.fromkeys(names)
    ]
    return [claim for claim in found if claim is not None]


def statements(groups: Sequence[Group]) -> list[Claim]:
    """Everything that can be stated of these groups, the whole first."""
    found = [mean_by_group(groups), order_of_groups(groups)]
    for group in groups:
        found += [above_mean(group), below_bound(group), spread_of(group), distribution(group), grades(group)]
        found += [reached(group, name) for name, _ in group.grades[:-1] if name != UNDECIDED]
        found += [order_of_indicators(group, 1), extremes(group, 1)]
        tops = [spread for spread in group.spreads if spread.node.level == 1 and not spread.node.bonus]
        found += [order_of_indicators(group, 2, top.node.code) for top in tops]
    found += [mean_by_group(groups, spread.node.code) for spread in _nodes(groups) if len(groups) > 1]
    return [claim for claim in found if claim is not None]


def _nodes(groups: Sequence[Group]) -> Sequence[Spread]:
    return [spread for spread in groups[0].spreads if spread.node.level in {1, 2}] if groups else []


def _whose(group: Group, level: int, parent: str | None) -> str:
    names = {1: "一级指标", 2: "二级指标", 3: "三级指标"}
    return f"“{group.spread(parent).node.name}”各{names[level]}" if parent else f"各{names[level]}"


def _named(spreads: Sequence[Spread]) -> str:
    return joined(f"“{spread.node.name}”" for spread in spreads)


def _mean_of(spread: Spread) -> str:
    return f"{shown(spread.mean or 0)}（{spread.known} 个）"


def _band(start: float, end: float) -> str:
    return f"{shown(start, 1)}–{shown(end, 1)}"
