"""Home pages probed on servers that open, fail, hang and lie in every way."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stage import Stage, for_ever, html, in_turn, raw, redirect, reply
from tunnel import Tunnel, make_certificate

from govgauge.gather.availability.opening import Opening, Target
from govgauge.gather.availability.prober import Prober, Way
from govgauge.gather.availability.status import Counts, Status, meanings

HOME = html(*(f"/{number}.html" for number in range(20)), title="某市人民政府门户网站", text="欢迎访问")
QUICK = 1.5
"""Seconds that a page may take here."""


def opened(*urls: str, seconds: float = QUICK, **way: object) -> list[Opening]:
    """The openings of home pages, in their order."""
    with Prober(Way(seconds=seconds, **way)) as prober:  # type: ignore[arg-type]
        found = list(prober.probe(Target(number, url) for number, url in enumerate(urls)))
    return sorted(found, key=lambda one: one.key)


def status(url: str, **way: object) -> Status:
    return opened(url, **way)[0].status


def test_a_home_page_opens_and_its_phases_are_told(stage: Stage) -> None:
    stage.add("/", HOME)
    before = datetime.now(UTC)
    (one,) = opened(stage.url)
    assert (one.status, one.counts, one.http, one.peer) == (Status.OK, Counts.OPEN, 200, "127.0.0.1")
    assert before <= one.began <= datetime.now(UTC)
    assert 0 < one.phases.connect <= one.phases.first_byte <= one.phases.total
    assert one.size == len(HOME.encode())
    assert "govgauge" in stage.asked[0].headers["user-agent"]


def test_only_the_head_of_a_large_page_is_waited_for(stage: Stage) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HOME.encode()
    stage.add("/", for_ever(head, b"<p>" + b"x" * 4096, 0))
    (one,) = opened(stage.url)
    assert one.status is Status.OK
    assert one.size < 200_000


@pytest.mark.parametrize(
    ("play", "wanted"),
    [
        (reply("", "404 Not Found"), Status.CLIENT_ERROR),
        (reply(HOME, "404 Not Found"), Status.CLIENT_ERROR),
        (reply("oops", "500 Internal Server Error"), Status.SERVER_ERROR),
        (reply("", "502 Bad Gateway"), Status.SERVER_ERROR),
        (reply("oops", "503 Service Unavailable"), Status.SERVER_ERROR),
        (reply("", "403 Forbidden"), Status.BLOCKED),
        (reply("", "412 Precondition Failed"), Status.BLOCKED),
        (reply("", "429 Too Many Requests"), Status.BLOCKED),
        (reply("<title>创宇盾</title>您的访问请求被拒绝", "405 Not Allowed"), Status.BLOCKED),
        (reply("<script>document.cookie='a=1';location.reload()</script>"), Status.BLOCKED),
        (reply(""), Status.EMPTY),
        (reply("\n  \n"), Status.EMPTY),
        (redirect("/"), Status.REDIRECT_LOOP),
        (raw(b""), Status.RESET),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"), Status.RESET),
        (raw(b"220 mail.example ESMTP\r\n"), Status.GARBLED),
    ],
)
def test_each_kind_of_answer_has_its_word(stage: Stage, play: object, wanted: Status) -> None:
    stage.add("/", play)  # type: ignore[arg-type]
    assert status(stage.url) is wanted


@pytest.mark.parametrize(
    "page",
    [
        "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is ok",
        "<title>IIS Windows Server</title><a href='http://go.microsoft.com/'><img src='iis-85.png'></a>",
        "<title>Apache Tomcat/8.5.40</title>" + "<a href='/docs'>docs</a>" * 20,
        "<html><body><h1>It works!</h1></body></html>",
        "<title>Index of /</title><h1>Index of /</h1><a href='a/'>a/</a>",
        "<title>没有找到站点</title><p>您的请求在Web服务器中没有找到对应的站点！</p>",
        "<title>系统维护</title><p>网站正在维护中，请稍后访问。</p>",
        "<p>尊敬的用户：本网站正在进行系统升级，预计今晚 22 时恢复。</p>",
        "<title>example.com</title><p>该域名正在出售，This domain is for sale</p>",
    ],
)
def test_what_is_plainly_no_home_page_is_wrong_content(stage: Stage, page: str) -> None:
    stage.add("/", page)
    assert status(stage.url) is Status.WRONG_CONTENT


CLOSED = [
    (
        "<title>公告</title><p>本网站已关闭，内容已整合迁移至<a href='http://www.new.gov.cn/'>市政府网站</a></p>",
        "http://www.new.gov.cn/",
    ),
    ("<h1>网站关停公告</h1><p>某局网站于2019年6月1日起停止运行，请访问 www.new.gov.cn。</p>", "http://www.new.gov.cn/"),
    (
        "<title>某局</title><p>某市某局网站已于2018年12月31日正式下线。</p><a href='https://beian.miit.gov.cn/'>备案</a>",
        "",
    ),
    ("<p>某某教育网已并入市人民政府门户网站</p>", ""),
]


@pytest.mark.parametrize(("page", "address"), CLOSED)
def test_a_site_that_tells_that_it_is_closed_is_neither_open_nor_failed(stage: Stage, page: str, address: str) -> None:
    stage.add("/", page)
    (one,) = opened(stage.url)
    assert (one.status, one.counts, one.detail) == (Status.CLOSED, Counts.UNCLEAR, address)


@pytest.mark.parametrize(
    "page",
    [
        "<title>某县人民政府</title><div id='app'></div><script src='/app.js'></script>",
        "<title>某县人民政府</title><img src='/home.jpg'><a href='/index2.html'>进入网站</a>",
        html(*"123456789", title="某市人民政府", text="通知：网站正在维护中，请稍后访问。"),
        "<title>某局</title><p>" + "网站正在维护中的故事讲了很久。" * 60,
        "<title>nginx 培训班通知 - 某市</title><p>欢迎 welcome to nginx 培训</p>",
        "<title>某局</title><p>欢迎</p><a href='/1.html'>关于原人事局网站已关闭的公告</a>",
        "<title>某局</title><p>网站已迁移至新平台</p><a href='index2.html'>进入网站</a>",
        "<title>某局</title><p>本网站将于明年改名</p>",
        html(*"123456789", title="某局", text="本网站已关闭旧版入口"),
        "<frameset cols='20,80'><frame src='left.html'><frame src='main.html'></frameset>",
    ],
)
def test_what_may_be_a_home_page_opens(stage: Stage, page: str) -> None:
    stage.add("/", page)
    assert status(stage.url) is Status.OK


def test_pages_in_gbk_are_read_as_such(stage: Stage) -> None:
    notice = "<meta charset=gb2312><title>公告</title><p>网站正在维护中，请稍后访问</p>".encode("gb18030")
    stage.add("/", reply(notice, Content_Type="text/html"))
    assert status(stage.url) is Status.WRONG_CONTENT


def test_an_entrance_is_followed_to_the_home_page(stage: Stage) -> None:
    stage.add("/", '<meta http-equiv="refresh" content="0;url=/main/">')
    stage.add("/main/", "<title>系统维护</title>网站正在维护中")
    stage.add("/old", redirect("/"))
    (one,) = opened(f"{stage.url}old")
    assert (one.status, one.final_url, one.redirects) == (Status.WRONG_CONTENT, f"{stage.url}main/", 1)


def test_cookies_set_before_a_redirect_are_sent_and_forgotten(stage: Stage) -> None:
    stage.add("/", in_turn(reply("", "302 Found", Location="/", Set_Cookie="a=1"), reply(HOME)))
    assert status(stage.url) is Status.OK
    assert stage.asked[1].headers["cookie"] == "a=1"
    with Prober(Way(seconds=QUICK, at_once=1)) as prober:
        list(prober.probe(Target(number, stage.url) for number in range(2)))
    assert [asked for asked in stage.asked[2:] if "cookie" in asked.headers] == []


def test_a_page_that_breaks_off_after_its_content_opens(stage: Stage) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\n\r\n"
    stage.add("/", raw(head + HOME.encode()))
    assert status(stage.url) is Status.OK


def test_a_page_that_claims_a_packing_it_has_not_is_asked_for_plain(stage: Stage) -> None:
    stage.add("/", in_turn(reply(HOME, Content_Encoding="gzip"), reply(HOME)))
    assert status(stage.url) is Status.OK
    assert "gzip" not in stage.asked[1].headers["accept-encoding"]


def test_a_late_page_is_slow_and_no_failure(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govgauge.gather.availability.judging.SLOW_SECONDS", 0.3)
    stage.delay = lambda: 0.5
    stage.add("/", HOME)
    (one,) = opened(stage.url)
    assert (one.status, one.counts) == (Status.SLOW, Counts.OPEN)


def test_what_hangs_costs_its_limit_and_holds_nobody_up(stage: Stage) -> None:
    stage.add("/", HOME)
    stage.add("/trickles", for_ever(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>", b"x", 0.05))
    stage.add("/silent", for_ever(b"", b"", 0.05))
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        hangs = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        slow = [f"{stage.url}trickles", f"{stage.url}silent", hangs] * 5
        with Prober(Way(seconds=QUICK, at_once=20)) as prober:
            found = list(prober.probe(Target(number, url) for number, url in enumerate([*slow, *[stage.url] * 50])))
    assert [one.status for one in found] == [Status.OK] * 50 + [Status.TIMED_OUT] * 15
    assert all(one.phases.total >= QUICK * 1000 for one in found[50:])


def test_a_server_that_takes_no_connections_is_a_connect_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = [_connecting(port) for _ in range(3)]
        assert status(f"http://127.0.0.1:{port}/") is Status.CONNECT_TIMEOUT
        for one in waiting:
            one.close()


def _connecting(port: int) -> socket.socket:
    one = socket.socket()
    one.setblocking(False)
    with suppress(BlockingIOError):
        one.connect(("127.0.0.1", port))
    return one


def test_a_closed_port_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert status(f"http://127.0.0.1:{port}/") is Status.REFUSED


def test_a_reset_has_that_name() -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    with _answering(hang_up) as port:
        assert status(f"http://127.0.0.1:{port}/") is Status.RESET


def test_a_name_that_does_not_resolve_is_ours_where_no_name_does() -> None:
    assert status("http://no-such-name.invalid/", control_names=("no-such-control.invalid",)) is Status.OURS
    known = status("http://no-such-name.invalid/", control_names=("no-such-control.invalid", "localhost"))
    assert known in {Status.DNS_MISSING, Status.DNS_FAILING}  # as the name servers here answer


def test_stopping_drops_what_is_under_way(stage: Stage) -> None:
    stage.add("/", HOME)
    stage.add("/silent", for_ever(b"", b"", 0.05))
    seen: list[Opening] = []
    with Prober(Way(seconds=60)) as prober:
        targets = [Target(0, stage.url), *(Target(number, f"{stage.url}silent") for number in range(1, 5))]
        for one in prober.probe(targets, lambda: bool(seen)):
            seen.append(one)  # noqa: PERF402 - the probes stop when it is filled
    assert [one.key for one in seen] == [0]


def test_more_pages_than_may_be_opened_at_once_all_open(stage: Stage) -> None:
    stage.add("/", HOME)
    found = opened(*[stage.url] * 120, at_once=7, seconds=15)
    assert [one.status for one in found] == [Status.OK] * 120
    assert stage.most_at_once <= 7


def test_every_status_has_a_meaning_and_failures_have_a_remedy() -> None:
    told = meanings()
    assert set(told) == set(Status)
    for name, meaning in told.items():
        assert meaning.zh
        assert meaning.en
        if meaning.counts in {Counts.FAILED, Counts.BLOCKED, Counts.UNCLEAR} or name is Status.SLOW:
            assert meaning.remedy.endswith("。")
            assert meaning.remedy_en.endswith(".")


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificates")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """A certificate that is valid and one that has ended, both for site.test."""
    made = {}
    for name, days in (("valid", 30), ("ended", -1)):
        made[name] = make_certificate(tmp_path_factory.mktemp(name), "site.test", days=days)
    return made


@pytest.fixture
def tunnels(certificates: dict[str, tuple[Path, Path]], stage: Stage) -> Iterator[dict[str, Tunnel]]:
    stage.add("/", HOME)
    made = {name: Tunnel(*pair, stage.port) for name, pair in certificates.items()}
    yield made
    for tunnel in made.values():
        tunnel.close()


@needs_openssl
@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        (("valid", "site.test", "valid"), ""),
        (("ended", "site.test", "ended"), "expired"),
        (("valid", "other.test", "valid"), "wrong-name"),
        (("valid", "site.test", "ended"), "unknown-issuer"),
    ],
)
def test_certificates_are_read_and_judged(
    tunnels: dict[str, Tunnel],
    certificates: dict[str, tuple[Path, Path]],
    setting: tuple[str, str, str],
    fault: str,
) -> None:
    tunnel, host, trusted = setting
    (one,) = opened(
        f"https://{host}/",
        connect_to=(f"::127.0.0.1:{tunnels[tunnel].port}",),
        ca_file=str(certificates[trusted][0]),
    )
    assert one.certificate is not None
    assert (one.certificate.host, one.certificate.fault, one.certificate.names) == (host, fault, ("site.test",))
    assert "site.test" in one.certificate.issuer
    assert (one.certificate.not_after < datetime.now(UTC).date()) == (tunnel == "ended")
    wanted = (Status.TLS_FAILED, Counts.UNCLEAR) if fault else (Status.OK, Counts.OPEN)
    assert (one.status, one.counts) == wanted
    assert one.detail.startswith(fault)
    assert 0 < one.phases.connect <= one.phases.tls <= one.phases.first_byte


@needs_openssl
def test_a_bad_certificate_hides_no_error_of_the_server(stage: Stage, tunnels: dict[str, Tunnel]) -> None:
    stage.add("/", reply("", "500 Internal Server Error"))
    assert status("https://site.test/", connect_to=(f"::127.0.0.1:{tunnels['ended'].port}",)) is Status.SERVER_ERROR


def test_a_server_that_speaks_no_tls_is_tls_failed_and_unclear() -> None:
    with _answering(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        (one,) = opened(f"https://127.0.0.1:{port}/")
    assert (one.status, one.counts) == (Status.TLS_FAILED, Counts.UNCLEAR)
    assert one.detail.startswith("protocol")


@contextmanager
def _answering(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does one thing to each visitor, and closes; gives its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    connection.recv(9999)
                    answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1]
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()
