"""The server of the simulated sites: virtual hosts, and every way of misbehaving on the wire."""

import socket
import time

import pytest

from govgauge.testbed import outside
from govgauge.testbed.model import Behaviour, Response, Site
from govgauge.testbed.server import serve, target

HOST = "www.small.test"


def site() -> Site:
    """A site with one address for each behaviour."""
    answers = {f"/{one.value}": Response(body=b"x" * 100, behaviour=one, seconds=0.3) for one in Behaviour}
    return Site(name="small", title="小站", host=HOST, style="none", system="2025-city", answers=answers)


@pytest.fixture(scope="module")
def port():
    with serve([site()]) as bound:
        yield bound


def ask(port: int, path: str, host: str = HOST, *, method: str = "GET", seconds: float = 1.5) -> bytes:
    """All that comes within so many seconds. Raises ConnectionResetError."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as wire:
        wire.sendall(f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        got = b""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                part = wire.recv(65536)
            except TimeoutError:
                break
            if not part:
                break
            got += part
        return got


def test_a_host_answers_under_its_name_with_or_without_www_and_port(port):
    for host in (HOST, "small.test", f"{HOST}:{port}", "WWW.SMALL.TEST"):
        assert ask(port, "/plain", host).endswith(b"\r\n\r\n" + b"x" * 100)


def test_an_unknown_path_is_404_and_an_unknown_host_says_nothing(port):
    assert ask(port, "/nothing").startswith(b"HTTP/1.1 404 ")
    assert ask(port, "/", "nowhere.test") == b""


def test_outside_hosts_answer_as_they_are(port):
    assert ask(port, "/", outside.GONE).startswith(b"HTTP/1.1 404 ")
    assert "域名正在出售".encode() in ask(port, "/", outside.PARKED)
    assert b"Location: http://library.neighbour.test/" in ask(port, "/", outside.OLD_NEIGHBOUR)


def test_a_head_request_gets_the_head_only(port):
    answer = ask(port, "/plain", method="HEAD")
    assert answer.endswith(b"\r\n\r\n")
    assert b"Content-Length: 100" in answer


def test_a_slow_answer_comes_whole_and_late(port):
    start = time.monotonic()
    assert ask(port, "/slow").endswith(b"x" * 100)
    assert time.monotonic() - start >= 0.3


def test_a_trickling_answer_gives_a_byte_a_second(port):
    head, _, body = ask(port, "/trickle", seconds=2.5).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert 1 <= len(body) <= 3


def test_a_hanging_answer_never_comes(port):
    assert ask(port, "/hang", seconds=0.6) == b""


def test_a_cut_answer_breaks_off(port):
    assert ask(port, "/cut").endswith(b"\r\n\r\n" + b"x" * 50)


def test_a_reset_resets_and_a_close_closes(port):
    with pytest.raises(ConnectionResetError):
        ask(port, "/reset")
    assert ask(port, "/close") == b""


def test_a_tls_client_is_turned_away_at_once(port):
    with socket.create_connection(("127.0.0.1", port), timeout=2) as wire:
        wire.sendall(b"\x16\x03\x01\x02\x00\x01")
        assert wire.recv(100) == b""


def test_one_connection_serves_many_requests(port):
    with socket.create_connection(("127.0.0.1", port), timeout=2) as wire:
        request = f"GET /plain HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
        wire.sendall(request * 3)
        got = b""
        while got.count(b"x" * 100) < 3:
            got += wire.recv(65536)
    assert got.count(b"HTTP/1.1 200 OK") == 3


def test_a_taken_port_is_an_error(port):
    with pytest.raises(OSError, match="in use"), serve([site()], port):
        pass


@pytest.mark.parametrize(
    ("path", "host", "expected"),
    [
        ("/a?b=1", "www.a.test:81", ("www.a.test", "/a?b=1")),
        ("http://www.b.test/c", "x", ("www.b.test", "/c")),
        ("http://www.b.test", "x", ("www.b.test", "/")),
    ],
)
def test_a_request_line_names_host_and_path(path, host, expected):
    assert target(path, host) == expected
