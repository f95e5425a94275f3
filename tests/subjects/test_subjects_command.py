"""`govgauge subjects` shows, checks, exports and imports lists."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from govgauge.cli.subjects import app
from govgauge.errors import Unusable


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_lists_and_their_subjects_are_listed() -> None:
    assert [one["id"] for one in json.loads(run("list", "--json").stdout)] == ["2017", "2025"]
    assert run("list", "2025", "--group", "htdz", "--region", "西藏自治区").stdout == (
        "—       西藏自治区/拉萨高新技术产业开发区  htdz\n"
    )
    below = json.loads(run("list", "2017", "--parent", "宁波市", "--on", "2017-10-01", "--json").stdout)
    assert [one["name"] for one in below][:3] == ["海曙区", "江北区", "镇海区"]


def test_a_list_and_a_subject_are_shown() -> None:
    shown = json.loads(run("show", "2025", "--json").stdout)
    assert (shown["subjects"], len(shown["groups"]), len(shown["defects"])) == (1249, 19, 5)
    assert shown["groups"][-1] == {
        "id": "htdz",
        "title": "国家级高新技术产业开发区",
        "within": "zone",
        "system": "2025-development-zone",
        "profile": "htdz",
        "announced": 147,
        "listed": 148,
    }
    assert json.loads(run("show", "2025", "420106", "--json").stdout) == {
        "key": "湖北省/武汉市/武昌区",
        "name": "武昌区",
        "parent": "湖北省/武汉市",
        "full_name": None,
        "aliases": [],
        "level": "county",
        "kind": "district",
        "groups": ["county"],
        "region": "湖北省",
        "code": "420106",
        "since": None,
        "until": None,
        "before": [],
        "outlets": [],
        "children": [],
    }
    assert run("show", "2025", "武昌区").stdout.splitlines()[0] == "湖北省/武汉市/武昌区"
    assert "缺陷 第 137 行：公布经开区 188 家" in run("show", "2025").stdout


def test_the_library_verifies() -> None:
    assert run("verify").exit_code == 0
    told = json.loads(run("verify", "2025", "--json").stdout)
    assert [(one["group"], one["announced"], one["listed"], one["recorded"]) for one in told[0]["mismatches"]] == [
        ("local", 850, 851, True),
        ("county", 485, 486, True),
        ("etdz", 188, 187, True),
        ("htdz", 147, 148, True),
        ("local", 24, 25, True),
    ]


def test_an_export_comes_back_by_import(tmp_path: Path) -> None:
    assert run("export", "2025", "--out", tmp_path / "a.xlsx").exit_code == 0
    told = run("import", tmp_path / "a.xlsx", "--out", tmp_path / "b.csv", "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (
        0,
        {"rows": 1249, "subjects": 1249, "outlets": 0, "left_out": [], "out": str(tmp_path / "b.csv")},
    )
    assert run("verify", tmp_path / "b.csv").exit_code == 0


def test_rows_left_out_are_told_and_strict_writes_nothing(tmp_path: Path) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "out.csv"
    table.write_text("名称,区划代码\n江西省,360000\n安徽省,34\n", encoding="utf-8")
    refused = run("import", table, "--out", out, "--strict")
    assert isinstance(refused.exception, Unusable)
    assert not out.exists()
    told = run("import", table, "--out", out)
    assert told.exit_code == 1
    assert "第 3 行“区划代码”列（B3）：“安徽省”的区划代码“34”不是六位数字" in told.stderr
    assert told.stdout == f"共 2 行，导入 1 个对象、0 个渠道，未导入 1 行。已写入 {out}\n"
    assert out.read_text(encoding="utf-8-sig").splitlines()[1].startswith("江西省,,,,省级,省,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "2026"], "没有名为“2026”的对象名单。是否指 2025？"),
        (["list", "2025", "--group", "town"], "没有组“town”"),
        (["export", "2025", "--out", "a.pdf"], "不能写成 a.pdf"),
        (["verify", "none.csv"], "没有这个文件"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(arguments: list[str], said: str) -> None:
    assert said in str(run(*arguments).exception)
