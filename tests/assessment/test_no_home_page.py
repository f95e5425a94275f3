"""Addresses at which no home page stands are told as such, and nothing is judged on them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from govgauge.assessment.assess import Request, run
from govgauge.assessment.conclusion import Conclusion
from govgauge.outcomes import Outcome

HOST = "www.qinghe.gov.cn"
ALWAYS = {"domain-name", "https", "ipv6", "exposed-file", "search-engine-presence", "security-headers"}
"""Audits that ask the network or the address, and need no page."""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[int]:
    """A server of these pages by path; 404 for all others. Gives its port."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def assess(tmp_path: Path) -> Callable[[dict[str, str]], Conclusion]:
    def go(pages: dict[str, str]) -> Conclusion:
        with served(pages) as port:
            request = Request(
                url=f"http://{HOST}/",
                folder=tmp_path / "out",
                system="2025-city",
                rules="inspection-2019",
                as_of=date(2025, 11, 20),
                rate=0,
                connect_to=(f"{HOST}:80:127.0.0.1:{port}",),
                reading_processes=0,
            )
            return run(request, lambda _progress: None)

    return go


def passed(conclusion: Conclusion) -> set[str]:
    return {audit for audit, result in conclusion.results.items() if result.outcome is Outcome.PASS}


@pytest.mark.parametrize(
    ("page", "failure", "said"),
    [
        ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", "wrong-content", "服务器默认页"),
        ("<title>公告</title><p>系统维护中</p>", "wrong-content", "维护公告"),
        ("<p>本网站已关闭，内容已整合迁移至 http://www.new.gov.cn/</p>", "closed", "http://www.new.gov.cn/"),
    ],
)
def test_what_is_no_home_page_is_told_and_not_judged(assess, tmp_path, page, failure, said):
    conclusion = assess({"/": page})
    told = json.loads((tmp_path / "out/assessment.json").read_text())
    assert (conclusion.summary()["home_ok"], conclusion.summary()["home_failure"]) == (False, failure)
    assert passed(conclusion) <= ALWAYS
    assert said in "\n".join(conclusion.lines())
    assert said in (tmp_path / "out/report.html").read_text()
    assert [veto["hit"] for veto in told["vetoes"]] == ["not-observable"] * 6


NAMED = "<title>青禾市人民政府</title><meta charset=utf-8><meta name=viewport content='width=device-width'>"
SHELLS = {
    "nothing linked": {"/": f"{NAMED}<h1>青禾市人民政府</h1><p>{'本市位于中部，气候宜人。' * 30}</p>"},
    "made by a script": {"/": f"{NAMED}<div id=app></div><script src=/js/app.js></script>"},
    "empty frames": {
        "/": f"{NAMED}<frameset cols='20,80'><frame src=/left.html><frame src=/main.html></frameset>",
        "/left.html": "<html><body></body></html>",
        "/main.html": "<html><body><p>青禾</p></body></html>",
    },
    "dead links alone": {"/": NAMED + "".join(f"<a href=/c{number}/>政务要闻{number}</a>" for number in range(12))},
}


@pytest.mark.parametrize("name", SHELLS)
def test_of_a_shell_nothing_is_in_order_and_nothing_missing(assess, name):
    conclusion = assess(SHELLS[name])
    assert conclusion.site.facts.home_ok
    assert passed(conclusion) <= ALWAYS | {"site-name", "site-unreachable"}
    assert {verdict.hit.value for verdict in conclusion.vetoes} == {"not-observable"}
    found = {audit for audit, result in conclusion.results.items() if result.findings}
    assert ("broken-link" in found) == (name == "dead links alone")
