"""One difference between two systems as a Chinese sentence."""

from collections.abc import Mapping
from decimal import Decimal
from functools import singledispatch

from govgauge.systems.changes import (
    Added,
    CategoryChanged,
    Change,
    CheckAdded,
    CheckChanged,
    CheckRemoved,
    FactChanged,
    Field,
    Moved,
    Path,
    ProfileChanged,
    Recoded,
    Removed,
    Renamed,
    Reshaped,
    Reweighted,
)
from govgauge.systems.system_json import number

LEVELS = {1: "一级", 2: "二级", 3: "三级"}

FACT_NAMES = {
    "id": "标识",
    "year": "年份",
    "table": "对象",
    "title": "标题",
    "source": "来源",
    "status": "状态",
    "full_marks": "满分",
    "bonus_max": "加分上限",
    "counts": "指标数目",
    "ranking": "名次和档级的规则",
    "notes": "注",
    "defects": "记录的缺陷",
    "bonus": "是否加分",
    "deduct": "是否扣分",
    "best": "计最好的几个案例",
    "printed": "印出的合计",
}

FIELD_NAMES = {
    "id": "编号",
    "text": "文字",
    "share": "份额",
    "method": "方式",
    "audit": "自动检查",
    "params": "参数",
    "profiles": "只看的权重档",
}


@singledispatch
def sentence(change: Change) -> str:
    """What is different, in words. Raises TypeError for a kind of difference that has no words."""
    raise TypeError(change)


@sentence.register
def _(change: Added) -> str:
    return (
        f"{_indent(change.below)}{change.code} {_path(change.path)}（{LEVELS[change.level]}，{_all(change.weights)}）"
    )


@sentence.register
def _(change: Removed) -> str:
    return (
        f"{_indent(change.below)}{change.code} {_path(change.path)}（{LEVELS[change.level]}，{_all(change.weights)}）"
    )


@sentence.register
def _(change: Renamed) -> str:
    before = f"{change.code_before} “{change.path_before[-1]}”"
    return f"{before} → {change.code} “{change.path[-1]}”（依据：{change.evidence}）"


@sentence.register
def _(change: Moved) -> str:
    rise = "" if change.level == change.level_before else f"，{LEVELS[change.level_before]}变为{LEVELS[change.level]}"
    return f"{change.code_before} {_path(change.path_before)} → {change.code} {_path(change.path)}{rise}"


@sentence.register
def _(change: Recoded) -> str:
    return f"{_path(change.path)}：代码 {change.code_before} → {change.code}"


@sentence.register
def _(change: Reshaped) -> str:
    if change.children:
        return f"{change.code} {_path(change.path)}：原为末级，现分为 {change.children} 个下级指标"
    return f"{change.code} {_path(change.path)}：原有 {change.children_before} 个下级指标，现为末级"


@sentence.register
def _(change: Reweighted) -> str:
    pair = change.profile if change.profile_before == change.profile else f"{change.profile_before} 对 {change.profile}"
    return weight_sentence(change, pair)


def weight_sentence(change: Reweighted, pair: str = "") -> str:
    """A changed weight in words; `pair` names the profiles where there are several."""
    said = [*([pair] if pair else []), *(["合计"] if change.total else [])]
    remark = f"（{'，'.join(said)}）" if said else ""
    return f"{change.code} {_path(change.path)}{remark}：{_weight(change.before)} → {_weight(change.after)}"


@sentence.register
def _(change: CheckAdded) -> str:
    return f"{change.code} {change.path[-1]}：新增要点 {change.check} “{change.text}”"


@sentence.register
def _(change: CheckRemoved) -> str:
    return f"{change.code} {change.path[-1]}：取消要点 {change.check} “{change.text}”"


@sentence.register
def _(change: CheckChanged) -> str:
    changed = "；".join(_field(field) for field in change.fields)
    return f"{change.code} {change.path[-1]}：要点 {change.check} “{change.text}”，{changed}"


@sentence.register
def _(change: CategoryChanged) -> str:
    if change.before is None:
        return f"新增“{change.name}”：{change.after}"
    if change.after is None:
        return f"取消“{change.name}”"
    return f"“{change.name}”的说明：{change.before} → {change.after}"


@sentence.register
def _(change: ProfileChanged) -> str:
    if change.before is None:
        return f"新增权重档 {change.profile} {change.after}"
    if change.after is None:
        return f"取消权重档 {change.profile} {change.before}"
    return f"权重档 {change.profile} 的名称：{change.before} → {change.after}"


@sentence.register
def _(change: FactChanged) -> str:
    if change.field == "order":
        return "内容相同，只有先后次序不同"
    place = f"{change.code} {_path(change.path)}：" if change.code else ""
    return f"{place}{FACT_NAMES[change.field]} {_both(change.before, change.after)}"


def _indent(below: bool) -> str:
    return "  " if below else ""


def _path(path: Path) -> str:
    return " / ".join(path)


def _all(weights: Mapping[str, Decimal | None]) -> str:
    if len(weights) == 1:
        return f"{_weight(next(iter(weights.values())))} 分" if any(weights.values()) else "无权重"
    return "，".join(f"{profile} {_weight(weight)}" for profile, weight in weights.items())


def _weight(weight: Decimal | None) -> str:
    return "不评估" if weight is None else str(number(weight))


def _field(field: Field) -> str:
    return f"{FIELD_NAMES[field.name]} {_both(field.before, field.after)}"


def _both(before: object, after: object) -> str:
    """Old and new; of lists and mappings only what differs."""
    if isinstance(before, list) and isinstance(after, list):
        gone = [_value(one) for one in before if one not in after]
        new = [_value(one) for one in after if one not in before]
        parts = [f"{word}：{'；'.join(ones)}" for word, ones in (("去掉", gone), ("加上", new)) if ones]
        return "，".join(parts) or "次序不同"
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return "，".join(f"{key} {_value(before.get(key))} → {_value(after.get(key))}" for key in keys)
    return f"{_value(before)} → {_value(after)}"


def _value(value: object) -> str:
    if value is None or value in ("", []):
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(_value, value))
    if isinstance(value, dict):
        return "，".join(f"{key} {_value(inner)}" for key, inner in value.items())
    return str(value)
