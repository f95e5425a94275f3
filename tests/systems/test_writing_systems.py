"""A system written to a file and loaded again is the same system."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from random_systems import systems

from govgauge.systems import library
from govgauge.systems.canonical import digest
from govgauge.systems.loader import load
from govgauge.systems.model import System
from govgauge.systems.writer import write


def reloaded(system: System, folder: Path) -> System:
    path = folder / "written.yaml"
    path.write_text(write(system), encoding="utf-8")
    return load(path)


@pytest.mark.parametrize("system_id", library.system_ids())
def test_every_system_of_the_library_survives_writing(system_id: str, tmp_path: Path) -> None:
    system = library.system(system_id)
    again = reloaded(system, tmp_path)
    assert again == system
    assert digest(again) == digest(system)


@given(system=systems())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_system_survives_writing(system: System) -> None:
    with tempfile.TemporaryDirectory() as folder:
        again = reloaded(system, Path(folder))
    assert again == system
    assert digest(again) == digest(system)


def test_a_written_file_reads_like_those_of_the_library() -> None:
    lines = write(library.system("2025-city")).splitlines()
    assert lines[0] == "id: 2025-city"
    assert '  - code: "1"' in lines
    assert "            weights: {city: 17}" in lines
