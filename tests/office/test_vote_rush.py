"""Ballots through the real server on PostgreSQL, which is killed in the middle; and what stands before the pages."""

import io
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings

sys.path.insert(0, str(Path(__file__).parents[2]))  # bench/ sends the ballots

from bench import votes

from govgauge.web import front
from govgauge.web.vote import narrow

BALLOTS = 400


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return "safe_postgresql" if "killed" in request.node.name else "sqlite"


def test_no_acknowledged_ballot_is_lost_and_none_counts_twice_when_the_server_is_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOVGAUGE_SECRET_KEY", "k" * 50)
    monkeypatch.setattr(votes, "CONNECTIONS", 20)
    tokens = votes.prepared(BALLOTS)
    (Path(os.environ["GOVGAUGE_HOME"]) / "vote.key").write_bytes((Path(settings.HOME) / "vote.key").read_bytes())
    connections.close_all()
    assert votes.killed(votes.free_port(), votes.requests(tokens), before=0) == []


def test_ballots_pass_while_pages_wait_and_too_many_pages_are_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go = threading.Event()

    def slow_pages(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        go.wait(30)
        start_response("200 OK", [])
        return [b"page"]

    monkeypatch.setattr(front, "THREADS", 40)
    application = front.Front(slow_pages)
    told: list[str] = []

    def ask() -> None:
        application(_environ("/", "GET"), lambda status, _headers: told.append(status))

    threads = [threading.Thread(target=ask) for _ in range(9)]
    for thread in threads:
        thread.start()
    while not told:
        time.sleep(0.01)
    assert told == ["503 Service Unavailable"]
    body = b"".join(application(_environ("/vote/r/cast", "POST"), lambda status, _headers: told.append(status)))
    assert told[1] == "403 Forbidden"
    assert "投票凭据无效" in body.decode()
    go.set()
    for thread in threads:
        thread.join()
    assert sorted(told)[:8] == ["200 OK"] * 8


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [(0, "1.1.1.1", "9.9.9.9"), (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"), (2, "1.1.1.1", "9.9.9.9"), (1, "", "9.9.9.9")],
)
def test_the_network_is_told_by_our_proxies_only(proxies: int, passed: str, address: str) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        assert narrow.address_of({"REMOTE_ADDR": "9.9.9.9", "HTTP_X_FORWARDED_FOR": passed}) == address


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1, ALLAUTH_TRUSTED_CLIENT_IP_HEADER="Clientaddress")
def test_a_header_of_the_proxys_own_goes_before_what_anybody_can_send() -> None:
    sent = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6"}
    assert narrow.address_of({**sent, "HTTP_CLIENTADDRESS": "1.1.1.1"}) == "1.1.1.1"
    assert narrow.address_of(sent) == "10.0.0.1"


def _environ(path: str, method: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "HTTP_ACCEPT": "application/json",
        "CONTENT_LENGTH": "9",
        "wsgi.input": io.BytesIO(b"token=bad"),
        "REMOTE_ADDR": "8.8.8.8",
    }
