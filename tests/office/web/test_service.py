"""What programs and other offices ask: metrics, health, who visits."""

import json
import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest
import seeded
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from govgauge.gather.plan import Plan
from govgauge.office.domain import rounds
from govgauge.office.models import JobState, Round, Watch


def metrics(anonymous: Client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and labels."""
    told = anonymous.get("/metrics").content.decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def test_metrics_tell_jobs_by_state_and_lane_failures_by_class_and_what_came(anonymous: Client) -> None:
    round_ = seeded.a_round()
    seeded.every_state(round_)
    seeded.a_job(
        seeded.an_entry(round_, "又一县"),
        JobState.FAILED,
        reason="超过时限 400 秒，已终止 (killed after its time limit)",
    )
    Watch.objects.create(round=round_, url="http://a.test/", last_status="ok")
    Watch.objects.create(round=round_, url="http://b.test/")
    Watch.objects.create(round=round_, url="http://c.test/", last_status="ok", active=False)
    told = metrics(anonymous)
    assert told["govgauge_home_pages", (("round", "r"), ("status", "ok"))] == 1
    assert told["govgauge_home_pages", (("round", "r"), ("status", "unprobed"))] == 1
    assert told["govgauge_jobs", (("lane", "visit"), ("round", "r"), ("state", "failed"))] == 2
    assert told["govgauge_jobs", (("lane", "visit"), ("round", "r"), ("state", "done"))] == 3
    assert told["govgauge_jobs_failed", (("reason", "超过时限 … 秒，已终止"),)] == 2
    assert told["govgauge_pages", (("round", "r"),)] == 240
    assert told["govgauge_unreachable", (("round", "r"),)] == 2
    assert told["govgauge_workers_busy", ()] == 1
    assert told["govgauge_oldest_lease_seconds", ()] > 0
    assert told["govgauge_database_up", ()] == 1
    assert told["govgauge_rounds", (("state", "open"),)] == 1


def test_metrics_take_the_same_queries_whatever_there_is(anonymous: Client) -> None:
    counts = []
    for number in range(2):
        seeded.every_state(seeded.a_round(f"r{number}"))
        with CaptureQueriesContext(connection) as seen:
            anonymous.get("/metrics")
        counts.append(len(seen))
    assert counts == [6, 6]


def test_the_number_of_reasons_stays_bounded(anonymous: Client) -> None:
    round_ = seeded.a_round()
    for number in range(30):
        name = "甲乙丙丁戊己庚辛壬癸"[number % 10] + "子丑寅"[number // 10]
        seeded.a_job(seeded.an_entry(round_, f"县{number}"), JobState.FAILED, reason=f"{name}出错")
    told = {
        labels[0][1]: value for (name, labels), value in metrics(anonymous).items() if name == "govgauge_jobs_failed"
    }
    assert len(told) == 21
    assert told["其他"] == 10


@override_settings(METRICS_TOKEN="令牌")
def test_a_token_keeps_strangers_from_the_metrics(anonymous: Client) -> None:
    assert anonymous.get("/metrics").status_code == 401
    assert anonymous.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401
    assert anonymous.get("/metrics", headers={"Authorization": "Bearer 令牌"}).status_code == 200


def test_health_and_metrics_say_when_the_database_is_away(anonymous: Client, office: Path) -> None:
    assert anonymous.get("/healthz").status_code == 200
    connection.close()
    connection.settings_dict["NAME"] = str(office / "no" / "such" / "folder.sqlite3")
    assert anonymous.get("/healthz").status_code == 503
    assert metrics(anonymous)["govgauge_database_up", ()] == 0


@override_settings(SCANNER_ADDRESSES=[], SCANNER_CONTACT="", SCANNER_ORGANISATION="", SCANNER_URL="")
def test_the_scanners_page_says_what_has_not_been_filled_in(anonymous: Client) -> None:
    page = anonymous.get("/scanner").content.decode()
    assert "评估办公室还没有公布访问所用的地址" in page
    assert "GOVGAUGE_SCANNER_ADDRESSES" in page
    assert "还没有公布访问所用的地址" in anonymous.get("/scanner.txt").content.decode()


def test_the_scanners_page_tells_what_is_set_in_the_rounds_under_way(anonymous: Client) -> None:
    def page() -> str:
        return anonymous.get("/scanner").content.decode()

    assert "采集时遵守 robots.txt" in page()
    assert "每秒不超过 2 个请求，同时不超过 2 个" in page()
    assert "每天读取首页 24 次" in page()
    day = date(2025, 11, 30)
    fast = {"rate": 7.5, "concurrency": 3, "obey_robots": False, "monitoring": {"times_a_day": 48}}
    rounds.create("calm", "", rules="inspection-2019", as_of=day, settings={"rate": 1})
    rounds.create("fast", "", rules="inspection-2019", as_of=day, settings=fast)
    assert "有的不遵守 robots.txt" in page()
    assert "每秒不超过 7.5 个请求，同时不超过 3 个" in page()
    assert "每天读取首页 48 次" in page()
    Round.objects.filter(slug="fast").update(settings={"rate": 0})
    assert "每秒的请求数没有设上限" in page()
    Round.objects.filter(slug="fast").update(state="frozen")
    assert "每秒不超过 1 个请求" in page()


@override_settings(
    SCANNER_ADDRESSES=["192.0.2.7", "2001:db8::/48"],
    SCANNER_CONTACT="<b>010-1</b>",
    SCANNER_ORGANISATION="某评估中心",
    SCANNER_URL="",
)
def test_the_scanners_addresses_are_told_to_people_and_programs(anonymous: Client) -> None:
    page = anonymous.get("/scanner").content.decode()
    assert "某评估中心" in page
    assert "&lt;b&gt;010-1" in page
    assert "2001:db8::/48" in page
    lines = anonymous.get("/scanner.txt").content.decode().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["192.0.2.7", "2001:db8::/48"]
    told = json.loads(anonymous.get("/scanner.json").content)
    assert told["addresses"] == ["192.0.2.7", "2001:db8::/48"]
    assert told["url"] == "http://testserver/scanner"
    assert told["user_agent"].startswith("govgauge/")


@pytest.mark.parametrize(
    "page", ["https://a.test/scanner", "", "javascript:x", "https://a.test/\r\nX: y", "https://甲.test/"]
)
def test_the_visitor_names_its_page_when_that_is_an_address(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("GOVGAUGE_SCANNER_URL", page)
    named = Plan(url="http://a.test/").user_agent
    assert named.startswith("govgauge/0.1 (+")
    assert ("https://a.test/scanner; " in named) == (page == "https://a.test/scanner")
    assert named.isprintable()
    assert named.isascii()


@pytest.fixture
def served() -> Iterator[int]:
    """The port of a server of this test's office, as its user starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        while not _answers(port):
            assert server.poll() is None
            time.sleep(0.1)
        yield port
        server.terminate()
        out, _ = server.communicate(timeout=30)
        assert f"http://127.0.0.1:{port}/" in out


def _answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a page."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connected:
        connected.request("GET", path, headers=headers)
        answer = connected.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def test_the_server_gives_hashed_and_compressed_files_and_keeps_its_key_to_itself(served: int, office: Path) -> None:
    page = get(served, "/scanner")[2].decode()
    style = re.search(r'href="(/static/govgauge/page\.[0-9a-f]{12}\.css)"', page)
    assert style
    status, headers, _body = get(served, style.group(1), **{"Accept-Encoding": "gzip"})
    told = {name.lower(): value for name, value in headers.items()}
    assert (status, told["content-encoding"]) == (200, "gzip")
    assert "immutable" in told["cache-control"]
    assert stat.S_IMODE((office / "secret.key").stat().st_mode) == 0o600
    assert len((office / "secret.key").read_text().strip()) >= 50
    assert get(served, "/secret.key")[0] == 404


def test_a_port_that_is_taken_is_said_with_the_remedy(served: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govgauge", "serve", "--port", str(served)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_https_settings_are_strict(office: Path) -> None:
    names = "SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_HSTS_SECONDS DEBUG ALLOWED_HOSTS"
    script = f"from govgauge.web import settings; print(*(getattr(settings, name) for name in '{names}'.split()))"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "GOVGAUGE_HTTPS": "1", "GOVGAUGE_HOSTS": "pc.example.gov.cn"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["True", "True", "True", "31536000", "False", "['pc.example.gov.cn']"]
    assert not (office / "secret.key").exists()


def test_without_a_token_the_metrics_are_for_programs_of_this_machine_alone(client: Client) -> None:
    asked = (
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, 401),
        ({"REMOTE_ADDR": ""}, 401),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 401),
    )
    assert [client.get("/metrics", **told).status_code for told, _status in asked] == [
        status for _told, status in asked
    ]
