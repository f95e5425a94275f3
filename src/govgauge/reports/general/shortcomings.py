"""The chapter of what is good and what is weak: only what the data say, each with what it is a share of."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from govgauge.analysis import claims as told_of
from govgauge.analysis.groups import Spread
from govgauge.analysis.shares import Share
from govgauge.reports import charts
from govgauge.reports.diagnosis.vetoes import title_of
from govgauge.reports.document.model import Block, Heading
from govgauge.reports.field import Field
from govgauge.reports.general.analysis import have
from govgauge.reports.prose import Part, count, listed, part, say, told
from govgauge.reports.studied import Studied
from govgauge.reports.unit import Having, Unit

GOOD, WEAK = 0.8, 0.5
"""Mean index from which on an indicator is told as a strength, and below which as a weakness."""
COMMON, RARE = 0.9, 0.3
"""Share from which on what a check looks for is told as common, and up to which as rare."""
MOST = 4
FEWEST_DRAWN = 3
"""Rows from which on a figure says more than the sentences."""
FEWEST = 5
"""Subjects that must be known before an indicator is called strong or weak."""


def shortcomings(studied: Studied) -> Iterator[Block]:
    """Strengths, then weaknesses, unit by unit."""
    yield Heading("主要亮点与不足", name="highlights")
    yield Heading("主要亮点", 2)
    yield from _told(studied, good=True)
    yield Heading("主要不足", 2)
    yield from _told(studied, good=False)
    yield from _vetoes(studied)


def strong_or_weak(unit: Unit, *, good: bool) -> list[Spread]:
    """Indicators of the second level, or of the first where it has none below, best or weakest first."""
    if not unit.assessed.subjects:
        return []
    known = [
        spread
        for spread in unit.whole.spreads
        if spread.mean is not None
        and spread.known >= max(min(FEWEST, unit.whole.subjects), spread.still_open)
        and not spread.node.bonus
    ]
    parents = {spread.node.parent for spread in known if spread.node.level == 2}
    some = [
        spread
        for spread in known
        if spread.node.level == 2 or (spread.node.level == 1 and spread.node.code not in parents)
    ]
    fitting = [spread for spread in some if ((spread.mean or 0) >= GOOD if good else (spread.mean or 0) < WEAK)]
    return sorted(fitting, key=lambda spread: -(spread.mean or 0) if good else (spread.mean or 0))[:MOST]


def common_or_rare(unit: Unit, *, good: bool) -> list[Having]:
    """Checks that nearly all, or only few, come up to."""
    bonus = {node.code for node in unit.assessed.nodes if node.bonus}
    known = [
        each
        for each in unit.having
        if each.share.denominator >= FEWEST and each.telling and each.code not in bonus  # no bonus is no weakness
    ]
    fitting = [
        each for each in known if ((each.share.value or 0) >= COMMON if good else (each.share.value or 0) <= RARE)
    ]
    return sorted(fitting, key=lambda each: -(each.share.value or 0) if good else (each.share.value or 0))[:MOST]


def _told(studied: Studied, *, good: bool) -> Iterator[Block]:
    nothing = True
    for unit in studied.units:
        items: list[list[Part]] = []
        for spread in strong_or_weak(unit, good=good):
            claim = told_of.mean_by_group([unit.whole], spread.node.code)
            if claim:
                items.append([told(claim)])
        checks = common_or_rare(unit, good=good)
        items += [[have(unit, each)] for each in checks]
        if not items:
            continue
        nothing = False
        yield Heading(unit.name, 3)
        yield listed(items)
        rows = [(each.text, each.share) for each in checks]
        word = "普遍做到" if good else "少数做到"
        if len(rows) >= FEWEST_DRAWN:
            yield from charts.having_bars(
                rows, f"{unit.name}{word}的评估要点", f"{'good' if good else 'weak'}-{unit.name}"
            )
    if nothing:
        word = (
            "亮点（平均指数不低于 0.8 的指标、九成以上做到的要点）"
            if good
            else "普遍不足（平均指数低于 0.5 的指标、做到的不超过三成的要点）"
        )
        yield say(f"数据中没有达到所定界限的{word}。")


def _vetoes(studied: Studied) -> Iterator[Block]:
    found = [
        (field, sum(bool(cell) and cell != "[]" for cell in field.judged["vetoes"]))
        for field in studied.material.fields
    ]
    hit = sum(number for _, number in found)
    if not hit:
        return
    total = sum(field.judged.height for field, _ in found)
    yield Heading("单项否决", 3)
    yield say(
        "按单项否决规则，有结果的记录中已查明命中的有 ",
        part("vetoes|all", Share(hit, total), "条"),
        "：",
        *_by_group(found),
        "。",
    )
    counts = Counter(
        veto
        for field in studied.material.fields
        for cell in field.judged["vetoes"].drop_nulls()
        for veto in msgspec.json.decode(cell or "[]", type=list[str])
    )
    parts: list[Part] = []
    for veto, number in counts.most_common():
        parts += [
            "、" if parts else "",
            title_of(veto, studied.about.rules),
            " ",
            count(f"vetoes|{veto}", number),
            " 条",
        ]
    yield say("命中的情形：", *parts, "。需要由人认定的情形和没能观察到的，不在其中。")


def _by_group(found: list[tuple[Field, int]]) -> list[Part]:
    parts: list[Part] = []
    for field, number in found:
        if number:
            parts += ["、" if parts else "", f"{field.title} ", count(f"vetoes|{field.title}", number), " 条"]
    return parts
