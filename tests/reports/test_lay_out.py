"""A process that was forked from one that has laid something out lays out, too."""

import os
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from govgauge.reports.lay_out import MAIN, laid_out, say_forked

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def test_a_forked_process_does_not_wait_for_threads_that_stayed_behind(tmp_path: Path) -> None:
    (tmp_path / MAIN).write_text("政测 " * 2000, encoding="utf-8")
    assert laid_out(tmp_path, FONTS).startswith(b"%PDF")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            say_forked()
            status = 0 if laid_out(tmp_path, FONTS).startswith(b"%PDF") else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_template_at_fault_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / MAIN).write_text("#nothing-of-that-name", encoding="utf-8")
    with pytest.raises(Exception, match="unknown variable"):
        laid_out(tmp_path, FONTS)
    monkeypatch.setenv("GOVGAUGE_FORKED", str(os.getpid()))
    with pytest.raises(Exception, match="lay_out"):
        laid_out(tmp_path, FONTS)
