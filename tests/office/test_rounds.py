"""A whole round on this machine, as its user starts it."""

import csv
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from offices import govgauge_fails

from govgauge.office.models import Round, RoundState

SETTINGS = '{"rate": 0, "concurrency": 4, "max_pages": 40}'


def govgauge(*arguments: str | Path, status: int = 0) -> str:
    """Run the command; what it printed. Its exit status must be the one given."""
    command = [sys.executable, "-m", "govgauge", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def a_list(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(["name,parent,group,url,system,profile", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def two_sites(small_site: int, tmp_path: Path) -> Path:
    """A list with the small site under two names of its host, a subject without a site, and three bad lines."""
    return a_list(
        tmp_path,
        f"甲市,某省,市,http://127.0.0.1:{small_site}/,2025-city,",
        f"乙县,某省,县,http://localhost:{small_site}/,2025-county,",
        "丙县,某省,县,,2025-county,",
        "丁县,某省,县,ftp://a/,2025-county,",
        f"戊市,某省,市,http://127.0.0.1:{small_site}/,2025-city,",
        "己县,某省,县,http://b.test/,2025-nowhere,",
    )


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_round_from_its_list_to_its_tables_and_again(two_sites: Path, tmp_path: Path) -> None:
    govgauge("round", "new", "r", "--as-of", "2025-11-30", "--settings", SETTINGS)
    added = json.loads(govgauge("round", "add", "r", two_sites, "--json", status=1))
    assert added["added"] == 3
    assert [sentence[: sentence.index("行") + 1] for sentence in added["refused"]] == ["第 5 行", "第 6 行", "第 7 行"]
    told = json.loads(govgauge("round", "run", "r", "--json"))
    assert (told["done"], told["failed"], told["without_site"]) == (2, 0, 1)
    govgauge("round", "export", "r", "--out", tmp_path / "t.csv")
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["name"], row["home_ok"]) for row in rows] == [("丙县", ""), ("乙县", "true"), ("甲市", "true")]
    assert float(rows[2]["low"]) <= float(rows[2]["high"])
    first = govgauge("round", "freeze", "r")
    again = govgauge("round", "recompute", "r")
    assert "0 个有变化" in again
    assert first.split()[-1] in again
    assert (
        "已冻结"
        in subprocess.run(
            [sys.executable, "-m", "govgauge", "round", "add", "r", two_sites],
            capture_output=True,
            text=True,
            check=False,
        ).stderr
    )


def test_a_worker_killed_in_the_middle_loses_nothing(small_site: int, tmp_path: Path) -> None:
    lines = [
        f"市,某省,市,http://127.0.0.1:{small_site}/,2025-city,",
        *(f"县{number},某省,县,http://localhost:{small_site}/?{number},2025-county," for number in range(4)),
    ]
    path = a_list(tmp_path, *lines)
    govgauge("round", "new", "r", "--as-of", "2025-11-30", "--settings", SETTINGS)
    govgauge("round", "add", "r", path)
    command = [sys.executable, "-m", "govgauge", "round", "run", "r", "--workers", "2", "--json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    victim = _first_worker(run.pid)
    os.kill(victim, signal.SIGKILL)
    out, _ = run.communicate(timeout=280)
    assert run.returncode == 0
    told = json.loads(out)
    assert (told["done"], told["failed"], told["running"]) == (5, 0, 0)
    assert "0 个有变化" in govgauge("round", "recompute", "r")


def test_a_pool_killed_in_the_middle_is_taken_up_by_the_next_one(small_site: int, tmp_path: Path) -> None:
    lines = [f"县{number},某省,县,http://localhost:{small_site}/?{number},2025-county," for number in range(3)]
    govgauge("round", "new", "r", "--as-of", "2025-11-30", "--settings", SETTINGS)
    govgauge("round", "add", "r", a_list(tmp_path, *lines))
    command = [sys.executable, "-m", "govgauge", "round", "run", "r", "--workers", "1"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    worker = _first_worker(run.pid)
    run.kill()
    run.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()
    assert json.loads(govgauge("round", "status", "r", "--json"))["running"] == 1
    told = json.loads(govgauge("round", "run", "r", "--json"))
    assert (told["done"], told["failed"], told["running"]) == (3, 0, 0)


def _first_worker(parent: int) -> int:
    """A worker of the pool that has a child of its own: it is in the middle of a job."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for worker in _children(parent):
            if _children(worker):
                return worker
        time.sleep(0.05)
    raise AssertionError("no worker took a job")


def _children(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in told.split()]


def test_odd_names_of_older_rounds_are_replaced_and_kept_as_titles() -> None:
    facts = {"rules": "inspection-2019", "as_of": date(2025, 11, 30)}
    for name in ("../x", "中文 2025", "r"):
        Round.objects.create(slug=name, title=name, **facts)
    migration = importlib.import_module("govgauge.office.migrations.0032_names_of_rounds")
    migration.rename(apps, None)
    odd = {one.title: one.slug == f"round-{one.id}" for one in Round.objects.all()}
    assert odd == {"../x": True, "中文 2025": True, "r": False}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "r", "--as-of", "2025-11-30", "--settings", '{"speed": 1}'], "没有设置 speed；可用：max_pages、"),
        (["new", "r", "--as-of", "2025-11-30", "--settings", "["], "JSON"),
        (["new", "r", "--as-of", "2025-11-30", "--rules", "no-such"], "no-such"),
        (["new", "../x", "--as-of", "2025-11-30"], "其他文字请写在 --title 里"),
        (["new", "中文 2025", "--as-of", "2025-11-30"], "只能是 1 至 60 个字母、数字、- 和 _"),
        (["run", "nowhere"], "nowhere"),
        (["status", "nowhere"], "nowhere"),
    ],
)
def test_unusable_arguments_are_said(arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govgauge", "round", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["round", "run", "r"], ["round", "freeze", "r"], ["round", "freeze", "r", "--inputs"], ["monitor", "run", "r"]],
)
def test_a_round_that_nobody_is_in_is_neither_run_nor_watched_nor_frozen(arguments: list[str]) -> None:
    govgauge("round", "new", "r", "--as-of", "2025-11-30")
    assert "里还没有评估对象；请先加入名单：round add r 名单.xlsx" in govgauge_fails(*arguments)
    assert Round.objects.get().state == RoundState.OPEN
