"""What differs between two systems is said as it is: renamed only when that is convincing, else removed and added."""

import json
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from random_systems import systems

from govgauge.errors import Unusable
from govgauge.systems import library
from govgauge.systems.changes import Added, Change, CheckChanged, Moved, Removed, Renamed, Reweighted
from govgauge.systems.diff import diff
from govgauge.systems.diff_json import diff_json
from govgauge.systems.diff_text import diff_lines
from govgauge.systems.matching import likeness
from govgauge.systems.model import Check, Indicator, Method, System

CITY = library.system("2025-city")


@dataclass
class Named:
    """Changes of some kinds, each as what a person would say of it."""

    changes: tuple[Change, ...]

    def renamed(self) -> set[tuple[str, str]]:
        return {(one.path_before[-1], one.path[-1]) for one in self.changes if isinstance(one, Renamed)}

    def moved(self) -> set[tuple[str, str]]:
        return {("/".join(one.path_before), "/".join(one.path)) for one in self.changes if isinstance(one, Moved)}

    def added(self) -> set[str]:
        return {one.path[-1] for one in self.changes if isinstance(one, Added)}

    def removed(self) -> set[str]:
        return {one.path[-1] for one in self.changes if isinstance(one, Removed)}

    def removed_codes(self) -> list[str]:
        return [one.code for one in self.changes if isinstance(one, Removed)]

    def added_codes(self) -> list[str]:
        return [one.code for one in self.changes if isinstance(one, Added)]

    def weights(self) -> dict[str, tuple[Decimal | None, Decimal | None]]:
        return {one.path[-1]: (one.before, one.after) for one in self.changes if isinstance(one, Reweighted)}


def between(before: str, after: str) -> Named:
    return Named(diff(library.system(before), library.system(after)).changes)


def replaced(nodes: tuple[Indicator, ...], code: str, **fields: object) -> tuple[Indicator, ...]:
    return tuple(
        msgspec.structs.replace(node, **fields)
        if node.code == code
        else msgspec.structs.replace(node, children=replaced(node.children, code, **fields))
        for node in nodes
    )


def edited(system: System, code: str, **fields: object) -> System:
    return msgspec.structs.replace(system, indicators=replaced(system.indicators, code, **fields))


def test_the_ministries_from_2017_to_2020() -> None:
    found = between("2017-ministry", "2020-ministry")
    assert found.renamed() == set()
    assert ("信息发布/公开保障/依申请公开", "信息发布/政府信息公开/依申请公开") in found.moved()
    assert ("管理保障/日常运维", "管理保障/运维保障/日常运维") in found.moved()
    assert {"数据开放", "政府信息公开", "集成套餐服务"} <= found.added()
    assert {"基础信息", "在线访谈", "应用推广", "热点回应"} <= found.removed()
    assert found.weights()["政策解读"] == (5, 10)
    assert found.weights()["信息发布"] == (24, 25)


def test_the_ministries_from_2020_to_2025() -> None:
    found = between("2020-ministry", "2025-ministry")
    assert found.renamed() == {("互动交流", "诉求响应能力")}
    assert ("解读回应/政策解读", "资源汇聚能力/政府信息公开/政策解读") in found.moved()
    assert found.weights()["法定主动公开"] == (12, 22)
    assert "渠道功能" in found.removed(), "a name that stands twice does not identify"


def test_two_tables_of_one_year_are_compared_by_their_only_profiles() -> None:
    found = between("2025-province", "2025-city")
    assert found.renamed() == {("其他领域", "其他"), ("适老化及无障碍", "适老化无障碍")}
    assert found.added() == {"住房", "交通运输", "就业创业", "社会救助和福利", "医疗卫生"}
    assert found.removed() == {"文化体育", "职业资格", "司法公证"}
    assert found.weights()["法定主动公开"] == (18, 17)


@pytest.mark.parametrize(
    ("name", "renamed"),
    [("法定的主动公开", True), ("主动公开内容", True), ("信用体系建设", False), ("智能输出", False)],
)
def test_a_new_name_over_the_same_checks_is_a_new_name(name: str, renamed: bool) -> None:
    bare = (Check(id="z", text="与前无关的一点", share=Decimal(1), method=Method.MANUAL),)
    code = "1.1.1" if name != "智能输出" else "4.2.1"
    after = edited(CITY, code, name=name) if renamed else edited(CITY, code, name=name, checks=bare)
    if name == "智能输出":
        after = edited(after, "4.2.2", name="信创")
    found = Named(diff(CITY, after).changes)
    assert any(new == name for _, new in found.renamed()) == renamed


def test_a_name_and_its_opposite_are_not_alike() -> None:
    assert likeness("政府对内提供辅助决策", "政府对外提供辅助决策") == 0
    assert likeness("适老化及无障碍", "适老化无障碍") > 0.9


def test_one_child_in_common_below_different_parents_is_not_enough() -> None:
    found = between("2020-digital-government", "2025-digital-government")
    assert ("安全保障", "数据安全") not in found.renamed()
    assert {("服务满意度", "社会满意度"), ("数据质量管理", "数据质量")} <= found.renamed()


def test_a_changed_check_is_told_field_by_field() -> None:
    leaf = next(leaf.indicator for leaf in CITY.leaves() if leaf.indicator.code == "1.1.1")
    first = msgspec.structs.replace(leaf.checks[0], share=Decimal("0.1"), text=leaf.checks[0].text + "等")
    last = msgspec.structs.replace(leaf.checks[-1], share=leaf.checks[-1].share - Decimal("0.03"))
    changes = diff(CITY, edited(CITY, "1.1.1", checks=(first, *leaf.checks[1:-1], last))).changes
    assert [type(change) for change in changes] == [CheckChanged, CheckChanged]
    assert [[field.name for field in change.fields] for change in changes if isinstance(change, CheckChanged)] == [
        ["text", "share"],
        ["share"],
    ]
    assert changes[0].ref == "check-changed:1.1.1:1.1.1-1"


def test_not_assessed_and_a_weight_are_two_things() -> None:
    before, after = edited(CITY, "3.2", weights={"city": None}), edited(CITY, "3.2", weights={"city": Decimal(0)})
    assert Named(diff(before, after).changes).weights() == {"渠道融合": (None, Decimal(0))}
    assert "3.2 资源融合能力 / 渠道融合：不评估 → 0" in "\n".join(diff_lines(diff(before, after), with_checks=True))


def test_profiles_that_cannot_be_paired_must_be_named() -> None:
    local, city = library.system("2020-local"), library.system("2025-development-zone")
    with pytest.raises(Unusable, match="请用 --profile-a 选一个"):
        diff(local, city)
    with pytest.raises(Unusable, match="没有权重档“moon”"):
        diff(local, city, profile_before="moon")
    paired = diff(local, city, profile_before="county", profile_after="htdz")
    assert [(pair.before, pair.after) for pair in paired.pairs] == [("county", "htdz")]


@pytest.mark.parametrize("system_id", library.system_ids())
def test_a_system_does_not_differ_from_itself(system_id: str) -> None:
    assert diff(library.system(system_id), library.system(system_id)).changes == ()


@given(before=systems(), after=systems())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_nodes_are_matched_once_and_every_reference_is_its_own(before: System, after: System) -> None:
    found = diff(before, after, profile_before=before.profile_ids()[0], profile_after=after.profile_ids()[0])
    kept = len(list(before.nodes())) - len(Named(found.changes).removed_codes())
    assert kept == len(list(after.nodes())) - len(Named(found.changes).added_codes())
    refs = [change.ref for change in found.changes]
    assert len(set(refs)) == len(refs)
    assert json.dumps(diff_json(found))
    assert diff_lines(found, with_checks=True, with_refs=True)


def test_the_command_prints_words_or_json() -> None:
    def said(*words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from govgauge.cli.main import main; main()", "systems", "diff", *words]
        return subprocess.run(program, capture_output=True, text=True, check=False)

    text = said("2025-province", "2025-city").stdout
    assert "  1 资源汇聚能力（合计）：50 → 44\n" in text
    facts = json.loads(said("2025-province", "2025-city", "--json").stdout)
    assert facts["counts"]["renamed"] == 2
    assert {"kind", "ref", "code", "path", "profile", "before", "after"} <= set(
        next(one for one in facts["changes"] if one["kind"] == "reweighted")
    )
    wrong = said("2025-province", "2025-town")
    assert (wrong.returncode, "没有名为“2025-town”的指标体系" in wrong.stderr) == (2, True)
