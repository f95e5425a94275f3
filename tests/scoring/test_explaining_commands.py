"""`govgauge explain`: line by line, from a written assessment and from a row of a table."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from trees import NOT_APPLICABLE, given_value

from govgauge.scoring.explain import explain
from govgauge.scoring.score import score
from govgauge.scoring.scored_json import scored_json
from govgauge.scoring.written import read_scored
from govgauge.systems import library

CITY = library.system("2025-city")
TABLE = """name,group,信息发布,解读回应,办事服务,互动交流,管理保障,应用推广,优秀创新案例,total
甲,东,0.5,0.5,0.5,0.5,0.5,0.5,0,50.0
乙,东,1,1,1,1,1,1,1,109
甲,西,0.1,0.1,0.1,0.1,0.1,0.1,0,10.0
"""


def govgauge(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "govgauge", *map(str, words)], capture_output=True, text=True, check=False
    )


def written(folder: Path, codes: Sequence[str] = ("1.1.1-1", "1.2.1-1", "6.1-1")) -> Path:
    answers = {code: given_value("0.3333") for code in codes} | {"5.1-2": NOT_APPLICABLE, "1.5-1": NOT_APPLICABLE}
    facts = {"system": CITY.id, "profile": "city", **scored_json(score(CITY, "city", answers))}
    (folder / "assessment.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return folder


def test_a_written_assessment_is_explained_as_it_was_judged(tmp_path: Path) -> None:
    back = read_scored(written(tmp_path) / "assessment.json")
    answers = {code: given_value("0.3333") for code in ("1.1.1-1", "1.2.1-1", "6.1-1")}
    ours = score(CITY, "city", answers | {"5.1-2": NOT_APPLICABLE, "1.5-1": NOT_APPLICABLE})
    for code in ("", "1", "1.5", "5.1", "1.1.1", "7"):
        assert explain(back, code) == explain(ours, code)
    said = govgauge("explain", tmp_path, "5.1")
    assert (said.returncode, said.stdout.splitlines()) == (0, explain(ours, "5.1"))
    assert json.loads(govgauge("explain", tmp_path, "--json").stdout) == {"lines": explain(ours)}


def test_an_assessment_whose_total_was_changed_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path) / "assessment.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["total"]["low"] += 1
    path.write_text(json.dumps(facts), encoding="utf-8")
    said = govgauge("explain", tmp_path)
    assert said.returncode == 2
    assert "不能由其中的采集值和权重得出" in said.stderr


def test_a_row_of_a_table_is_explained(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    said = govgauge("explain", "--input", table, "--system", "2017-ministry", "--name", "乙")
    assert said.returncode == 0
    assert said.stdout.splitlines() == [
        "1 信息发布：指数 1 × 24 分 = 24 分。",
        "2 解读回应：指数 1 × 10 分 = 10 分。",
        "3 办事服务：指数 1 × 24 分 = 24 分。",
        "4 互动交流：指数 1 × 12 分 = 12 分。",
        "5 管理保障：指数 1 × 22 分 = 22 分。",
        "6 应用推广：指数 1 × 8 分 = 8 分。",
        "7 优秀创新案例（加分）：指数 1 × 10 分 = 10 分。",
        "合计 110 分，保留 1 位小数为 110.0。",
        "第 1 名。",
        "表中公布的总分是 109，与此不同。",
    ]


def test_what_cannot_be_explained_is_said(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(TABLE, encoding="utf-8")
    row = ("explain", "--input", table, "--system", "2017-ministry", "--name")
    for words, sentence in [
        (("explain",), "两者取一"),
        (("explain", tmp_path / "none"), "无法读取"),
        (("explain", written(tmp_path), "99"), "没有代码为“99”的指标"),
        ((*row, "丁"), "没有“丁”"),
        ((*row, "甲"), "--group"),
        (("explain", "--input", table, "--name", "甲"), "--system"),
    ]:
        said = govgauge(*words)
        assert (said.returncode, said.stdout) == (2, "")
        assert sentence in said.stderr
    assert govgauge(*row, "甲", "--group", "西").stdout.splitlines()[-1] == "第 1 名。"
