"""Publishing at the pages: the office prepares, publishes, takes back; diagnoses go to those whom they concern."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work
from published_pages import a_document, a_frozen_round, prepared

from govgauge.office.domain import publication_documents, publications, publishing_runs
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublicationState, PublishingRun, RoleKind, Round

pytestmark = pytest.mark.usefixtures("settings_home")
HERE = "/rounds/p/publish/"
VALUES = {"甲县": "0.5", "乙县": "1", "丙县": "0"}


def a_version(*, public: bool = True, values: dict[str, str] | None = None) -> Publication:
    """A version with diagnoses as pages."""
    made = prepared(a_frozen_round(values or VALUES, "p"))
    publication_documents.make(PROGRAM, made, wanted=("diagnosis",), forms=("html",), workers=1)
    return publications.publish(PROGRAM, made) if public else made


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def status_of(client: Client, address: str) -> int:
    answer = client.get(address)
    answer.close()
    return answer.status_code


def number_of(publication: Publication, name: str) -> int:
    return publication.published.get(name=name).pk


def wait_for_the_end(round_: Round) -> PublishingRun:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        run = publishing_runs.last(round_)
        assert run is not None
        if run.ended_at:
            return run
        time.sleep(0.2)
    raise AssertionError(run)


def test_a_version_is_prepared_and_its_documents_made_beside_the_page() -> None:
    round_ = a_frozen_round(VALUES, "p")
    client = at_work(RoleKind.ADMINISTRATOR)
    begun = time.monotonic()
    answer = client.post(f"{HERE}prepare", {"issuer": "评估办公室", "ranks": "1", "note": "初稿"})
    assert (answer.status_code, time.monotonic() - begun < 5) == (302, True)
    again = client.post(f"{HERE}prepare", {"issuer": "评估办公室"}, follow=True).content.decode()
    assert "正在准备版本或生成文件" in again
    assert wait_for_the_end(round_).failure == ""
    made = round_.publications.get()
    assert made.shows == {"answers": False, "findings": False, "points": False, "ranks": True}
    client.post(f"{HERE}1/documents", {"kind": "diagnosis", "form": "html"})
    assert wait_for_the_end(round_).failure == ""
    assert made.documents.count() == 3
    page = text_of(client, HERE)
    assert all(word in page for word in ("第 1 版", "待公布", "初稿", "诊断报告 3 个文件", "预览"))


def test_published_with_a_note_and_withdrawn_with_a_reason() -> None:
    made = a_version(public=False)
    client = at_work(RoleKind.ADMINISTRATOR)
    client.post(f"{HERE}1/now", {"note": "正式公布"})
    made.refresh_from_db()
    assert made.state == PublicationState.PUBLIC
    assert "撤回要写明理由" in client.post(f"{HERE}1/withdraw", {"reason": "错"}, follow=True).content.decode()
    client.post(f"{HERE}1/withdraw", {"reason": "第三组数据有误"})
    made.refresh_from_db()
    assert made.state == PublicationState.WITHDRAWN
    page = text_of(client, HERE)
    assert all(word in page for word in ("正式公布", "第三组数据有误", "已撤回"))
    prepared(made.round)
    client.post(f"{HERE}2/discard", {"reason": "重做"})
    assert "已作废" in text_of(client, HERE)
    assert "请至少选择" in client.post(f"{HERE}1/documents", follow=True).content.decode()


def test_the_office_has_the_files_of_a_version_before_it_is_public() -> None:
    made = prepared(a_frozen_round(VALUES, "p"))
    file = a_document(made, "总报告")
    client = at_work(RoleKind.ADMINISTRATOR)
    assert f"{HERE}1/documents/{file.pk}" in text_of(client, HERE)
    answer = client.get(f"{HERE}1/documents/{file.pk}")
    assert b"".join(answer) == b"%PDF-1.7\n"  # type: ignore[arg-type]
    assert answer.headers["Cache-Control"] == "private, no-store"
    publication_documents.path_of(file).unlink()
    assert client.get(f"{HERE}1/documents/{file.pk}").status_code == 404
    assert client.get(f"{HERE}2/documents/{file.pk}").status_code == 404


READERS = {
    "own body": (RoleKind.ASSESSED, "某省/甲县", 200),
    "another body": (RoleKind.ASSESSED, "某省/乙县", 404),
    "its region": (RoleKind.SUPERVISOR, "某省", 200),
    "another region": (RoleKind.SUPERVISOR, "别省", 404),
    "office": (RoleKind.ADMINISTRATOR, "", 200),
    "observer": (RoleKind.OBSERVER, "", 200),
    "collector": (RoleKind.COLLECTOR, "", 403),
    "expert": (RoleKind.EXPERT, "", 403),
}


@pytest.mark.parametrize(("kind", "scope", "status"), READERS.values(), ids=READERS)
def test_a_diagnosis_is_for_its_body_its_region_and_the_office(kind: RoleKind, scope: str, status: int) -> None:
    made = a_version()
    address = f"/rounds/p/diagnoses/{number_of(made, '甲县')}/html"
    client = at_work(kind, scope=scope)
    answer = client.get(address)
    assert answer.status_code == status
    if status == 200:
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "甲县诊断报告" in b"".join(answer).decode()  # type: ignore[arg-type]
        assert address in text_of(client, "/rounds/p/diagnoses/")
    else:
        assert address not in text_of(client, "/rounds/p/diagnoses/")


def test_before_publication_and_after_withdrawal_only_the_office_reads_diagnoses() -> None:
    made = a_version(public=False)
    address = f"/rounds/p/diagnoses/{number_of(made, '甲县')}/html"
    body, office = at_work(RoleKind.ASSESSED, scope="某省/甲县"), at_work(RoleKind.ADMINISTRATOR)
    assert (status_of(body, address), status_of(office, address)) == (404, 200)
    assert "待公布，只有办公室能看到" in text_of(office, "/rounds/p/diagnoses/")
    publications.publish(PROGRAM, made)
    assert status_of(body, address) == 200
    assert "我们的诊断报告" in text_of(body, "/")
    made.refresh_from_db()
    publications.withdraw(PROGRAM, made, "数据有误")
    assert (status_of(body, address), status_of(office, address)) == (404, 404)
    assert Client().get(address).status_code == 302


def test_pages_ask_the_same_number_of_questions_for_few_and_many() -> None:
    counts = {}
    for slug, many in (("p", 1), ("q", 12)):
        made = prepared(a_frozen_round({f"{slug}{number}县": "0.5" for number in range(many)}, slug))
        publication_documents.make(PROGRAM, made, wanted=("diagnosis",), forms=("html",), workers=1)
        for number in range(many):
            a_document(made, f"报告{number}", f"special-{number}")
        client = at_work(RoleKind.ADMINISTRATOR)
        for page in ("publish/", "diagnoses/"):
            client.get(f"/rounds/{slug}/{page}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/rounds/{slug}/{page}")
            counts[slug, page] = len(asked)
    assert counts["p", "publish/"] == counts["q", "publish/"]
    assert counts["p", "diagnoses/"] == counts["q", "diagnoses/"]
