"""Loading one rule set from its file, refusing what cannot be judged with."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from govgauge.systems.audit_ids import audit_ids, nearest
from govgauge.systems.rules import Condition, Measure, Rule, RuleKind, RuleSet
from govgauge.systems.shape import read_shaped
from govgauge.systems.source_text import UnusableFile, line_of
from govgauge.systems.validate import Fault


def load_rules(path: Path) -> RuleSet:
    """Read and validate a rule set. Raises UnusableFile: a sentence for each fault, with file, line and remedy."""
    rules, text = read_shaped(path, RuleSet)
    found = [
        *_set(rules),
        *(fault for position, rule in enumerate(rules.rules) for fault in _rule(rules, position, rule)),
    ]
    if found:
        raise UnusableFile(
            [f"{path} 第 {line_of(text, fault.place)} 行：{fault.what}。{fault.remedy}" for fault in found]
        )
    return rules


def _set(rules: RuleSet) -> Iterator[Fault]:
    for name, times in Counter(rule.id for rule in rules.rules).items():
        if times > 1:
            yield Fault(("rules",), f"规则编号“{name}”用了 {times} 次", "换一个没有用过的编号。")
    for audit in rules.audit_params:
        if audit not in audit_ids():
            yield Fault(("audit_params", audit), f"自动检查“{audit}”不存在", _meant(audit))
    for audit in rules.advice_only:
        if audit not in audit_ids():
            yield Fault(("advice_only",), f"自动检查“{audit}”不存在", _meant(audit))
    if rules.effective_from and rules.effective_to and rules.effective_to < rules.effective_from:
        yield Fault(
            ("effective_to",), f"失效日 {rules.effective_to} 早于生效日 {rules.effective_from}", "改正两个日期。"
        )
    yield from _flow(rules)


def _flow(rules: RuleSet) -> Iterator[Fault]:
    flow = rules.flow
    if flow is None or flow.without_services is None:
        return
    points = {group.id: group.points for group in rules.groups}
    if flow.services_group not in points:
        yield Fault(("flow",), "没有写明哪个分组是办事服务", "把 services_group 写成 groups 中的一个。")
    elif flow.full_marks - points[flow.services_group] != flow.without_services:
        left = flow.full_marks - points[flow.services_group]
        yield Fault(("flow",), f"不计办事服务的满分 {flow.without_services} 与各组分值不符", f"应为 {left}。")


def _rule(rules: RuleSet, position: int, rule: Rule) -> Iterator[Fault]:
    place = ("rules", position)
    if rule.kind is RuleKind.DEDUCTION and rule.points is None and not rule.open:
        yield Fault(place, f"扣分规则 {rule.id} 没有分值", "写上 points；来源没有写明时在 open 中说明。")
    if rule.group and rule.group not in {group.id for group in rules.groups}:
        yield Fault((*place, "group"), f"规则 {rule.id} 的分组“{rule.group}”不存在", "改为 groups 中的一个。")
    if rule.when is not None:
        yield from _condition((*place, "when"), rule, rule.when)


def _condition(place: tuple[str | int, ...], rule: Rule, condition: Condition) -> Iterator[Fault]:
    forms = sum([bool(condition.any), bool(condition.all), bool(condition.audit)])
    if forms != 1 and not (forms == 0 and rule.person and condition.what):
        yield Fault(place, f"规则 {rule.id} 的条件应当正好是 any、all、audit 三种之一", "拆成几个条件。")
    for key, inner in (("any", condition.any), ("all", condition.all)):
        for position, one in enumerate(inner):
            yield from _condition((*place, key, position), rule, one)
    if condition.audit and condition.audit not in audit_ids():
        yield Fault((*place, "audit"), f"规则 {rule.id} 的自动检查“{condition.audit}”不存在", _meant(condition.audit))
    if condition.audit and not condition.what:
        yield Fault(place, f"规则 {rule.id} 的条件没有说明数的是什么", "写上 what。")
    if condition.measure is Measure.FACT and not condition.field:
        yield Fault(place, f"规则 {rule.id} 的条件按数值判断，却没有字段名", "写上 field。")


def _meant(audit: str) -> str:
    near = nearest(audit)
    return f"是否指 {near}？" if near else "用 govgauge audits list 查看全部。"
