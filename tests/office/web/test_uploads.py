"""Files that people hand in: what is taken, what is refused, who gets them back."""

import io
import os
import zipfile
from pathlib import Path

import pytest
import seeded
from django.test import Client
from people_at_work import at_work, signed_in, somebody

from govgauge.errors import Unusable
from govgauge.office.domain import uploads
from govgauge.office.domain.acting import acting_as
from govgauge.office.evidence import the_store
from govgauge.office.evidence.cleaning import remove_orphans
from govgauge.office.models import RoleKind, Upload

PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)

pytestmark = pytest.mark.usefixtures("settings_home")


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
MACROS = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("公函.PNG", PNG, "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(9), "image/jpeg"),
        ("a.pdf", b"%PDF-1.7\n", "application/pdf"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_files_of_the_known_kinds_are_kept(name: str, body: bytes, media_type: str) -> None:
    made = uploads.keep(acting_as(somebody()), io.BytesIO(body), name, purpose=uploads.LETTER)
    assert (made.name, made.media_type, made.size) == (name, media_type, len(body))
    with uploads.opened(made) as path:
        assert path.read_bytes() == body


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.exe", b"MZ", "不能上传"),
        ("a", PNG, "不能上传"),
        ("a.svg", b"<svg onload='x'/>", "不能上传"),
        ("a.html", b"<script>", "不能上传"),
        ("a.pdf", b"<script>alert(1)</script>", "内容不是 pdf 文件"),
        ("a.png", b"%PDF-1.7", "内容不是 png 文件"),
        ("a.docx", MACROS, "内容不是 docx 文件"),
        ("a.docx", archive("x"), "内容不是 docx 文件"),
        ("a.xlsx", DOCX, "内容不是 xlsx 文件"),
        ("a.docx", b"PK\x03\x04broken", "内容不是 docx 文件"),
        ("a.pdf", b"", "空文件"),
        ("a.pdf", b"%PDF-" + bytes(uploads.MOST_BYTES), "超过 20 MB"),
    ],
)
def test_disguised_empty_and_huge_files_are_refused_with_a_sentence(name: str, body: bytes, told: str) -> None:
    with pytest.raises(Unusable, match=told):
        uploads.keep(acting_as(somebody()), io.BytesIO(body), name, purpose=uploads.LETTER)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.png", "a.png"),
        ("C:\\x\\a.png", "a.png"),
        ("a\u202egnp.png", "agnp.png"),
        ("a\r\nb.png", "ab.png"),
        ("县" * 300 + ".png", "县" * 177 + ".png"),
    ],
)
def test_names_are_made_plain(name: str, shown: str) -> None:
    assert uploads.plain_name(name) == shown


def test_the_same_file_is_stored_once_and_outlasts_the_cleaning(office: Path) -> None:
    acting = acting_as(somebody())
    for name in ("a.png", "b.png"):
        uploads.keep(acting, io.BytesIO(PNG), name, purpose=uploads.LETTER)
    files = [path for path in (office / "evidence").rglob("file") if path.is_file()]
    assert len(files) == 1
    for folder in (files[0].parent, files[0]):
        os.utime(folder, (0, 0))
    assert remove_orphans(the_store(office)) == 0
    assert Upload.objects.count() == 2
    Upload.objects.all().delete()
    assert remove_orphans(the_store(office)) == 1


def status(visitor: Client, place: str) -> int:
    answer = visitor.get(place)
    answer.close()
    return answer.status_code


def test_a_file_is_given_to_its_owner_and_the_office_and_is_not_there_for_others(anonymous: Client) -> None:
    round_ = seeded.a_round()
    owner = somebody(RoleKind.ASSESSED, scope="某省/甲县")
    made = uploads.keep(acting_as(owner), io.BytesIO(PNG), "公函.png", purpose=uploads.LETTER, round_=round_)
    pdf = uploads.keep(acting_as(owner), io.BytesIO(b"%PDF-1.7"), "a.pdf", purpose=uploads.LETTER, round_=round_)
    place = f"/uploads/{made.id}"
    told = {
        "owner": status(signed_in(owner), place),
        "office": status(at_work(RoleKind.ADMINISTRATOR, round_=round_), place),
        "colleague": status(at_work(RoleKind.ASSESSED, scope="某省/乙县"), place),
        "collector": status(at_work(RoleKind.COLLECTOR), place),
        "anonymous": status(anonymous, place),
        "guessed": status(signed_in(owner), "/uploads/99999999999999999999"),
    }
    assert told == {"owner": 200, "office": 200, "colleague": 404, "collector": 404, "anonymous": 302, "guessed": 404}
    shown = signed_in(owner).get(place)
    assert b"".join(shown.streaming_content) == PNG
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    kept = signed_in(owner).get(f"/uploads/{pdf.id}")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    kept.close()


def test_two_hundred_megabytes_are_refused_before_they_are_read(client: Client) -> None:
    answer = client.generic("POST", "/people/invitations/new", b"", CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413
    assert "一次最多上传 24 MB" in answer.content.decode()


def test_who_reads_an_objection_reads_the_files_that_are_put_to_it() -> None:
    entry = seeded.an_entry(seeded.a_round(), "乙县", parent="某省/甲市")
    body = somebody(RoleKind.ASSESSED, scope=entry.key)
    kept = uploads.keep(
        acting_as(body), io.BytesIO(PNG), "a.png", purpose=uploads.OBJECTION, round_=entry.round, entry=entry
    )
    scopes = {RoleKind.SUPERVISOR: "某省", RoleKind.ASSESSED: "某省/甲市/丙县"}
    got = {}
    for kind in (RoleKind.SUPERVISOR, RoleKind.ADJUDICATOR, RoleKind.OBSERVER, RoleKind.ASSESSED, RoleKind.COLLECTOR):
        answer = at_work(kind, scope=scopes.get(kind, "")).get(f"/uploads/{kept.pk}")
        got[kind.value] = answer.status_code
        answer.close()
    assert got == {"supervisor": 200, "adjudicator": 200, "observer": 200, "assessed": 404, "collector": 404}
