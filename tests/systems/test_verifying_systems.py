"""Printed totals against their rows, and the command that tells."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govgauge.cli.systems import app
from govgauge.systems import library
from govgauge.systems.loader import load
from govgauge.systems.model import Defect
from govgauge.systems.outline import outline
from govgauge.systems.source_text import UnusableFile
from govgauge.systems.system_json import system_json
from govgauge.systems.verify import Mismatch, verify

HEAD = """\
id: small
year: 2025
table: 小表
title: 小体系
source: {document: 某报告, place: 表一}
status: complete
profiles: [{id: p, title: 档}]
full_marks: 12
bonus_max: 2
"""

ROWS = """\
indicators:
  - code: "1"
    name: 公开
    printed: {p: 11}
    children:
      - {code: "1.1", name: 目录, weights: {p: 4}, checks: [{id: a, text: 有, share: 1, method: manual}]}
      - {code: "1.2", name: 文件, weights: {p: 6.0}, checks: [{id: b, text: 有, share: 1, method: manual}]}
  - code: "2"
    name: 案例
    bonus: true
    weights: {p: 2}
    checks: [{id: c, text: 入选, share: 1, method: vote}]
"""

RECORD = 'defects: [{code: "1", profile: p, printed: 11, computed: 10, place: 表一, text: 各行合计为 10}]\n'


def written(folder: Path, *parts: str) -> Path:
    path = folder / "small.yaml"
    path.write_text("".join(parts), encoding="utf-8")
    return path


def test_a_total_that_its_rows_do_not_give_is_named(tmp_path: Path) -> None:
    found = verify(load(written(tmp_path, HEAD, ROWS)))
    assert found.mismatches == (Mismatch("1", "公开", "p", Decimal(11), Decimal(10)),)
    assert found.unrecorded == found.mismatches
    assert not found.ok()
    assert found.sentences() == ["small：“公开”（1）在权重档 p 印为 11，各行合计 10。未记入 defects。"]


def test_a_recorded_defect_is_told_and_passes(tmp_path: Path) -> None:
    found = verify(load(written(tmp_path, HEAD, RECORD, ROWS)))
    assert found.ok()
    assert found.sentences() == ["small：“公开”（1）在权重档 p 印为 11，各行合计 10。原文如此，已记录。"]


def test_a_recorded_defect_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = verify(load(written(tmp_path, HEAD, RECORD, ROWS.replace("printed: {p: 11}", "printed: {p: 10}"))))
    assert found.vanished == (Defect("1", "p", Decimal(11), Decimal(10), "表一", "各行合计为 10"),)
    assert found.sentences() == ["small：defects 记有 1（p）印为 11、合计 10，与表不符，请改正或删去。"]
    assert not found.ok()


def test_full_marks_and_bonus_are_compared_with_the_weights(tmp_path: Path) -> None:
    head = HEAD.replace("full_marks: 12", "full_marks: 20").replace("bonus_max: 2", "bonus_max: 3")
    found = verify(load(written(tmp_path, head, ROWS.replace("p: 11", "p: 10"))))
    assert [(one.name, one.printed, one.computed) for one in found.mismatches] == [
        ("满分", 20, 12),
        ("加分上限", 3, 2),
    ]
    assert "全表的满分" in found.sentences()[0]


def test_an_outline_has_nothing_to_verify(tmp_path: Path) -> None:
    rows = 'indicators: [{code: "1", name: 公开, printed: {p: 5}}]\n'
    assert verify(load(written(tmp_path, HEAD.replace("complete", "outline"), rows))).mismatches == ()


def test_the_whole_library_stands_up_to_its_own_record() -> None:
    for system_id in library.system_ids():
        assert verify(library.system(system_id)).ok(), system_id


def test_the_outline_shows_levels_weights_and_checks(tmp_path: Path) -> None:
    rows = ROWS.replace("name: 案例\n", "name: 案例\n    deduct: true\n")
    lines = outline(load(written(tmp_path, HEAD, "notes: [一条注]\n", RECORD, rows)))
    assert lines == [
        "small  小体系（满分 12，其中加分 2）",
        "权重档：p 档",
        "来源：某报告，表一",
        "1 公开（10）",
        "  1.1 目录（4）",
        "    · a 有 [1 manual]",
        "  1.2 文件（6）",
        "    · b 有 [1 manual]",
        "2 案例（2） 加分 扣分",
        "  · c 入选 [1 vote]",
        "注：一条注",
        "缺陷：表一，各行合计为 10",
    ]


def test_the_outline_marks_a_profile_that_is_not_assessed(tmp_path: Path) -> None:
    rows = ROWS.replace("weights: {p: 4}", "weights: {p: null}")
    lines = outline(load(written(tmp_path, HEAD, rows)), with_checks=False)
    assert lines[3:6] == ["1 公开（6）", "  1.1 目录（—）", "  1.2 文件（6）"]


def test_the_outline_says_how_many_cases_count_and_what_an_outline_does_not_know(tmp_path: Path) -> None:
    best = outline(load(written(tmp_path, HEAD, ROWS.replace("bonus: true", "bonus: true\n    best: 3"))))
    assert "2 案例（2） 加分，取最好的 3 个案例" in best
    head = HEAD.replace("complete", "outline").replace(": 12", ": 0").replace(": 2\n", ": 0\n")
    bare = load(written(tmp_path, head, 'counts: {level3: 44}\nindicators: [{code: "1", name: 公开}]\n'))
    assert outline(bare) == [
        "small  小体系（概要，权重未公布，三级指标 44 个）",
        "权重档：p 档",
        "来源：某报告，表一",
        "1 公开（—）",
    ]
    assert [system_json(bare)[key] for key in ("full_marks", "bonus_max", "counts")] == [None, None, {"level3": 44}]


def test_list_and_show_print_the_systems() -> None:
    assert "2025-city" in CliRunner().invoke(app, ["list"]).stdout
    listed = json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)
    assert {"2025-city"} <= {one["id"] for one in listed}
    assert "1.1.1 法定主动公开（17）" in CliRunner().invoke(app, ["show", "2025-city"]).stdout
    shown = json.loads(CliRunner().invoke(app, ["show", "2025-city", "--json"]).stdout)
    assert len(shown["indicators"]) == 42


def test_verify_exits_with_1_for_an_unrecorded_defect_only(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["verify"]).exit_code == 0
    recorded = CliRunner().invoke(app, ["verify", str(written(tmp_path, HEAD, RECORD, ROWS))])
    assert (recorded.exit_code, "已记录" in recorded.stdout) == (0, True)
    outcome = CliRunner().invoke(app, ["verify", "--json", str(written(tmp_path, HEAD, ROWS))])
    assert outcome.exit_code == 1
    assert json.loads(outcome.stdout) == [
        {
            "system": "small",
            "ok": False,
            "mismatches": [
                {"code": "1", "name": "公开", "profile": "p", "printed": 11, "computed": 10, "recorded": False}
            ],
            "sentences": ["small：“公开”（1）在权重档 p 印为 11，各行合计 10。未记入 defects。"],
        }
    ]


def test_verify_refuses_a_file_that_is_no_system(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["verify", str(written(tmp_path, "a: 1\n"))])
    assert isinstance(outcome.exception, UnusableFile)
    assert outcome.exception.status == 2


@pytest.mark.parametrize("name", library.system_ids())
def test_codes_of_children_begin_with_their_parents(name: str) -> None:
    for _, node in library.system(name).nodes():
        for child in node.children:
            assert child.code.startswith(f"{node.code}."), child.code
