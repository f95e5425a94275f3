"""A finished round judged again from its evidence: the same bytes, who moves and why, what can be judged no more."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from django.db import connections
from offices import empty

from govgauge.errors import Unusable
from govgauge.office import evidence_check, sheets
from govgauge.office.domain import freezing, rounds
from govgauge.office.instead import instead_of
from govgauge.office.models import Entry, FrozenInput, InputKind, Judgement, Result, Visit
from govgauge.office.queries.judged import sheet_of
from govgauge.office.recomputing import Recomputed, recompute
from govgauge.systems import library
from govgauge.systems.model import System

SETTINGS = '{"rate": 0, "concurrency": 4, "max_pages": 40}'


def govgauge(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govgauge", "round", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def finished(small_site: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a finished round: two sites of a group, one of another, and a subject without a site."""
    home = empty(tmp_path_factory.mktemp("finished"))
    path = home / "list.csv"
    site = f"http://localhost:{small_site}"
    path.write_text(
        "name,parent,group,url,system,profile\n"
        f"甲县,某省,县,{site}/?a,2025-county,\n"
        f"乙县,某省,县,{site}/?b,2025-county,\n"
        f"丙市,某省,市,{site}/?c,2025-city,\n"
        "丁县,某省,县,,2025-county,\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "GOVGAUGE_HOME": str(home)}
    steps = (
        ["new", "r", "--as-of", "2025-11-30", "--settings", SETTINGS],
        ["add", "r", str(path)],
        ["freeze", "r", "--inputs"],
        ["run", "r"],
    )
    for step in steps:
        command = [sys.executable, "-m", "govgauge", "round", *step]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    return home


@pytest.fixture(autouse=True)
def copied(office: Path, finished: Path) -> Path:
    """The finished round in the office of the test."""
    connections.close_all()
    shutil.copytree(finished, office, dirs_exist_ok=True)
    return office


def again(**options: object) -> Recomputed:
    return recompute(rounds.find("r"), lambda _count, _total: None, **options)


def an_entry(name: str) -> Entry:
    return Entry.objects.get(name=name)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_frozen_round_gives_the_same_bytes_again_with_one_worker_or_two(tmp_path: Path) -> None:
    frozen = govgauge("freeze", "r").stdout.split()
    assert govgauge("export", "r", "--out", tmp_path / "t").returncode == 0
    hands = [govgauge("recompute", "r", "--out", tmp_path / count, "--workers", count) for count in ("1", "2")]
    assert [done.returncode for done in hands] == [0, 0]
    assert files(tmp_path / "1") == files(tmp_path / "2") == files(tmp_path / "t")
    assert all(f"{frozen[-1]}，与冻结时相同" in done.stdout for done in hands)
    assert "0 处不符" in govgauge("verify", "r").stdout


def test_a_frozen_round_is_judged_by_its_frozen_system_and_not_by_the_library(tmp_path: Path) -> None:
    before = again(out=tmp_path / "before")
    row = FrozenInput.objects.get(kind=InputKind.SYSTEM, name="2025-county")
    told = json.loads(row.body)
    leaf = told["indicators"][0]["children"][0]["children"][0]
    leaf["checks"][0]["text"] = "同一要点，换了说法"
    FrozenInput.objects.filter(id=row.id).update(body=freezing._encoded(msgspec.convert(told, System)))
    assert again().moved == ()
    leaf["weights"]["county"] = 40
    body = freezing._encoded(msgspec.convert(told, System))
    FrozenInput.objects.filter(id=row.id).update(body=body)
    after = again(out=tmp_path / "after")
    assert [one.key for one in after.moved] == ["某省/乙县", "某省/甲县"]
    assert [one.audits for one in after.moved] == [(), ()]
    assert all(one.why[0].startswith("要点 ") and "权重 " in one.why[0] for one in after.moved)
    assert before.moved == ()
    assert before.written.sha256 != after.written.sha256


def test_a_system_on_trial_says_who_would_move_and_changes_nothing(tmp_path: Path) -> None:
    text = (library.SHELF / "2025-county.yaml").read_text(encoding="utf-8")
    same = tmp_path / "same.yaml"
    same.write_text(text, encoding="utf-8")
    used = ["2025-city", "2025-county"]
    kept = list(Judgement.objects.order_by("id").values_list("entry_id", "digest"))
    assert again(instead=instead_of([f"system={same}"], used)).moved == ()
    with pytest.raises(Unusable, match="不能与 --accept 同用"):
        again(instead=instead_of([f"system={same}"], used), accept=True)
    with pytest.raises(Unusable, match="没有权重档“city”"):
        again(instead=instead_of(["system:2025-city=2025-county"], used))
    census = again(instead=instead_of(["rules=census-2015"], used))
    assert [one.key for one in census.moved] == ["某省/乙县", "某省/甲县", "某省/丙市"]
    assert list(Judgement.objects.order_by("id").values_list("entry_id", "digest")) == kept


def test_accepting_replaces_what_is_recorded_and_keeps_its_history() -> None:
    entry = an_entry("甲县")
    Judgement.objects.filter(entry=entry).update(digest="old", body=_other_body(entry))
    Result.objects.filter(entry=entry).update(low=1)
    found = again(accept=True)
    assert ([one.key for one in found.moved], found.accepted) == (["某省/甲县"], 1)
    assert found.moved[0].audits == ("broken-link",)
    assert list(entry.judgements.order_by("number").values_list("number", "current")) == [(1, False), (2, True)]
    assert Result.objects.get(entry=entry).low != 1
    assert again().moved == ()


def test_a_frozen_round_accepts_nothing() -> None:
    rounds.freeze(rounds.find("r"))
    with pytest.raises(Unusable, match="已冻结，其结果不能更改"):
        again(accept=True)


def test_missing_and_altered_evidence_is_told_and_nothing_else_is_lost(copied: Path, tmp_path: Path) -> None:
    whole = again(out=tmp_path / "whole")
    missing, altered = (copied / Visit.objects.get(entry__name=name).evidence for name in ("甲县", "丙市"))
    shutil.rmtree(missing)
    with (altered / "archive.warc.gz").open("r+b") as file:
        file.seek(100)
        file.write(b"?")
    done = govgauge("recompute", "r", "--out", tmp_path / "rest")
    assert done.returncode == 1
    assert "材料不在这里" in next(line for line in done.stderr.splitlines() if line.startswith("“某省/甲县”："))
    assert "“某省/丙市”：采集材料与接收时不同" in done.stderr
    assert "Traceback" not in done.stderr
    assert "判定 1 个，0 个有变化，2 个不能重算" in done.stdout
    assert files(tmp_path / "rest") == files(tmp_path / "whole")
    assert whole.lost == ()


@pytest.mark.parametrize("name", ["visit.jsonl", "frame.json", "confirm.json"])
def test_evidence_other_than_the_archive_is_guarded_too(copied: Path, tmp_path: Path, name: str) -> None:
    rounds.freeze(rounds.find("r"))
    folder = copied / Visit.objects.get(entry__name="甲县").evidence
    if name == "confirm.json":
        (folder / name).write_text('{"audits":[],"addresses":0}', encoding="utf-8")
    else:
        text = (folder / name).read_text(encoding="utf-8")
        changed = text.replace('"status":404', '"status":200').replace("2025-11-30", "2021-11-30")
        assert changed != text
        (folder / name).write_text(changed, encoding="utf-8")
    found = again(out=tmp_path / "again")
    assert (found.moved, found.judged, len(found.lost)) == ((), 2, 1)
    assert found.lost[0].startswith("“某省/甲县”：采集材料")
    assert f"{name}。请从备份恢复其材料目录；结果表沿用已记录的判定。" in found.lost[0]
    told = evidence_check.check(rounds.find("r"), lambda _count, _total: None)
    assert (told.visits, len(told.faults)) == (3, 1)
    assert told.faults[0].startswith("“某省/甲县”第 1 次访问：采集材料")


def test_a_round_is_verified_with_its_evidence(copied: Path) -> None:
    assert "3 次访问的材料，0 处不符" in govgauge("verify", "r").stdout
    shutil.rmtree(copied / Visit.objects.get(entry__name="乙县").evidence)
    done = govgauge("verify", "r")
    assert done.returncode == 1
    assert "“某省/乙县”第 1 次访问" in done.stdout
    assert "或用 round visit --again 重新采集" in done.stdout


def test_a_site_that_moved_is_judged_by_its_new_address_alone(small_site: int, tmp_path: Path) -> None:
    path = tmp_path / "moved.csv"
    site = f"http://127.0.0.1:{small_site}/?moved"
    path.write_text(f"name,parent,group,url,system,profile\n甲县,某省,县,{site},2025-county,\n", encoding="utf-8")
    assert govgauge("update", "r", path, "--apply", "--anyway").returncode == 0
    assert govgauge("run", "r").returncode == 0
    visits = Visit.objects.filter(entry__name="甲县").order_by("number")
    assert list(visits.values_list("number", "superseded", "accepted")) == [(1, True, False), (2, False, True)]
    assert Result.objects.get(entry__name="甲县").confirmed is False
    assert again().moved == ()


def test_freezing_waits_for_open_jobs_and_for_inputs_that_changed() -> None:
    round_ = rounds.find("r")
    Entry.objects.filter(name="丁县").update(group="区")
    with pytest.raises(Unusable, match="评估对象 已与冻结时不同：某省/丁县：组 县 → 区。"):
        rounds.freeze(round_)
    before = round_.inputs_hash
    assert rounds.freeze(round_, anyway=True) != before
    assert freezing.differences(round_) == []


def _other_body(entry: Entry) -> bytes:
    """The recorded sheet of an entry as if one audit had said something else, with fewer points."""
    sheet = sheet_of(entry.id)
    assert sheet is not None
    results = tuple(
        msgspec.structs.replace(line, value=0.123) if line.audit == "broken-link" else line for line in sheet.results
    )
    return sheets.packed(msgspec.structs.replace(sheet, results=results)).body
