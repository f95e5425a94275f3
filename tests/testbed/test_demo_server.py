"""Showing the office and the reports of the demonstration."""

import socket

import pytest

from govgauge.cli.demo import _program
from govgauge.cli.demo_server import _free


def test_a_port_that_somebody_has_is_left_to_them(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert _free(taken) != taken
    assert f"端口 {taken} 已被占用" in capsys.readouterr().err


@pytest.mark.parametrize("called", [".venv/bin/govgauge", "src/govgauge/__main__.py"])
def test_the_command_that_is_told_is_one_that_can_be_run(monkeypatch: pytest.MonkeyPatch, called: str) -> None:
    monkeypatch.setattr("sys.argv", [called, "demo"])
    monkeypatch.setattr("sys.executable", "/my folder/python")
    assert _program() == ("'/my folder/python' -m govgauge" if "main" in called else called)
