"""The rule sets as data: bounds of the sources, and refusal of what cannot be judged with."""

from decimal import Decimal
from pathlib import Path

import pytest

from govgauge.systems import library
from govgauge.systems.rules import Inspectee, Operator, RuleKind, Unit
from govgauge.systems.rules_loader import load_rules
from govgauge.systems.source_text import UnusableFile

INSPECTION = library.rule_set("inspection-2019")


def bounds(name: str) -> dict[str, list[tuple[str, str, Decimal]]]:
    return {
        rule.id: [(leaf.audit, leaf.operator.value, leaf.number) for leaf in rule.when.leaves()]
        for rule in library.rule_set(name).rules
        if rule.when is not None and rule.kind is not RuleKind.DEDUCTION
    }


def test_vetoes_of_2019_have_the_bounds_of_the_source() -> None:
    found = bounds("inspection-2019")
    assert found["V2"] == [("site-unreachable", ">=", 5)]
    assert found["V3"] == [("home-stale", ">", 14)]
    assert found["V4"] == [("column-stale", ">=", 5), ("column-stale", ">=", 10), ("column-empty", ">=", 5)]
    vetoes = [(rule.id, rule.of) for rule in INSPECTION.rules if rule.kind is RuleKind.VETO]
    assert vetoes == [*((f"V{number}", Inspectee.SITE) for number in range(1, 7)), ("M1", Inspectee.ACCOUNT)]


def test_early_warnings_come_before_the_vetoes() -> None:
    assert bounds("early-warning") == {
        "W1": [("site-unreachable", ">", 3)],
        "W2": [("home-stale", ">", 10)],
        "W3": [("column-empty", ">", 2)],
        "W4": [("column-stale", ">", 8)],
    }


def test_groups_of_the_deduction_part_make_full_marks() -> None:
    assert INSPECTION.flow is not None
    assert sum(group.points for group in INSPECTION.groups) == INSPECTION.flow.full_marks == 100
    assert (INSPECTION.flow.pass_mark, INSPECTION.flow.bonus_max, INSPECTION.flow.bonus_above) == (60, 30, 80)
    assert INSPECTION.flow.without_services == 75


def test_the_census_takes_the_points_of_its_table() -> None:
    rules = {rule.id: rule for rule in library.rule_set("census-2015").rules}
    points = {name: rule.points for name, rule in rules.items() if rule.kind is RuleKind.DEDUCTION}
    assert points == {
        "C1": 5,
        "C2-home": 1,
        "C2-home-image": 1,
        "C2-home-download": 1,
        "C2-other": Decimal("0.1"),
        "C2-other-image": Decimal("0.1"),
        "C2-other-download": Decimal("0.1"),
        "C3": 5,
        "C4-news": 3,
        "C4-notice": 4,
        "C4-yearly": 5,
        "C4-wrong": 1,
        "C5-channel": 5,
        "C5-year": 5,
        "C6-channel": 5,
        "C6-year": 5,
        "C7": 2,
    }
    assert rules["C7"].cap == 16


def test_bounds_that_only_a_person_can_look_at_are_data_as_well() -> None:
    rules = {rule.id: rule for name in ("census-2015", "inspection-2019") for rule in library.rule_set(name).rules}
    found = {name: rules[name].when for name in ("C3", "C5-year", "M1")}
    assert {
        name: (when.audit, when.operator.value, when.number, when.window and (when.window.number, when.window.unit))
        for name, when in found.items()
        if when is not None
    } == {
        "C3": ("", "<", 10, (2, Unit.WEEK)),
        "C5-year": ("", "<", 1, (1, Unit.YEAR)),
        "M1": ("", ">", 14, (2, Unit.WEEK)),
    }


def test_what_no_source_says_is_named_and_not_invented() -> None:
    silent = [rule for rule in INSPECTION.rules if rule.kind is RuleKind.DEDUCTION]
    assert all(rule.points is None and rule.open for rule in silent)
    assert INSPECTION.effective_from is None


SOUND = """\
id: small
title: 小规则
source: {document: 某文件}
groups: [{id: g, title: 组, points: 10}]
audit_params: {home-stale: {window_days: 14}}
rules:
  - {id: a, title: 甲, kind: veto, when: {audit: column-empty, what: 空白栏目, number: 5}}
  - {id: b, title: 乙, kind: deduction, points: 1, group: g, when: {any: [{audit: home-stale, what: 首页,
     measure: fact, field: age}]}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_rule_set_is_read(tmp_path: Path) -> None:
    rules = load_rules(written(tmp_path, SOUND))
    assert rules.audits() == {"column-empty", "home-stale"}
    assert rules.rules[0].when is not None
    assert (rules.rules[0].when.operator, rules.rules[0].when.number) == (Operator.AT_LEAST, 5)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("id: b,", "id: a,", 6, "规则编号“a”用了 2 次"),
        ("{home-stale: {window_days: 14}}", "{home-stall: {window_days: 14}}", 5, "是否指 home-stale？"),
        ("rules:", "advice_only: [zzz]\nrules:", 6, "用 govgauge audits list 查看全部"),
        ("points: 1,", "", 8, "没有分值"),
        ("group: g,", "group: h,", 8, "分组“h”不存在"),
        ("audit: column-empty, what", "what", 7, "三种之一"),
        ("audit: column-empty", "audit: column-emty", 7, "是否指 column-empty？"),
        ("what: 空白栏目, ", "", 7, "没有说明数的是什么"),
        (", field: age", "", 8, "没有字段名"),
        ("rules:", "effective_from: 2019-01-02\neffective_to: 2019-01-01\nrules:", 7, "早于生效日"),
        ("number: 5", "number: five", 7, "应为"),
        ("rules:", "flow: {full_marks: 100, pass_mark: 60, without_services: 75}\nrules:", 6, "哪个分组是办事服务"),
        (
            "rules:",
            "flow: {full_marks: 100, pass_mark: 60, without_services: 75, services_group: g}\nrules:",
            6,
            "应为 90",
        ),
    ],
)
def test_a_fault_of_a_rule_set_is_named(tmp_path: Path, right: str, wrong: str, line: int, said: str) -> None:
    assert right in SOUND
    with pytest.raises(UnusableFile) as caught:
        load_rules(written(tmp_path, SOUND.replace(right, wrong, 1)))
    hits = [sentence for sentence in caught.value.sentences if said in sentence]
    assert hits, caught.value.sentences
    assert f"第 {line} 行" in hits[0]
