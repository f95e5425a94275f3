"""The form of a system: what must hold before anything is computed with it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from govgauge.systems.audit_ids import audit_ids, nearest
from govgauge.systems.model import Check, Indicator, Method, Status, System

DEEPEST = 3
"""Levels of a system, as in every table of the sources."""

LEVELS = frozenset(f"level{level}" for level in range(1, DEEPEST + 1))
"""Keys of `counts`."""

PROGRAM = frozenset({Method.AUTO, Method.ASSISTED})


class Fault(Struct, frozen=True):
    """What is wrong, where in the file (keys and positions), and what to do."""

    place: tuple[str | int, ...]
    what: str
    remedy: str


def faults(system: System) -> list[Fault]:
    """Every fault of form of a system, in the order of the file."""
    return [
        *_head(system),
        *_doubles(system),
        *(fault for place, level, node in _placed(system) for fault in _node(system, place, level, node)),
        *_known_defects(system),
    ]


def _head(system: System) -> Iterator[Fault]:
    if not system.profiles:
        yield Fault(("profiles",), "没有权重档", "至少写一个权重档。")
    for name, times in Counter(system.profile_ids()).items():
        if times > 1:
            yield Fault(("profiles",), f"权重档“{name}”写了 {times} 次", "每个权重档只写一次。")
    if not system.indicators:
        yield Fault(("indicators",), "没有指标", "至少写一个一级指标。")
    if system.full_marks <= 0 and system.status is Status.COMPLETE:
        yield Fault(("full_marks",), f"满分 {system.full_marks} 不是正数", "写上含加分的满分。")
    if system.bonus_max < 0:
        yield Fault(("bonus_max",), f"加分上限 {system.bonus_max} 小于 0", "没有加分时写 0。")
    if system.counts and system.status is not Status.OUTLINE:
        yield Fault(("counts",), "写了数目，体系却不是概要", "数目只写在 outline 中，请删去。")
    for level, number in system.counts.items():
        if level not in LEVELS or number < 1:
            remedy = f"写正整数，可用的层级：{'、'.join(sorted(LEVELS))}。"
            yield Fault(("counts",), f"数目“{level}: {number}”不可用", remedy)


def _doubles(system: System) -> Iterator[Fault]:
    placed = list(_placed(system))
    seen_codes: set[str] = set()
    seen_checks: set[str] = set()
    seen_paths: set[tuple[str, ...]] = set()
    names: dict[tuple[str | int, ...], tuple[str, ...]] = {}
    for place, _, node in placed:
        names[place] = (*names.get(place[:-2], ()), node.name)
        if node.code in seen_codes:
            yield Fault((*place, "code"), f"代码“{node.code}”用了两次", "换一个没有用过的代码。")
        if names[place] in seen_paths:
            path = " / ".join(names[place])
            yield Fault((*place, "name"), f"指标“{path}”出现了两次", "合并两处，或改正其中一处的名称。")
        seen_codes.add(node.code)
        seen_paths.add(names[place])
        for position, check in enumerate(node.checks):
            if check.id in seen_checks:
                where = (*place, "checks", position, "id")
                yield Fault(where, f"要点编号“{check.id}”用了两次", "换一个没有用过的编号。")
            seen_checks.add(check.id)


def _node(system: System, place: tuple[str | int, ...], level: int, node: Indicator) -> Iterator[Fault]:
    if not node.name.strip():
        yield Fault((*place, "name"), f"指标 {node.code} 没有名称", "写上名称。")
    if level > DEEPEST:
        yield Fault(place, f"指标“{node.name}”在第 {level} 级", f"最多 {DEEPEST} 级，请并入上一级。")
    if node.bonus and level > 1:
        yield Fault((*place, "bonus"), f"“{node.name}”不是一级指标，却标为加分", "加分只标在一级指标上。")
    if node.children and (node.weights or node.checks):
        yield Fault(place, f"“{node.name}”有下级指标，又有自己的权重或要点", "权重和要点只写在最低一级。")
    yield from _printed(system, place, node)
    yield from _best(place, node)
    if not node.children and system.status is Status.COMPLETE:
        yield from _weights(system, place, node)
        yield from _shares(place, node)
        yield from _unasked(system, place, node)
    for position, check in enumerate(node.checks):
        yield from _check((*place, "checks", position), check)
        yield from _check_profiles(system, (*place, "checks", position), check)


def _printed(system: System, place: tuple[str | int, ...], node: Indicator) -> Iterator[Fault]:
    for name in node.printed:
        if name not in system.profile_ids():
            yield Fault((*place, "printed"), f"“{name}”不是本体系的权重档", _name_one(system))


def _best(place: tuple[str | int, ...], node: Indicator) -> Iterator[Fault]:
    if node.best is None:
        return
    if not node.bonus or node.children:
        yield Fault((*place, "best"), f"“{node.name}”不是加分指标，却写了取最好的几个", "best 只写在加分的最低一级上。")
    if node.best < 1:
        yield Fault((*place, "best"), f"“{node.name}”取最好的 {node.best} 个", "写 1 或更大的整数，不取时删去。")


def _weights(system: System, place: tuple[str | int, ...], node: Indicator) -> Iterator[Fault]:
    where = (*place, "weights")
    for name, weight in node.weights.items():
        if name not in system.profile_ids():
            yield Fault(where, f"“{node.name}”的权重档“{name}”不存在", _name_one(system))
        if weight is not None and weight < 0:
            yield Fault(where, f"“{node.name}”的权重 {weight} 小于 0", "权重不得为负，扣分指标写正数并标 deduct。")
    for name in system.profile_ids():
        if name not in node.weights:
            yield Fault(where, f"“{node.name}”没有写“{name}”档的权重", "写上权重；该档不评估时写 null。")


def _shares(place: tuple[str | int, ...], node: Indicator) -> Iterator[Fault]:
    if not node.checks:
        yield Fault(place, f"“{node.name}”没有评估要点", "至少写一个要点，份额合计为 1。")
        return
    total = sum((check.share for check in node.checks), Decimal(0))
    if total != 1:
        yield Fault((*place, "checks"), f"“{node.name}”各要点的份额合计为 {total}", "改到合计正好为 1。")


def _unasked(system: System, place: tuple[str | int, ...], node: Indicator) -> Iterator[Fault]:
    for name in system.profile_ids() if node.checks else ():
        if node.weights.get(name) is not None and not any(check.asked_in(name) for check in node.checks):
            what = f"“{node.name}”在“{name}”档有权重，却没有一个要点看这一档"
            yield Fault((*place, "checks"), what, "至少留一个看这一档的要点，或把该档权重写为 null。")


def _check_profiles(system: System, place: tuple[str | int, ...], check: Check) -> Iterator[Fault]:
    for name in check.profiles:
        if name not in system.profile_ids():
            where = (*place, "profiles")
            yield Fault(where, f"要点 {check.id} 所限的权重档“{name}”不存在", _name_one(system))


def _check(place: tuple[str | int, ...], check: Check) -> Iterator[Fault]:
    if not check.text.strip():
        yield Fault((*place, "text"), f"要点 {check.id} 没有文字", "用一句话写明看什么。")
    if not 0 < check.share <= 1:
        yield Fault((*place, "share"), f"要点 {check.id} 的份额为 {check.share}", "份额应大于 0、不超过 1。")
    if check.audit is not None and check.audit not in audit_ids():
        near = nearest(check.audit)
        remedy = f"是否指 {near}？" if near else "用 govgauge audits list 查看全部。"
        yield Fault((*place, "audit"), f"要点 {check.id} 的自动检查“{check.audit}”不存在", remedy)
    if check.audit is not None and check.method not in PROGRAM:
        yield Fault(
            (*place, "method"), f"要点 {check.id} 有自动检查，方式却是 {check.method}", "改为 auto 或 assisted。"
        )
    if check.audit is None and check.method in PROGRAM:
        yield Fault(
            (*place, "method"),
            f"要点 {check.id} 的方式是 {check.method}，却没有自动检查",
            "写上 audit，或改为人工方式。",
        )
    if check.params and check.audit is None:
        yield Fault((*place, "params"), f"要点 {check.id} 有参数，却没有自动检查", "写上 audit，或删去 params。")


def _known_defects(system: System) -> Iterator[Fault]:
    codes = {node.code for _, node in system.nodes()} | {""}
    for position, defect in enumerate(system.defects):
        if defect.code not in codes:
            yield Fault(("defects", position), f"缺陷所指的代码“{defect.code}”不存在", "改为表中的代码。")
        if defect.profile not in system.profile_ids():
            yield Fault(("defects", position), f"缺陷所指的权重档“{defect.profile}”不存在", _name_one(system))


def _name_one(system: System) -> str:
    return f"可用的权重档：{'、'.join(system.profile_ids())}。"


def _placed(system: System) -> Iterator[tuple[tuple[str | int, ...], int, Indicator]]:
    yield from _placed_below(("indicators",), 1, system.indicators)


def _placed_below(
    place: tuple[str | int, ...], level: int, nodes: tuple[Indicator, ...]
) -> Iterator[tuple[tuple[str | int, ...], int, Indicator]]:
    for position, node in enumerate(nodes):
        here = (*place, position)
        yield here, level, node
        yield from _placed_below((*here, "children"), level + 1, node.children)
