"""Showing the office and the reports of the demonstration."""

import socket

import pytest

from govgauge.cli.demo_server import _free


def test_a_port_that_somebody_has_is_left_to_them(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert _free(taken) != taken
    assert f"端口 {taken} 已被占用" in capsys.readouterr().err
