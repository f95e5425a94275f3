"""The address of a case as it was seen: a job takes a picture, with its time and hash, or says why there is none."""

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path, PurePosixPath

import pytest
from django.test import override_settings
from nominated import a_call, body, handed_in, of_kind

from govgauge.errors import Unusable
from govgauge.office import tasks
from govgauge.office.domain import jobs, screening
from govgauge.office.domain.acting import acting_as
from govgauge.office.evidence import the_store
from govgauge.office.evidence.cleaning import remove_orphans
from govgauge.office.models import Case, CaseVisit, JobState, RoleKind

pytestmark = pytest.mark.browser
PAGE = "<!doctype html><meta charset=utf-8><title>一件事办理</title><h1>一件事办理</h1>".encode()
PLACE = PurePosixPath("evidence/r/1/1-abc")


class Site(BaseHTTPRequestHandler):
    """A site of one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def home(office: Path) -> Iterator[None]:
    if shutil.which("chromium-headless-shell") is None and shutil.which("chromium") is None:
        pytest.skip("no Chromium: `tools/system-parts` installs chromium-headless-shell")
    pytest.importorskip("playwright.sync_api", reason="no Playwright: install govgauge[browser]")
    with override_settings(HOME=office):
        yield


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def visited(case: Case, office: Path) -> CaseVisit:
    """What a worker makes of the visit that was asked for."""
    (job,) = jobs.take("w", {"checks": 1})
    store = the_store(office)
    folder = store.scratch(PLACE)
    tasks.work_of(job, folder, store, PLACE)()
    with store.opened(PLACE) as kept:
        tasks.task_of(job).accept(job, kept, Path(PLACE))()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    return case.visits.get(job=job)


def test_a_picture_of_the_address_is_kept_with_its_hash_and_not_cleaned_away(office: Path, port: int) -> None:
    call = a_call()
    call.round.settings = {"connect_to": [f"www.jia.gov.cn:80:127.0.0.1:{port}"]}
    call.round.save()
    case = handed_in(body(), call, url="http://www.jia.gov.cn/yjs/")
    acting = acting_as(of_kind(RoleKind.REVIEWER))
    screening.ask_visit(acting, case)
    with pytest.raises(Unusable, match="正在截图"):
        screening.ask_visit(acting, case)
    made = visited(case, office)
    assert (made.page_title, made.failure, made.url) == ("一件事办理", "", "http://www.jia.gov.cn/yjs/")
    picture = office / made.place
    assert hashlib.sha256(picture.read_bytes()).hexdigest() == made.sha256
    old = time.time() - 10**6
    os.utime(picture.parent, (old, old))
    remove_orphans(the_store(office))
    assert picture.exists()
    assert screening.ask_visit(acting, case).job.task == f"case-{case.pk}-2"


def test_an_address_inside_is_not_opened_and_that_is_told(office: Path) -> None:
    case = handed_in(body(), a_call(), url="http://127.0.0.1/admin")
    screening.ask_visit(acting_as(of_kind(RoleKind.REVIEWER)), case)
    made = visited(case, office)
    assert (made.place, made.sha256, made.failure) == ("", "", "不能截取内部地址")
