"""A round with one of everything that has a page, one text wherever people write, and a reader for each role."""

import io
import os
import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

import reviewed
import seeded
from allauth.usersessions.models import UserSession
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from fielded import SENT, a_script, planned, told
from msgspec import Struct
from panelled_pages import panel_ids
from people_at_work import give, signed_in, somebody
from published_pages import portal_ids
from voted import a_call_of, a_case, days

from govgauge.office.domain import case_files, field_tests, nominations, notices, uploads, wall_links
from govgauge.office.domain.acting import PROGRAM, acting_as
from govgauge.office.models import (
    Assignment,
    BulkChange,
    CaseCall,
    CaseFile,
    CodingEvidence,
    Entry,
    Invitation,
    JobState,
    NominationKind,
    Part,
    Person,
    Quarantine,
    Registration,
    Remedy,
    RemedyState,
    Result,
    RoleKind,
    Round,
    SelfCheck,
)

ANONYMOUS, NOBODY = "anonymous", "nobody"
READERS = (ANONYMOUS, NOBODY, *(kind.value for kind in RoleKind))
REGION = "某省"
PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
WORDS = {
    "name": "report.html",
    "secret": "no-such-secret",
    "check": reviewed.MANUAL[2],
    "system": "2025-county",
    "case": "2025-site-21",
    "form": "pdf",
    "before": "2020-local",
    "after": "2025-county",
    "published": "p",
    "version": "1",
    "version_name": "1",
    "id": "2025-county",
    "rest": "nothing",
}


_KEPT: "dict[str, tuple[Everything, tempfile.TemporaryDirectory[str]]]" = {}
"""Offices with everything, by the text in them."""


class Everything(Struct, frozen=True):
    """The ids by what they are of, and the people whose things they are."""

    ids: dict[str, int]
    people: dict[str, Person]
    round: Round
    words: dict[str, object]
    """What stands in addresses beside numbers."""

    def reader(self, name: str) -> Client:
        """Somebody at the pages: anonymous, without a role, or with one."""
        return Client() if name == ANONYMOUS else signed_in(self.people[name])


def everything(text: str) -> Everything:
    """One of everything, with a text in it. Offices with SQLite where nobody is yet get a copy of the first one."""
    if connection.vendor != "sqlite" or Person.objects.exists() or Round.objects.exists():
        return _made(text)
    home = Path(os.environ["GOVGAUGE_HOME"])
    connections.close_all()  # so that all is in the file
    if text not in _KEPT:
        made, folder = _made(text), tempfile.TemporaryDirectory()
        connections.close_all()
        shutil.copytree(home, folder.name, dirs_exist_ok=True)
        _KEPT[text] = made, folder
    else:
        shutil.copytree(_KEPT[text][1].name, home, dirs_exist_ok=True)
    return deepcopy(_KEPT[text][0])


def _made(text: str) -> Everything:
    made = reviewed.a_round(text=text)
    Result.objects.update(evidence="evidence/r/1/1")  # a place that may hold something, and holds nothing
    round_, entry, coder, body = made.round, made.entry, made.coder, made.body
    people = {kind.value: somebody(kind) for kind in RoleKind if kind not in {RoleKind.ASSESSED, RoleKind.SUPERVISOR}}
    people |= {
        NOBODY: somebody(),
        RoleKind.COLLECTOR.value: coder,
        RoleKind.ASSESSED.value: body,
        RoleKind.SUPERVISOR.value: somebody(RoleKind.SUPERVISOR, scope=REGION),
    }
    seeded.a_job(entry, JobState.FAILED, reason=text)
    finding = seeded.a_finding(entry, excerpt=text, page="http://a.test/p")
    remedy = Remedy.objects.create(
        finding=finding,
        round=round_,
        entry=entry,
        audit="broken-link",
        state=RemedyState.NOTIFIED,
        due=timezone.localdate(),
    )
    check_job = seeded.a_job(entry, JobState.DONE, task="self-1", worker="")
    ids = {
        **_collected(made, text),
        **_field(round_, entry, coder, text),
        **_people(round_, entry, coder, body, text),
        **_cases(round_, entry, body, text),
        **_vote(round_, coder, text),
        **panel_ids(round_, entry, people[RoleKind.EXPERT.value], text),
        "wall_link": wall_links.make(PROGRAM, round_, text[:60], 3)[0].pk,
        "entry": entry.pk,
        "remedy": remedy.pk,
        **portal_ids(text),
        "self_check": SelfCheck.objects.create(entry=entry, by=body, job=check_job).pk,
    }
    code = round_.certificates.values_list("code", flat=True).first()
    return Everything(ids, people, round_, {"slug": round_.slug, "code": code, **WORDS})


def _collected(made: reviewed.Reviewed, text: str) -> dict[str, int]:
    task = Assignment.objects.get(pk=made.waiting.assignment_id)
    evidence = CodingEvidence.objects.create(
        coding=made.waiting, kind="address", address="http://a.test/", excerpt=text, by=made.coder
    )
    bulk = BulkChange.objects.create(round=made.round, person=made.coder, what=text, rows=[])
    return {
        "assignment": task.pk,
        "batch": made.batch.pk,
        "dispute": made.dispute.pk,
        "answer": made.answer.pk,
        "objection": made.objection.pk,
        "evidence": evidence.pk,
        "bulk": bulk.pk,
    }


def _field(round_: Round, entry: Entry, coder: Person, text: str) -> dict[str, int]:
    batch = round_.batches.get()
    task = Assignment.objects.create(
        round=round_,
        batch=batch,
        entry=entry,
        check_id="9.9.9-1",
        indicator="9.9.9",
        method="field",
        person=coder,
        part=Part.FIRST,
        minutes=5,
        due=timezone.localdate(),
    )
    script = a_script(round_, text=f"{{单位}}：{text}")
    (test,) = planned(script, task)
    told(test, SENT, timezone.localdate(), note=text)
    piece = field_tests.add_evidence(acting_as(coder), test, excerpt=text)
    return {"field_test": test.pk, "script": script.pk, "field_evidence": piece.pk}


def _vote(round_: Round, coder: Person, text: str) -> dict[str, int]:
    call = CaseCall.objects.filter(round=round_).first() or a_call_of(round_, 2, title=text[:120], name=text[:100])
    case = a_case(call, 90, text[:120], owner=text[:120])
    upload = uploads.keep(acting_as(coder), io.BytesIO(PNG), "a.png", purpose="case", round_=round_)
    picture = CaseFile.objects.create(case=case, upload=upload, caption=text[:120], by=coder)
    now = timezone.now().replace(second=0, microsecond=0)
    aside = Quarantine.objects.create(call=call, first_minute=now, last_minute=now, ballots=1, why=text[:300])
    return {"vote_picture": picture.pk, "quarantine": aside.pk}


def _people(round_: Round, entry: Entry, coder: Person, body: Person, text: str) -> dict[str, int]:
    plain = text[:60].replace("/", "／")
    other = somebody(name=text[:60])
    role = give(other, RoleKind.OBSERVER)
    invitation = Invitation.objects.create(
        email="x@example.test", name=text[:60], kind=RoleKind.EXPERT, token_hash="0", expires_at=timezone.now()
    )
    (notice,) = notices.tell([coder], "field-test-due", {"entry": text, "script": text, "due": "2025-11-30"})
    upload = uploads.keep(
        acting_as(coder), io.BytesIO(PDF), f"{plain}.pdf", purpose=uploads.FIELD_TEST, round_=round_, entry=entry
    )
    signed_in(coder)
    registration = Registration.objects.create(
        round=round_, name=entry.name, key=entry.key, entry=entry, site_name=text[:120], contact=text[:60]
    )
    registration.steps.create(kind="drafted", by=body)
    registration.steps.create(kind="submitted", by=body)
    return {
        "person": other.pk,
        "role": role.pk,
        "invitation": invitation.pk,
        "notice": notice.pk,
        "upload": upload.pk,
        "registration": registration.pk,
        "session": UserSession.objects.get(user=coder).pk,
    }


def _cases(round_: Round, entry: Entry, body: Person, text: str) -> dict[str, int]:
    call = a_call_of(round_, 2, title="2025 年优秀创新案例征集", name=text[:100], nomination=days(0, 0))
    case = nominations.draft(acting_as(body), call, entry, NominationKind.SELF)
    file = case_files.add(acting_as(body), case, io.BytesIO(PDF), f"{text[:20].replace('/', '／')}.pdf", text[:120])
    fields = {"name": text[:120], "category": "service", "owner": text[:120], "url": "http://a.test/x", "reason": text}
    nominations.save(acting_as(body), case, {**fields, "contact": text[:60], "email": "c@example.test"}, 0)
    nominations.submit(acting_as(body), case)
    return {"nomination": case.pk, "case_file": file.pk}
