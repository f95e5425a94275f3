"""`govgauge inspect`: from a judged folder to a verdict."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HOME = "http://www.a.test/"
CLEAR = [word for number in range(1, 7) for word in ("--veto", f"V{number}=no")]
NOTHING_OFF = [word for name in ("publishing", "services", "dialogue") for word in ("--taken", f"D-{name}=0")]


def judged(folder: Path, rules: str = "inspection-2019", broken: int = 0) -> Path:
    """A folder as `assess` leaves it, with so many broken links on the home page."""
    subject = {"url": HOME, "name": "甲", "host": "www.a.test"}
    (folder / "assessment.json").write_text(json.dumps({"subject": subject, "rules": rules}), encoding="utf-8")
    outcome = "partial" if broken else "pass"
    result = {"audit": "broken-link", "version": 1, "outcome": outcome, "value": 1.0, "slug": "status"}
    (folder / "results.jsonl").write_text(json.dumps({**result, "data": {}, "reason": ""}) + "\n", encoding="utf-8")
    finding = {"audit": "broken-link", "page": HOME, "slug": "status", "data": {}, "excerpt": "", "seen_at": []}
    lines = [
        json.dumps({**finding, "id": str(number), "target": f"{HOME}{number}", "warc": None, "sha256": ""}) + "\n"
        for number in range(broken)
    ]
    (folder / "findings.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def inspect(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "govgauge", "inspect", *map(str, words)], capture_output=True, text=True, check=False
    )


def test_a_portal_is_scored_by_what_persons_decided(tmp_path: Path) -> None:
    said = inspect(judged(tmp_path), *CLEAR, *NOTHING_OFF, "--taken", "D-design=15", "--bonus", "12", "--json")
    found = json.loads(said.stdout)
    assert said.returncode == 0
    assert (found["verdict"], found["score"], found["final"]) == (
        "passed",
        {"low": 85.0, "high": 85.0},
        {"low": 97.0, "high": 97.0},
    )
    without = inspect(tmp_path, *CLEAR, *NOTHING_OFF, "--taken", "D-design=15", "--no-services", "--json")
    assert json.loads(without.stdout)["score"] == {"low": 80.0, "high": 80.0}


def test_a_veto_fails_the_site_with_status_1(tmp_path: Path) -> None:
    said = inspect(judged(tmp_path), "--veto", "V1=yes")
    assert (said.returncode, said.stdout.splitlines()[-1]) == (1, "结论：不合格。")
    assert "D-design" not in said.stdout


def test_a_website_that_is_no_portal_is_judged_by_vetoes_alone(tmp_path: Path) -> None:
    said = inspect(judged(tmp_path), "--site", *CLEAR)
    assert (said.returncode, said.stdout.splitlines()[-1]) == (0, "结论：合格。")
    assert inspect(tmp_path, "--site").stdout.splitlines()[-1] == "结论：尚不能得出结论。"


def test_a_rule_set_without_a_flow_gives_its_deductions(tmp_path: Path) -> None:
    said = inspect(judged(tmp_path, "census-2015", broken=3))
    assert "C2-home 首页上打不开的链接：扣 3 分。" in said.stdout
    assert "C5-year 一年内没有有效留言：扣 0 至 5 分。" in said.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--taken", "D-design"], "应写成 编号=值"),
        (["--taken", "D-design=x"], "“x”不是数"),
        (["--taken", "D-nothing=1"], "没有扣分规则“D-nothing”"),
        (["--veto", "V9=yes"], "没有单项否决“V9”"),
        (["--veto", "V1=maybe"], "应为 yes 或 no"),
        (["--bonus", "-1"], "加分"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, words: list[str], sentence: str) -> None:
    said = inspect(judged(tmp_path), *CLEAR, *words)
    assert (said.returncode, said.stdout) == (2, "")
    assert sentence in said.stderr


def test_a_folder_that_holds_no_assessment_or_half_of_one_is_refused(tmp_path: Path) -> None:
    assert "无法读取" in inspect(tmp_path).stderr
    (judged(tmp_path, broken=2) / "findings.jsonl").write_text('{"id": "1", "aud', encoding="utf-8")
    said = inspect(tmp_path)
    assert said.returncode == 2
    assert "findings.jsonl 第 1 行：已损坏" in said.stderr
