"""`govgauge score` and `results verify` as commands: what goes in, what comes out, with which status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PUBLISHED = Path(__file__).parent / "published" / "2017-ministries.csv"


def govgauge(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "govgauge", *map(str, words)], capture_output=True, text=True, check=False
    )


def scored(table: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return govgauge("score", "--system", "2017-ministry", "--input", table, *words)


def verified(table: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return govgauge("results", "verify", "--system", "2017-ministry", "--input", table, *words)


def test_a_refused_table_leaves_the_output_of_before_alone(tmp_path: Path) -> None:
    table, output = tmp_path / "t.csv", tmp_path / "o.csv"
    table.write_text(PUBLISHED.read_text(encoding="utf-8").replace("0.93", "1.2", 1), encoding="utf-8")
    output.write_text("kept", encoding="utf-8")
    said = scored(table, "--output", output)
    assert (said.returncode, said.stdout, output.read_text(encoding="utf-8")) == (2, "", "kept")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.csv", "t.csv"]


def test_an_output_is_put_in_place_whole_and_may_be_the_input(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes(PUBLISHED.read_bytes())
    table.chmod(0o640)
    assert scored(table, "--output", table).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert table.stat().st_mode & 0o777 == 0o640
    assert verified(table).returncode == 0
    assert scored(table, "--output", os.devnull).returncode == 0
    missing = scored(table, "--output", tmp_path / "none" / "o.csv")
    assert missing.returncode == 2
    assert "换一个目录" in missing.stderr


def test_json_of_a_verification_has_the_agreed_form(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    text = PUBLISHED.read_text(encoding="utf-8")
    table.write_text(text.replace("0.27,84.1", "0.27,84.4").replace("\n6,国土", "\n9,国土"), encoding="utf-8")
    said = verified(table, "--json")
    found = json.loads(said.stdout)
    assert said.returncode == 1
    assert {name: found[name] for name in ("rows", "ranks", "weights")} == {
        "rows": [{"name": "农业部", "published": 84.4, "computed": 84.1}],
        "ranks": [{"name": "国土资源部", "published": 9, "expected": 6}],
        "weights": [],
    }
    assert len(found["sentences"]) == 2


@pytest.mark.parametrize("ties", ["dense", "competition", "shared"])
def test_what_is_scored_is_verified_again(tmp_path: Path, ties: str) -> None:
    output = tmp_path / "o.csv"
    assert scored(PUBLISHED, "--ties", ties, "--decimals", "0", "--output", output).returncode == 0
    assert verified(output, "--ties", ties).returncode == 0


def test_a_table_without_totals_and_ranks_cannot_be_verified(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    lines = [line.rpartition(",")[0].partition(",")[2] for line in PUBLISHED.read_text(encoding="utf-8").splitlines()]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = verified(table)
    assert (said.returncode, said.stdout, "无可核对" in said.stderr) == (2, "", True)
    assert verified(PUBLISHED).stdout == "17 行的总分、17 行的名次都与指数和权重相符。\n"
