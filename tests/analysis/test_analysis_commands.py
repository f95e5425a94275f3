"""`govgauge analysis` as a user meets it: files written, JSON, exit status, sentences for bad input."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from govgauge.analysis.vocabulary import leaf_words
from govgauge.systems import library

SYSTEM = "2025-digital-government"
PUBLISHED = Path(__file__).parent / "published" / "2025-averages.csv"
GROUPS = (
    *("--group", "部委=2025-ministry", "--group", "省和自治区=2025-province"),
    *("--group", "城市=2025-city+2025-municipality", "--group", "区县=2025-county"),
    *("--group", "地方=省和自治区+城市+区县"),
)


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govgauge", "analysis", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rounds of 24 subjects, the second with a name that a spreadsheet might take for a formula."""
    folder = tmp_path_factory.mktemp("tables")
    codes = leaf_words(library.system(SYSTEM), "digital-government").codes
    for seed, name in enumerate(("then", "now")):
        values = np.random.default_rng(seed).random((24, len(codes))).round(2)
        names = [f"市{place}" for place in range(23)] + (["=1+1"] if name == "now" else ["市23"])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["subject", "level", *codes])
            writer.writerows([each, "省市"[place % 2], *values[place]] for place, each in enumerate(names))
    return folder


def test_groups_write_tables_and_figures(tables: Path, tmp_path: Path) -> None:
    told = run(
        *("groups", "--system", SYSTEM, "--input", tables / "now.csv", "--by", "level"),
        *("--out", tmp_path, "--figures", tmp_path / "figures", "--json"),
    )
    assert (told.returncode, told.stderr) == (0, "")
    whole, by_level = json.loads(told.stdout)["results"]
    assert [group["name"] for group in by_level["groups"]] == ["省", "市"]
    total = whole["groups"][0]["spreads"][0]
    assert total["above_mean"]["denominator"] == 24
    assert total["above_mean"]["share"] == total["above_mean"]["numerator"] / 24
    with (tmp_path / "指数-level.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {row["高于平均分母"] for row in rows if row["编号"] == ""} == {"12"}
    assert set(load_workbook(tmp_path / "分组统计.xlsx").sheetnames) >= {"指数", "分布", "档级", "结论", "指数-level"}
    assert {each.name for each in (tmp_path / "figures").iterdir()} >= {
        "一级指标-level.svg",
        "分布-level-省.svg",
        "分布-全部.svg",
    }


def test_answers_of_checks_are_told_with_their_denominator(tables: Path, tmp_path: Path) -> None:
    check = next(library.system(SYSTEM).checks())
    answers = tmp_path / "answers.csv"
    answers.write_text(f"subject,{check.id}\n甲,1\n乙,0.5\n丙,\n", encoding="utf-8")
    told = run("groups", "--system", SYSTEM, "--input", tables / "now.csv", "--answers", answers)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"2 个评估对象中有 1 个做到“{check.text}”，占 50.0%（五成）；另有 1 个未采集。" in told.stdout


def test_compare_writes_who_moved(tables: Path, tmp_path: Path) -> None:
    told = run(
        *("compare", "--system", SYSTEM, "--input", tables / "now.csv", "--earlier", tables / "then.csv"),
        *("--by", "level", "--out", tmp_path, "--figures", tmp_path),
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "两轮共有 56 个末级指标" in told.stdout
    assert "新进入 1 个，退出 1 个" in told.stdout
    book = load_workbook(tmp_path / "两轮比较.xlsx")
    cell = book["进出"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert (tmp_path / "档级变动.svg").exists()


def test_averages_of_2025_do_not_follow(tmp_path: Path) -> None:
    told = run("averages", "--input", PUBLISHED, *GROUPS, "--out", tmp_path)
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout.endswith("核对 14 个，不相符 9 个。\n")
    facts = json.loads(run("averages", "--input", PUBLISHED, *GROUPS, "--json").stdout)
    assert (facts["checked"], facts["misfits"]) == (14, 9)
    assert facts["averages"][1]["fits"] is False


def test_robustness_is_reproducible(tables: Path, tmp_path: Path) -> None:
    words = (
        "robustness",
        "--system",
        SYSTEM,
        "--input",
        tables / "now.csv",
        "--by",
        "level",
        "--runs",
        "200",
        "--json",
    )
    one, again = run(*words, "--figures", tmp_path), run(*words)
    assert (one.returncode, one.stderr) == (0, "")
    assert one.stdout == again.stdout
    groups = json.loads(one.stdout)["groups"]
    assert [(group["name"], len(group["subjects"])) for group in groups] == [("省", 12), ("市", 12)]
    assert {each.name for each in tmp_path.iterdir()} == {"名次区间-省.svg", "名次区间-市.svg"}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("groups", "--by", "region"), "没有可用来分组的列“region”；现有：level"),
        (("robustness", "--runs", "5"), "至少取 100 次"),
        (("robustness", "--weights", "2"), "权重的变动幅度"),
        (("compare", "--earlier", "none.csv"), "none.csv"),
        (("compare", "--earlier", PUBLISHED), "缺少列“subject”"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(tables: Path, words: tuple[object, ...], part: str) -> None:
    told = run(words[0], "--system", SYSTEM, "--input", tables / "now.csv", *words[1:])
    assert (told.returncode, told.stdout) == (2, "")
    assert part in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("group", "part"),
    [("部委", "应写成"), ("部委=无此体系", "没有名为“无此体系”的指标体系"), ("部委=2017-local", "请用 --profile")],
)
def test_a_group_that_says_nothing_is_refused(group: str, part: str) -> None:
    told = run("averages", "--input", PUBLISHED, "--group", group)
    assert told.returncode == 2
    assert part in told.stderr
