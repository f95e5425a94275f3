"""`govgauge cases` lists, shows and searches, as text, JSON, CSV and XLSX."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from govgauge.case_library import library
from govgauge.case_library.case_json import HEADINGS
from govgauge.cli.cases import app
from govgauge.errors import Unusable


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_cases_are_listed_and_chosen() -> None:
    assert len(json.loads(run("list", "--json").stdout)) == 203
    assert run("list", "--kind", "site", "--group", "zone").stdout == (
        "2025-site-55       东侨经济技术开发区  AI 赋能减污降碳创新服务专区\n"
        "2025-site-56       武汉东湖新技术开发区  “光谷 i 企”平台\n"
    )
    assert len(json.loads(run("list", "--described", "--year", "2021", "--json").stdout)) == 10


def test_a_case_is_shown_with_what_measures_it() -> None:
    shown = json.loads(run("show", "2025-digital-22", "--json").stdout)
    assert {name: shown[name] for name in ("owner", "subject", "categories", "described_at")} == {
        "owner": "温州市",
        "subject": "浙江省/温州市",
        "categories": ["数据要素市场培育"],
        "described_at": "第八章之八，第 1645—1708 行",
    }
    assert shown["capabilities"][0]["checks"] == [
        {
            "system": "2025-digital-government",
            "check": "3.4.2-2",
            "text": "应用在收集信息前给出协议和隐私说明",
        }
    ]
    text = run("show", "2025-site-46").stdout
    assert "矛盾 第 2120、2128 行" in text
    assert "自动检查：channel-fusion" in text


def test_a_search_tells_when_only_something_near_was_found() -> None:
    found = run("search", "闵政通", "--json")
    assert [one["id"] for one in json.loads(found.stdout)] == ["2025-digital-06", "2017-province-04"]
    assert "读音相同" in found.stderr
    none = run("search", "火星基地", "--json")
    assert (none.exit_code, json.loads(none.stdout)) == (1, [])


def test_lists_are_written_as_csv_and_as_a_workbook(tmp_path: Path) -> None:
    assert run("list", "--year", "2025", "--out", tmp_path / "c.csv").exit_code == 0
    read = list(csv.reader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8-sig"))))
    assert (tuple(read[0]), len(read)) == (HEADINGS, 107)
    assert read[45][5] == library.case("2025-digital-45").name
    assert run("search", "福州", "--out", tmp_path / "c.xlsx").exit_code == 0
    sheet = load_workbook(tmp_path / "c.xlsx").active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        "2018-city-03",
        "2017-city-03",
        "2025-site-20",
        "2025-site-21",
    ]
    refused = run("list", "--out", tmp_path / "c.pdf")
    assert isinstance(refused.exception, Unusable)
    assert not (tmp_path / "c.pdf").exists()


@pytest.mark.parametrize("option", [("--year", "1999"), ("--category", "没有"), ("--region", "火星")])
def test_a_filter_without_cases_is_refused_with_what_there_is(option: tuple[str, str]) -> None:
    refused = run("list", *option)
    assert isinstance(refused.exception, Unusable)
    assert "可选：" in str(refused.exception)
