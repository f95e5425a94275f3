"""Certificates at the pages: the office issues and ends them, holders keep them, everybody checks them."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from certified import a_published_call, an_award, certified
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from panelled import Panelled
from people_at_work import at_work

from govgauge.office.domain import certificates
from govgauge.office.models import CertificateKind, RoleKind
from govgauge.reports.certificates.checking import MOST_BYTES
from govgauge.reports.certificates.numbering import Number
from govgauge.web.certificates import check
from govgauge.web.certificates.limits import PerMinute

pytestmark = pytest.mark.usefixtures("settings_home")
HERE = "/certificates/"


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts of this test alone."""
    monkeypatch.setattr(check, "NUMBERS", PerMinute(1000))
    monkeypatch.setattr(check, "FILES", PerMinute(1000))


def sent(content: bytes, name: str = "a.pdf") -> HttpResponse:
    return Client(enforce_csrf_checks=True).post(HERE, {"file": SimpleUploadedFile(name, content)})


def told(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_number_however_typed_leads_to_its_page() -> None:
    made = a_published_call()
    one = certified(made)[0]
    code = certificates.signed(one).code
    written = f"政测证字〔{one.code[:4]}〕第 {one.code[5:]} 号"
    answer = Client().get(HERE, {"number": written, "c": code})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{HERE}{one.code}/?c={code}")
    page = Client().get(answer.headers["Location"])
    assert page.status_code == 200
    assert all(word in told(page) for word in ("证书真实有效", "县0", "优秀创新案例", written))
    assert "有这份证书" in told(Client().get(f"{HERE}{one.code}/"))
    assert "核验码不对" in told(Client().get(f"{HERE}{one.code}/?c=AAAAAAAAAAAA"))
    assert "编号有误" in told(Client().get(HERE, {"number": one.code[:-1] + str((int(one.code[-1]) + 1) % 10)}))
    assert "这不是证书编号" in told(Client().get(HERE, {"number": "<b>x</b>\x00"}))
    unknown = Client().get(f"{HERE}{Number(2024, 1).code}/")
    assert (unknown.status_code, "没有这个编号" in told(unknown)) == (404, True)


def test_a_file_is_told_as_what_it_is_without_a_cookie_and_not_kept() -> None:
    made = a_published_call()
    one, other = certified(made)
    pdf = certificates.file_of(made.chair, one)
    answer = sent(pdf)
    assert "证书真实有效" in told(answer)
    assert (answer.headers["Cache-Control"], dict(answer.cookies)) == ("no-store", {})
    words = {
        "文件被改动过": pdf + b" ",
        "文件里没有我们的签名": b"%PDF-1.7\n1 0 obj",
        "文件已加密": b"%PDF-1.7\ntrailer <</Encrypt 1 0 R>>",
        "这不是 PDF 文件": b"MZ",
        "签名不真实": b"%PDF-1.7\ngovgauge-certificate-1:AAAA.BBBB",
        "文件太大": b"%PDF-1.7\n" + bytes(MOST_BYTES),
    }
    assert {word: word in told(sent(content)) for word, content in words.items()} == dict.fromkeys(words, True)
    certificates.revoke(made.chair, other, "案例材料不实")
    page = told(sent(certificates.file_of(made.chair, other) + b"\n"))
    assert all(word in page for word in ("证书已撤销", "案例材料不实", "还被改动过"))
    assert "这不是 PDF 文件" in told(Client().post(HERE))
    assert Client().post(HERE, b"--x", content_type="multipart/form-data; boundary=y").status_code in {200, 400}


def test_who_asks_too_often_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "NUMBERS", PerMinute(3))
    monkeypatch.setattr(check, "FILES", PerMinute(1))
    asked = [Client(REMOTE_ADDR="203.0.113.9").get(f"{HERE}2025-00001-0/").status_code for _again in range(4)]
    assert asked[2:] == [asked[0], 429]
    assert Client(REMOTE_ADDR="198.51.100.1").get(f"{HERE}2025-00001-0/").status_code == asked[0]
    assert Client(REMOTE_ADDR="203.0.113.7").get(HERE).status_code == 200
    files = [Client(REMOTE_ADDR="203.0.113.9").post(HERE, {}) for _again in range(2)]
    assert [one.status_code for one in files] == [200, 429]
    assert files[1].headers["Retry-After"] == "60"


def test_the_office_previews_issues_and_ends(client: Client) -> None:
    made = a_published_call(3)
    page = told(client.get("/rounds/r/certificates/issue?cases=1"))
    assert "别人打不开，颁发后也不能再改" in page
    assert "将颁发 3 份" in page
    changed = client.post("/rounds/r/certificates/issue/do", {"cases": "1", "expected": "2"})
    assert (changed.headers["Location"], made.round.certificates.count()) == ("/rounds/r/certificates/issue?cases=1", 0)
    client.post("/rounds/r/certificates/issue/do", {"cases": "1", "expected": "3"})
    first, second, _third = made.round.certificates.order_by("serial")
    here = f"/rounds/r/certificates/{first.pk}/"
    assert "撤销证书" in told(client.get(here))
    client.post(f"{here}revoke", {"reason": "错"})
    first.refresh_from_db()
    assert first.state == "valid"
    client.post(f"{here}revoke", {"reason": "案例材料不实"})
    first.refresh_from_db()
    assert first.state == "revoked"
    made.cases[1].owner = "新县人民政府"
    made.cases[1].save()
    there = f"/rounds/r/certificates/{second.pk}/"
    assert "新县人民政府" in told(client.get(there))
    client.post(f"{there}reissue", {"reason": "单位更名"})
    latest = made.round.certificates.order_by("-serial").first()
    assert latest
    assert (latest.holder, latest.replaces) == ("新县人民政府", second)
    assert latest.code in told(Client().get(f"{HERE}{second.code}/"))


def test_the_list_is_filtered_kept_as_a_file_and_asks_as_often_for_many(client: Client) -> None:
    made = a_published_call(2)
    certified(made)
    with CaptureQueriesContext(connection) as few:
        client.get("/rounds/r/certificates/")
    other = a_published_call_more(made)
    with CaptureQueriesContext(connection) as many:
        page = told(client.get("/rounds/r/certificates/"))
    assert len(many) == len(few)
    assert other in page
    lines = list(csv.reader(io.StringIO(_text(client.get("/rounds/r/certificates/?format=csv&text=县1")))))
    assert len(lines) > 1
    assert {line[1][:2] for line in lines[1:]} == {"县1"}
    assert "没有符合条件的证书" in told(client.get("/rounds/r/certificates/?state=revoked"))
    archive = client.get("/rounds/r/certificates/files.zip?text=县1")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(archive.streaming_content)))
    assert packed.testzip() is None
    assert len(packed.namelist()) == len(lines) - 1
    assert all("证书真实有效" in told(sent(packed.read(name))) for name in packed.namelist()[:2])


def test_a_body_finds_its_own_certificates_and_nobody_elses() -> None:
    made = a_published_call()
    mine, other = certified(made)
    body = at_work(RoleKind.ASSESSED, scope="某省/县0")
    assert "我们的证书" in told(body.get("/"))
    page = told(body.get("/my-certificates/"))
    assert (mine.code in page, other.code in page) == (True, False)
    got = body.get(f"/my-certificates/{mine.code}.pdf")
    assert "证书真实有效" in told(sent(got.content))
    assert body.get(f"/my-certificates/{other.code}.pdf").status_code == 404
    certificates.revoke(made.chair, other, "案例材料不实")
    assert at_work(RoleKind.ADMINISTRATOR).get(f"/my-certificates/{other.code}.pdf").status_code == 404
    assert "我们的证书" not in told(at_work(RoleKind.ASSESSED, scope="某省/无").get("/"))
    number = made.cases[0].number
    assert mine.code in told(body.get(f"/awards/r/{number}/certificate"))


def test_a_lost_key_is_a_sentence_on_the_page(client: Client, office: Path) -> None:
    made = a_published_call()
    one = certified(made)[0]
    for file in (office / "certificate-keys").iterdir():
        file.unlink()
    for address in (f"/my-certificates/{one.code}.pdf", "/rounds/r/certificates/files.zip"):
        answer = client.get(address)
        assert (answer.status_code, "keys --new" in told(answer)) == (503, True)
    assert "有这份证书" in told(Client().get(f"{HERE}{one.code}/"))


def a_published_call_more(made: Panelled) -> str:
    """Forty more certificates in the round; the number of the last one."""
    awards = [an_award(made.round, number) for number in range(10, 50)]
    assert {one.kind for one in awards} == {CertificateKind.ASSESSED}
    return certificates.issue(made.chair, made.round, awards)[-1].code


def _text(answer: HttpResponse) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")
