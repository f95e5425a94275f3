"""Servers that misbehave cost their limit and nothing more, and are called by the right name."""

import gzip
import os
import signal
import socket
import struct
import time
import zlib

import brotli
import pytest
from msgspec.structs import replace
from stage import for_ever, html, in_turn, raw, redirect, reply
from visiting import QUICK, LinksOnly, attempts, last

from govgauge.gather import archive, warc
from govgauge.gather.artifacts import Failure

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = gzip.compress(b"<html>" + b"\x00" * 30_000_000, 9)


def reset(connection, _asked):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def silence(_connection, _asked):
    time.sleep(6)


HOSTILE = {
    "/trickle": (for_ever(OK + b"\r\n<html>", b".", 0.3), Failure.SLOW),
    "/trickling-headers": (for_ever(OK, b"X-A: 1\r\n", 0.3), Failure.SLOW),
    "/byte-of-header": (for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.3), Failure.SLOW),
    "/silent": (silence, Failure.TIMEOUT),
    "/bomb": (reply(BOMB, Content_Encoding="gzip"), Failure.BOMB),
    "/large": (reply("<html>" + "x" * 20_000_000), Failure.TOO_LARGE),
    "/endless": (for_ever(OK + b"\r\n<html>", b"y" * 10_000, 0), Failure.TOO_LARGE),
    "/endless-headers": (for_ever(OK, b"X-Header: " + b"z" * 1000 + b"\r\n", 0), Failure.PROTOCOL),
    "/huge-header": (for_ever(OK + b"X: ", b"z" * 10_000, 0), Failure.PROTOCOL),
    "/interim-flood": (for_ever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", 0), Failure.PROTOCOL),
    "/reset": (reset, Failure.RESET),
    "/empty-reply": (raw(), Failure.RESET),
    "/http09": (raw(b"<html><body>old</body></html>"), Failure.PROTOCOL),
    "/bad-status-line": (raw(b"HTTP/1.1 abc\r\n\r\nx"), Failure.PROTOCOL),
    "/nul-header": (raw(b"HTTP/1.1 200 OK\r\nX-A: a\x00b\r\nContent-Length: 1\r\n\r\nx"), Failure.PROTOCOL),
    "/two-lengths": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: -7\r\n\r\nhello"), Failure.PROTOCOL),
    "/bad-chunks": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"), Failure.RESET),
    "/bad-gzip": (reply(b"this is not gzip", Content_Encoding="gzip"), None),
    "/loop": (redirect("/loop"), Failure.REDIRECT_LOOP),
    "/nothing": (reply(b""), Failure.EMPTY),
    "/forbidden": (reply("<html>拒绝</html>", "403 Forbidden"), Failure.BLOCKED),
    "/gone": (reply("<html>无此页</html>", "410 Gone"), None),
}


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_answer_costs_its_limit_and_is_called_by_its_name(path, stage, go, tmp_path):
    play, failure = HOSTILE[path]
    stage.add("/", html(path, "/good.html"))
    stage.add("/good.html", html("/"))
    stage.add(path, play)
    began = time.monotonic()
    found = go()
    assert time.monotonic() - began < 15
    assert [e.failure for e in attempts(found, path)][-1] == failure
    assert last(found, "/good.html").ok
    assert found.stopped == ""
    assert warc.verify(tmp_path / "visit" / archive.NAME) == []


def test_wrong_length_is_believed_only_when_seen_twice(stage, go):
    body = html("/further.html").encode()
    stage.add("/", html("/short.html", "/once.html"))
    short = raw(OK + b"Content-Length: 9999\r\n\r\n" + body)
    stage.add("/short.html", short)
    stage.add("/once.html", in_turn(short, reply(html())))
    stage.add("/further.html", html())
    found = go()
    assert [(e.failure, e.attempt) for e in attempts(found, "/short.html")] == [(Failure.RESET, 1), (None, 2)]
    assert [(e.failure, e.attempt) for e in attempts(found, "/once.html")] == [(Failure.RESET, 1), (None, 2)]
    assert last(found, "/further.html").ok


def test_longer_than_announced_is_read_up_to_its_length(stage, go):
    stage.add("/", html("/long.html"))
    stage.add("/long.html", raw(OK + b"Content-Length: 14\r\n\r\n<html>a</html>and more"))
    found = go()
    assert (last(found, "/long.html").ok, last(found, "/long.html").size) == (True, 14)


def test_large_page_is_kept_as_far_as_its_limit(stage, go, tmp_path):
    stage.add("/", html("/large.html"))
    stage.add("/large.html", "<html>" + "x" * 1_000_000)
    exchange = last(go(), "/large.html")
    assert (exchange.size, exchange.truncated) == (200_000, True)
    headers, body = archive.body(tmp_path / "visit" / archive.NAME, exchange.offset)
    assert (len(body), dict(headers)["Content-Length"]) == (200_000, "200000")


def test_bomb_in_deflate_and_brotli_is_cut_too(stage, go):
    page = b"<html>" + b"a" * 20_000_000
    stage.add("/", html("/deflate", "/brotli"))
    stage.add("/deflate", reply(zlib.compress(page, 9), Content_Encoding="deflate"))
    stage.add("/brotli", reply(brotli.compress(page, quality=5), Content_Encoding="br"))
    found = go()
    assert last(found, "/deflate").failure is Failure.BOMB
    assert last(found, "/brotli").failure is Failure.BOMB


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_compressed_pages_are_read(coding, stage, go, tmp_path):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding]
    page = html("/x.html", text="正文" * 500).encode()
    stage.add("/", reply(pack(page), Content_Encoding=coding))
    stage.add("/x.html", html())
    found = go()
    home = next(e for e in found.exchanges() if e.url == stage.url)
    headers, body = archive.body(tmp_path / "visit" / archive.NAME, home.offset)
    assert (body, dict(headers)["X-Archive-Orig-Content-Encoding"]) == (page, coding)
    assert last(found, "/x.html").ok


def test_endless_chain_of_redirects_ends(stage, go):
    stage.add("/", html("/r/0"))
    for number in range(100):
        stage.add(f"/r/{number}", redirect(f"/r/{number + 1}"))
    exchange = last(go(), "/r/0")
    assert (exchange.failure, len(exchange.hops)) == (Failure.REDIRECT_LOOP, 11)


def test_dead_ends_of_the_network_have_names(stage, go):
    stage.add("/", html("http://127.0.0.1:9/closed.pdf", "http://no-such-host.invalid/x.pdf", "http://a..b/"))
    found = {e.url: e.failure for e in go().exchanges()}
    assert found["http://127.0.0.1:9/closed.pdf"] is Failure.REFUSED
    assert found["http://no-such-host.invalid/x.pdf"] is Failure.DNS


def test_reader_that_hangs_costs_only_the_page(stage, go):
    stage.add("/", html("/hang.html", "/die.html", "/raise.html", "/a.html", "/b.html"))
    for name in ("hang", "die", "raise", "a", "b"):
        stage.add(f"/{name}.html", html(f"/{name}-child.html"))
        stage.add(f"/{name}-child.html", html())

    class Fragile(LinksOnly):
        def read(self, exchange, body):
            if exchange.url.endswith("/hang.html"):
                time.sleep(60)
            if exchange.url.endswith("/die.html"):
                os.kill(os.getpid(), signal.SIGKILL)
            if exchange.url.endswith("/raise.html"):
                raise ValueError("bad markup")
            return super().read(exchange, body)

    found = go(reader=Fragile, limits=replace(QUICK, reading_seconds=0.5))
    assert sorted(url.rsplit("/", 1)[1] for url in found.unread) == ["die.html", "hang.html", "raise.html"]
    assert last(found, "/a-child.html").ok
    assert last(found, "/b-child.html").ok
