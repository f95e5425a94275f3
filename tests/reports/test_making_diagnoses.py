"""Many diagnoses: each file whole or not there, made once, made anew when the material is another."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from diagnosed import a_material, counties
from msgspec.structs import replace

from govgauge.errors import Unusable
from govgauge.reports.about import write_about
from govgauge.reports.diagnosis.files import stems
from govgauge.reports.diagnosis.making import Made, count, make
from govgauge.reports.material import Material

NAMES = tuple(f"{number}县" for number in range(6))
FORMS = ("html",)


@pytest.fixture
def material(tmp_path: Path) -> Path:
    return a_material(tmp_path, counties(*NAMES))


def all_of(material: Path, out: Path, workers: int = 1, keys: tuple[str, ...] = ()) -> list[Made]:
    return list(make(material, out, forms=FORMS, keys=keys, workers=workers))


def test_each_subject_gets_its_files_once(material: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = all_of(material, out)
    assert [made.key for made in first] == [f"省甲/{name}" for name in NAMES]
    assert all(made.new for made in first)
    assert all((out / file.path).stat().st_size == file.size for made in first for file in made.files)
    second = all_of(material, out)
    assert [replace(made, new=True) for made in second] == first
    assert not any(made.new for made in second)


def test_processes_write_the_same_bytes(material: Path, tmp_path: Path) -> None:
    by = {
        workers: sorted(
            file
            for made in all_of(material, tmp_path / str(workers), workers)
            for file in ((file.path, file.sha256) for file in made.files)
        )
        for workers in (1, 2)
    }
    assert by[1] == by[2]


def test_another_material_makes_all_anew(material: Path, tmp_path: Path) -> None:
    all_of(material, tmp_path / "out")
    write_about(replace(Material(material).about, tables_hash="f" * 64), material)
    assert all(made.new for made in all_of(material, tmp_path / "out"))


def test_one_subject_is_asked_for_by_its_name(material: Path, tmp_path: Path) -> None:
    assert [made.key for made in all_of(material, tmp_path / "out", keys=("3县",))] == ["省甲/3县"]
    assert count(material, ("省甲/3县", "4县")) == 2
    with pytest.raises(Unusable, match="没有“无县”"):
        all_of(material, tmp_path / "out", keys=("无县",))
    with pytest.raises(Unusable, match="odt"):
        list(make(material, tmp_path / "out", forms=("odt",)))


def test_names_of_files_are_told_apart_and_short_enough() -> None:
    keys = ["甲/乙", "甲-乙", "A县", "a县", "长" * 200, f"{'长' * 199}短", "\ud800/..", "CON"]
    named = stems(keys)
    assert len({name.casefold() for name in named.values()}) == len(keys)
    assert all(len(name.encode("utf-8", "surrogatepass")) <= 240 for name in named.values())
    assert not any(set(name) & set('/\\:*?"<>|') for name in named.values())


MANY = 100
"""So many that a command is still at it when it is interrupted."""


def test_a_command_that_was_interrupted_goes_on(tmp_path: Path) -> None:
    material = a_material(tmp_path, counties(*(f"{number}县" for number in range(MANY))))
    out = tmp_path / "out"
    command = [sys.executable, "-m", "govgauge", "report", "diagnosis", str(material), "--out", str(out)]
    command += ["--form", "html", "--workers", "1"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # else one started in the background ignores it
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + 60
    while len(list(out.glob("*/*.html"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert running.returncode in {1, 130}
    done = {path: path.stat().st_mtime_ns for path in out.glob("*/*.html")}
    assert len(done) >= 2
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert len(list(out.glob("*/*.html"))) == MANY
    assert {path: path.stat().st_mtime_ns for path in done} == done
    assert not list(out.glob("*/.*"))
