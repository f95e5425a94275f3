"""Showing the reports of the demonstration."""

import socket
from pathlib import Path

import pytest

from govgauge.cli.demo_server import _bound


def test_a_port_that_somebody_has_is_left_to_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        server = _bound(tmp_path, taken)
        server.server_close()
    assert server.server_address[1] != taken
    assert f"端口 {taken} 已被占用" in capsys.readouterr().err
