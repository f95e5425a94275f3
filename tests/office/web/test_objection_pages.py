"""Objections on the screen: filed, looked into, previewed, decided and published, nothing too early."""

from contextlib import closing
from datetime import timedelta

import pytest
from answered import assigned, submitted
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people_at_work import at_work, signed_in, somebody
from review_readers import HTMX, made, place, readers
from reviewed import AUTO, MANUAL, Reviewed, a_round
from scored import a_finding

from govgauge.office.domain import objections, remedies
from govgauge.office.domain.acting import PROGRAM, acting_as
from govgauge.office.domain.stages import today
from govgauge.office.models import (
    Answer,
    Assignment,
    AssignmentState,
    CodingEvidence,
    FindingLook,
    Objection,
    RoleKind,
)
from govgauge.office.queries import answer_lists
from govgauge.office.queries import findings as in_words

__all__ = ["made", "readers"]  # fixtures


@pytest.mark.usefixtures("settings_home")
def test_a_body_objects_with_files_and_takes_it_back(made: Reviewed, readers: dict[str, Client]) -> None:
    assert AUTO.audit is not None
    finding = a_finding(made.entry, AUTO.audit)
    address = place(made, f"/entries/{{entry}}/answers/{AUTO.id}/object")
    page = readers["body"].get(address).content.decode()
    assert "整个答案" in page
    disguised = SimpleUploadedFile("证明.pdf", b"MZ\x90\x00 no document", "application/pdf")
    text = "该链接在 11 月 20 日已经修复，请复查。"
    refused = readers["body"].post(address, {"text": text, "finding": str(finding.id), "files": disguised})
    assert refused.status_code == 409
    assert f"{text}</textarea>" in refused.content.decode()
    assert Objection.objects.count() == 1
    elsewhere = readers["body"].post(address, {"text": text, "finding": "999"})
    assert "已不在列表中" in elsewhere.content.decode()
    sent = readers["body"].post(address, {"text": text, "finding": str(finding.id)})
    mine = Objection.objects.latest("id")
    assert sent.headers["Location"] == f"/rounds/r/objections/{mine.id}/"
    assert mine.finding == finding
    assert text in readers["colleague"].get(sent.headers["Location"]).content.decode()
    real = SimpleUploadedFile("证明.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    whole = place(made, f"/entries/{{entry}}/answers/{AUTO.id}/object")
    readers["body"].post(whole, {"text": text, "files": real})
    kept = Objection.objects.latest("id").uploads.get()
    seen = {}
    for name, client in readers.items():
        with closing(client.get(f"/uploads/{kept.id}")) as answer:
            seen[name] = answer.status_code
    allowed = {"administrator", "reviewer", "observer", "adjudicator", "body", "colleague"}
    assert seen == {name: 200 if name in allowed else 404 for name in readers}
    readers["body"].post(f"{sent.headers['Location']}withdraw")
    mine.refresh_from_db()
    assert mine.state == "withdrawn"


def test_an_owner_has_a_preliminary_finding_looked_at_and_the_office_reads_what_came_of_it(
    made: Reviewed, readers: dict[str, Client]
) -> None:
    assert AUTO.audit is not None
    finding = a_finding(made.entry, AUTO.audit)
    address = place(made, f"/entries/{{entry}}/answers/{AUTO.id}/object")
    ask = place(made, "/entries/{entry}/checks/findings")
    assert "申请复查" in readers["body"].get(address).content.decode()
    told = readers["body"].post(ask, {"look": str(finding.id), "back": address}, follow=True).content.decode()
    assert "复查已排上队" in told
    assert "单位申请复查，等待中" in told
    FindingLook.objects.update(seen="gone")
    assert (
        "单位申请复查：已不见"
        in readers["administrator"].get("/rounds/r/remedies/unsent?confirmed=all").content.decode()
    )
    foreign = readers["stranger"].post(ask, {"look": str(finding.id)})
    assert (foreign.status_code, FindingLook.objects.count()) == (404, 1)
    delicate = a_finding(made.entry, "wrong-word", 2)
    for number in (delicate.id, 0, "x", 10**30):
        refused = readers["body"].post(ask, {"look": str(number), "back": address}, follow=True).content.decode()
        assert "没有这个问题" in refused
    objections.set_period(PROGRAM, made.round, today() + timedelta(days=1), today() + timedelta(days=2))
    assert readers["body"].post(ask, {"look": str(finding.id)}).status_code == 403
    assert FindingLook.objects.count() == 1


def test_delicate_findings_are_shown_to_their_body_once_the_office_has_confirmed_them(
    made: Reviewed, readers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert AUTO.audit is not None
    for module in (answer_lists, in_words, remedies):
        monkeypatch.setattr(module, "REVIEWED_TWICE", frozenset({AUTO.audit}))
    finding = a_finding(made.entry, AUTO.audit)
    address, own = (
        place(made, path) for path in (f"/entries/{{entry}}/answers/{AUTO.id}/object", "/entries/{entry}/answers/")
    )
    radio = f'value="{finding.id}"'

    def seen(name: str) -> tuple[bool, bool]:
        return radio in readers["body"].get(address).content.decode(), "等待办公室二次审核" in readers[name].get(
            own
        ).content.decode()

    assert (seen("body"), seen("administrator")) == ((False, True), (False, False))
    refused = readers["body"].post(address, {"text": "该链接已经修复，请复查。", "finding": str(finding.id)})
    assert (refused.status_code, "已不在列表中" in refused.content.decode()) == (409, True)
    first = acting_as(somebody(RoleKind.REVIEWER))
    (remedy,) = remedies.notify(first, made.round, [finding.id]).remedies
    assert seen("body") == (False, True)
    remedies.review(acting_as(somebody(RoleKind.REVIEWER)), made.round, [remedy.id], agree=True)
    assert seen("body") == (True, False)


def test_an_effect_is_previewed_then_decided_and_the_body_learns_of_it_when_it_is_published(
    made: Reviewed, readers: dict[str, Client]
) -> None:
    address = place(made, "/objections/{objection}/")
    preview = readers["adjudicator"].post(f"{address}decide", {"answer": "1", "do": "preview"}, headers=HTMX)
    assert preview.content.decode().startswith('<div id="effect"')
    assert "组内名次" in preview.content.decode()
    assert Answer.objects.get(check_id=MANUAL[2]).value == 0
    told = {"answer": "1", "do": "decide", "decision": "upheld", "reason": "证据属实，予以采纳"}
    half = readers["adjudicator"].post(f"{address}decide", {**told, "answer": ""})
    assert (half.status_code, "证据属实，予以采纳</textarea>" in half.content.decode()) == (409, True)
    readers["adjudicator"].post(f"{address}decide", told)
    assert Answer.objects.get(check_id=MANUAL[2]).value == 1
    page = readers["body"].get(address).content.decode()
    assert "处理中" in page
    own = readers["body"].get(place(made, "/entries/{entry}/answers/")).content.decode()
    assert ("予以采纳" in page, "upheld" in page, "予以采纳" in own, "异议决定" in own) == (False,) * 4
    readers["administrator"].post("/rounds/r/objections/publish")
    page = readers["body"].get(address).content.decode()
    assert "予以采纳" in page
    assert "决定后" in page
    assert "某人" not in page


def test_bodies_see_nothing_before_the_period(made: Reviewed, readers: dict[str, Client]) -> None:
    objections.set_period(PROGRAM, made.round, today() + timedelta(days=1), today() + timedelta(days=2))
    for path in ("/entries/{entry}/answers/", "/objections/{objection}/", "/entries/{entry}/answers/{check}/object"):
        answer = readers["body"].get(place(made, path))
        assert answer.status_code == 403
        assert "异议期从" in answer.content.decode()
    assert readers["observer"].get(place(made, "/entries/{entry}/answers/")).status_code == 200


def test_who_decides_an_objection_sees_what_the_answer_rests_on() -> None:
    made = a_round()
    task = assigned(made.batch, made.answer.entry, made.coder, check=made.answer.check_id)
    coding = submitted(task, "0", "三个栏目都是空的")
    Assignment.objects.filter(id=task.id).update(state=AssignmentState.ACCEPTED)
    CodingEvidence.objects.create(
        coding=coding, kind="address", address="http://a.test/", excerpt="栏目建设中", by=made.coder
    )
    place = f"/rounds/r/objections/{made.objection.id}/"
    assert "栏目建设中" in at_work(RoleKind.ADMINISTRATOR).get(place).content.decode()
    assert "栏目建设中" not in signed_in(made.body).get(place).content.decode()
