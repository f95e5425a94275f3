"""The knowledge of wrong-word in the user's cache."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from govgauge.audits.wrong_word.unpacked import parts

MADE = {"bits": np.arange(200, dtype=np.uint8), "text": np.frombuffer("文字".encode(), dtype=np.uint8)}


class Unpacking:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, np.ndarray]:
        self.times += 1
        return MADE


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "knowledge.npz"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("part", "content")
    return path


def contents(found: dict[str, np.ndarray]) -> dict[str, list[int]]:
    return {name: part.tolist() for name, part in found.items()}


def test_what_was_unpacked_once_is_the_same_from_the_cache(source: Path):
    unpack = Unpacking()
    assert contents(parts(source, unpack)) == contents(parts(source, unpack)) == contents(MADE)
    assert unpack.times == 1


def test_a_file_that_is_not_whole_is_made_anew(source: Path, tmp_path: Path):
    unpack = Unpacking()
    parts(source, unpack)
    (kept,) = (tmp_path / "cache" / "govgauge").iterdir()
    for broken in (b"", b"\xff" * 20, kept.read_bytes()[:-1]):
        kept.write_bytes(broken)
        assert contents(parts(source, unpack)) == contents(MADE)
    assert unpack.times == 4
    assert list((tmp_path / "cache" / "govgauge").iterdir()) == [kept]


def test_another_content_has_another_file(source: Path):
    unpack = Unpacking()
    parts(source, unpack)
    with zipfile.ZipFile(source, "w") as file:
        file.writestr("part", "other")
    parts(source, unpack)
    assert unpack.times == 2


def test_no_cache_is_needed(source: Path, tmp_path: Path):
    (tmp_path / "cache").write_text("no folder")
    unpack = Unpacking()
    assert contents(parts(source, unpack)) == contents(parts(source, unpack)) == contents(MADE)
    assert unpack.times == 2
