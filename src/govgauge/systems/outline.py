"""An indicator system as a tree of lines, for the terminal."""

from collections.abc import Iterator

from govgauge.systems.model import Check, Indicator, System
from govgauge.systems.system_json import marks, number

INDENT = "  "
LEVEL_NAMES = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}


def outline(system: System, *, with_checks: bool = True) -> list[str]:
    """One line for each node and, below the leaves, for each check; weights by profile in brackets."""
    profiles = "、".join(f"{profile.id} {profile.title}" for profile in system.profiles)
    return [
        f"{system.id}  {system.title}（{_marks(system)}）",
        f"权重档：{profiles}",
        f"来源：{system.source.document}，{system.source.place}",
        *(line for level, node in system.nodes() for line in _node(system, level, node, with_checks=with_checks)),
        *(f"注：{note}" for note in system.notes),
        *(f"缺陷：{defect.place}，{defect.text}" for defect in system.defects),
    ]


def _marks(system: System) -> str:
    if marks(system, system.full_marks) is not None:
        return f"满分 {number(system.full_marks)}，其中加分 {number(system.bonus_max)}"
    counts = "，".join(f"{LEVEL_NAMES.get(level, level)} {count} 个" for level, count in system.counts.items())
    return f"概要，权重未公布{f'，{counts}' if counts else ''}"


def _node(system: System, level: int, node: Indicator, *, with_checks: bool) -> Iterator[str]:
    weights = " / ".join(_weight(node, profile) for profile in system.profile_ids())
    kinds = "".join(mark for mark, holds in ((" 加分", node.bonus), (" 扣分", node.deduct)) if holds)
    best = f"，取最好的 {node.best} 个案例" if node.best else ""
    yield f"{INDENT * (level - 1)}{node.code} {node.name}（{weights}）{kinds}{best}"
    if with_checks:
        yield from (f"{INDENT * level}· {_check(check)}" for check in node.checks)


def _weight(node: Indicator, profile: str) -> str:
    weight = number(node.weight(profile))
    return "—" if weight is None else str(weight)


def _check(check: Check) -> str:
    audit = f" {check.audit}" if check.audit else ""
    only = f" 只看 {'、'.join(check.profiles)}" if check.profiles else ""
    return f"{check.id} {check.text} [{number(check.share)} {check.method.value}{audit}{only}]"
