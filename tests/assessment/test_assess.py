"""One site assessed from its address to its files, as its user does it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from govgauge.assessment.assess import Request, run

HOST = "www.qinghe.gov.cn"
FILES = {
    "archive.warc.gz",
    "articles.parquet",
    "assessment.json",
    "columns.parquet",
    "findings.jsonl",
    "frame.json",
    "links.parquet",
    "pages.parquet",
    "report.html",
    "report.pdf",
    "results.jsonl",
    "visit.jsonl",
}


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture(scope="module")
def assessed(small_site, tmp_path_factory):
    """The folder of one assessment of the small site, and the finished process."""
    folder = tmp_path_factory.mktemp("assessed") / "out"
    command = [sys.executable, "-m", "govgauge", "assess", f"http://{HOST}/", "--system", "2025-city", "--out", folder]
    options = ["--as-of", "2025-11-20", "--rate", "0", "--connect-to", f"{HOST}:80:127.0.0.1:{small_site}"]
    done = subprocess.run([*map(str, command), *options], capture_output=True, text=True, check=False, timeout=300)
    return folder, done


def test_every_file_of_the_contract_is_written(assessed):
    folder, done = assessed
    assert done.returncode in {0, 1}, done.stderr
    assert {path.name for path in folder.iterdir()} == FILES


def test_the_planted_faults_are_found_with_their_evidence(assessed):
    folder, _ = assessed
    found = {(line["audit"], line["page"], line["target"]) for line in lines(folder / "findings.jsonl")}
    home = f"http://{HOST}/"
    assert ("broken-link", home, f"http://{HOST}/gone.html") in found
    notice = f"http://{HOST}/tzgg/202511/t20251111_1.html"
    assert ("broken-download", notice, f"http://{HOST}/files/lost.pdf") in found
    broken = [line for line in lines(folder / "findings.jsonl") if line["audit"] == "broken-link"]
    assert all(len(line["seen_at"]) >= 2 for line in broken)
    assert all(line["warc"]["file"] == "archive.warc.gz" for line in broken)


def test_columns_and_articles_are_read_in_either_charset(assessed):
    folder, _ = assessed
    columns = pl.read_parquet(folder / "columns.parquet")
    notices = columns.filter(pl.col("name") == "通知公告").row(0, named=True)
    assert (notices["items"], notices["newest"].isoformat(), notices["kind"]) == (5, "2025-11-15", "notice")
    articles = pl.read_parquet(folder / "articles.parquet")
    assert articles.height == 15
    assert articles.filter(pl.col("published").is_null()).height == 0


def test_the_total_is_a_range_with_its_coverage(assessed):
    folder, _ = assessed
    assessment = json.loads((folder / "assessment.json").read_text())
    total, coverage = assessment["total"], assessment["coverage"]
    assert 0 <= total["low"] == total["points"] < total["high"] <= 110
    assert coverage["weight_answered"] + coverage["weight_open"] == pytest.approx(coverage["weight_total"])
    assert [entry["id"] for entry in assessment["vetoes"]] == ["V1", "V2", "V3", "V4", "V5", "V6"]


def test_judging_again_without_network_gives_the_same_findings(assessed, govgauge, tmp_path):
    folder, _ = assessed
    done = govgauge("judge", folder, "--out", tmp_path / "again", "--json")
    assert done.returncode in {0, 1}, done.stderr
    for name in ("findings.jsonl", "results.jsonl"):
        assert (tmp_path / "again" / name).read_text() == (folder / name).read_text()
    first, again = (json.loads((place / "assessment.json").read_text()) for place in (folder, tmp_path / "again"))
    assert first == again


def test_the_original_behind_a_finding_can_be_taken_out(assessed, govgauge, tmp_path):
    folder, _ = assessed
    line = next(line for line in lines(folder / "findings.jsonl") if line["audit"] == "broken-link")
    done = govgauge("evidence", folder, line["id"], "--out", tmp_path / "original.html")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "original.html").stat().st_size > 0


def test_the_report_names_every_kind_of_fault_and_loads_nothing(assessed):
    folder, _ = assessed
    html = (folder / "report.html").read_text()
    assert "链接" in html
    for reference in ("<link", "<script src", "@import", "<img"):
        assert reference not in html
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_a_folder_that_holds_an_assessment_is_not_overwritten(assessed, govgauge):
    folder, _ = assessed
    done = govgauge("assess", f"http://{HOST}/", "--out", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--resume" in done.stderr


def test_two_sites_are_assessed_one_after_the_other_in_one_process(small_site, tmp_path):
    for name in ("first", "second"):
        request = Request(
            url=f"http://{HOST}/",
            folder=tmp_path / name,
            system="2025-city",
            rules="inspection-2019",
            as_of=date(2025, 11, 20),
            rate=0,
            connect_to=(f"{HOST}:80:127.0.0.1:{small_site}",),
        )
        assert run(request, lambda _progress: None).site.facts.home_ok
    first, second = (lines(tmp_path / name / "results.jsonl") for name in ("first", "second"))
    assert first == second
