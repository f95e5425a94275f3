"""What people without an account may try: markup, headers, disguised and huge files, secrets that are guessed."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from forms_found import forms_of
from nominated import a_call
from test_hostile_input import EVIL, PROGRAM, RAW
from test_hostile_parameters import hostile
from test_nomination_pages import CITIZEN, mails
from vote_visits import HERE, proven, this_test_only  # noqa: F401 - a fixture of each vote
from voted import a_call as a_vote

from govgauge.office.domain.case_steps import state_of
from govgauge.office.models import Ballot, Case, CaseProposal, Change, Upload

pytestmark = pytest.mark.usefixtures("settings_home")
MUCH = 200 * 1024 * 1024


@pytest.fixture
def citizen() -> Client:
    """Somebody who reads faults of ours as pages, as a browser does."""
    return Client(raise_request_exception=False, **HERE)


def asked(citizen: Client, **more: str) -> str:
    """Nominate; the address of one's own page."""
    mail.outbox.clear()
    answer = citizen.post("/nominate/r/", {**CITIZEN, **more})
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r"/nominate/r/[\w-]+/", mails()[0])
    assert found is not None
    return found[0]


def test_markup_and_any_signs_are_text_on_a_citizens_own_page(citizen: Client) -> None:
    a_call()
    here = asked(citizen, name=EVIL, reason=EVIL, proposer=EVIL[:60])
    page = citizen.get(here).content.decode()
    assert not RAW.search(page)
    forms = forms_of(page, here)
    assert len(forms) >= 2
    for form in forms:
        for htmx in ({}, {"HX-Request": "true"}):
            with transaction.atomic():
                answer = citizen.post(form.address, form.filled(EVIL, PROGRAM), follow=True, headers=htmx)
                assert answer.status_code < 500
                assert not RAW.search(answer.content.decode())
                transaction.set_rollback(True)
        known = {name: value.encode() for name, value in form.fields.items()} | dict.fromkeys(form.texts, b"x")
        assert hostile(citizen, "post", form.address, known) == []
    known = {name: str(value).encode() for name, value in CITIZEN.items()}
    assert hostile(citizen, "post", "/nominate/r/", known) == []


@pytest.mark.parametrize("end", ["\r\nBcc: all@example.test", "\nSubject: x", "\u2028Bcc: x", "\x00"])
def test_no_field_of_a_citizen_becomes_a_header_of_our_mail(citizen: Client, end: str) -> None:
    a_call()
    mail.outbox.clear()
    answer = citizen.post("/nominate/r/", {**CITIZEN, "name": f"案例{end}", "proposer": f"李{end}"})
    assert answer.status_code in {302, 422}, answer.status_code
    for told in mail.outbox:
        assert (told.to, told.cc, told.bcc) == ([CITIZEN["email"]], [], [])
        assert len(str(told.subject).splitlines()) == 1


def test_a_disguised_program_is_refused_and_what_was_typed_stays(citizen: Client) -> None:
    a_call()
    here = asked(citizen)
    before = Case.objects.get().reason
    sent = {"file": SimpleUploadedFile("letter.pdf", PROGRAM), "caption": "来信"}
    answer = citizen.post(here, sent, follow=True)
    assert answer.status_code < 500
    assert "letter.pdf" in answer.content.decode()
    assert (Upload.objects.count(), Case.objects.get().reason) == (0, before)


@pytest.mark.parametrize("own", [True, False])
def test_two_hundred_megabytes_of_a_citizen_are_refused_early_and_nothing_is_lost(citizen: Client, own: bool) -> None:
    a_call()
    here = asked(citizen)
    before = Case.objects.get().reason
    answer = citizen.generic("POST", here if own else "/nominate/r/", b"", CONTENT_LENGTH=str(MUCH))
    assert answer.status_code == 413
    assert "一次最多上传 24 MB" in answer.content.decode()
    assert before in citizen.get(here).content.decode()


def test_a_secret_that_is_guessed_old_or_of_another_round_opens_nothing(citizen: Client) -> None:
    a_call()
    here = asked(citizen)
    secret = here.rstrip("/").rpartition("/")[2]
    a_call(slug="other")
    tried = [
        *(
            f"/nominate/r/{one}/"
            for one in (secret[:-1], secret.swapcase(), secret + "A", "%00", "x" * 9000, "..", "%2e")
        ),
        f"/nominate/other/{secret}/",
        f"/nominate/other/{secret}/files/1",
    ]
    steps = Change.objects.count()
    for address in tried:
        for answer in (citizen.get(address), citizen.post(address, {"submit": "1", "withdraw": "1"})):
            assert answer.status_code in {404, 405}, address
            assert CITIZEN["proposer"] not in answer.content.decode()
            answer.close()
    assert (state_of(Case.objects.get()), Change.objects.count()) == ("drafted", steps)
    assert citizen.get(here).status_code == 200
    CaseProposal.objects.update(expires_at=timezone.now())
    assert citizen.get(here).status_code == citizen.post(here, {"submit": "1"}).status_code == 404


@pytest.mark.usefixtures("this_test_only")
def test_no_value_in_a_ballot_or_a_proof_is_a_fault_of_ours(citizen: Client) -> None:
    a_vote(name=EVIL, title=EVIL)
    proof = citizen.get("/vote/r/proof").content.decode()
    proven(citizen)
    page = citizen.get("/vote/r/").content.decode()
    for told, here in ((proof, "/vote/r/proof"), (page, "/vote/r/")):
        assert not RAW.search(told)
        for form in forms_of(told, here):
            known = {name: value.encode() for name, value in form.fields.items()} | dict.fromkeys(form.texts, b"x")
            assert hostile(citizen, "post", form.address, known) == [], form.address
    for address in ("/vote/r/", "/vote/r/code", "/vote/r/receipt", "/vote/r/receipts", "/vote/r/outside"):
        for method in ("get", "post"):
            assert hostile(citizen, method, address, {}) == [], address
    assert Ballot.objects.count() == 0
