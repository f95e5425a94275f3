"""The outlines of 2018: names of the first level and counts, nothing more."""

import pytest

from govgauge.scoring.score import NotScorable, score
from govgauge.systems import library
from govgauge.systems.outline import outline
from govgauge.systems.system_json import system_json

NAMES = ["信息发布", "解读回应", "办事服务", "互动交流", "管理保障", "功能推广", "优秀创新案例"]
SYSTEMS = [("2018-ministry", "ministry", 44), ("2018-local", "local", 47)]


@pytest.mark.parametrize(("name", "profile", "count"), SYSTEMS)
def test_an_outline_holds_what_the_source_tells(name: str, profile: str, count: int) -> None:
    system = library.system(name)
    shown = system_json(system)
    keys = ("id", "year", "status", "profiles", "full_marks", "bonus_max", "counts", "defects")
    assert {key: shown[key] for key in keys} == {
        "id": name,
        "year": 2018,
        "status": "outline",
        "profiles": [profile],
        "full_marks": None,
        "bonus_max": None,
        "counts": {"level3": count},
        "defects": [],
    }
    assert [(leaf.path, leaf.bonus, leaf.indicator.weights) for leaf in system.leaves()] == [
        ((one, None, None), False, {}) for one in NAMES
    ]
    assert f"三级指标 {count} 个" in outline(system)[0]


@pytest.mark.parametrize(("name", "profile", "count"), SYSTEMS)
def test_an_outline_is_not_scored(name: str, profile: str, count: int) -> None:  # noqa: ARG001
    with pytest.raises(NotScorable):
        score(library.system(name), profile, {})
