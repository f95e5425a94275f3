"""Visitors of a public vote: who prove an address and come back with a token."""

import re

import pytest
from django.core import mail
from django.test import Client

from govgauge.office.ballot_writer import Writer
from govgauge.office.code_senders import OUTGOING
from govgauge.office.queries import votes
from govgauge.web.vote import asked, cases, narrow

HERE = {"REMOTE_ADDR": "8.8.8.8"}


@pytest.fixture(autouse=True)
def this_test_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the office of another test: its mails, what was read of its vote, its connection of the writer."""
    mail.outbox.clear()
    asked._read.clear()
    cases._made.clear()
    votes._turnout.clear()
    monkeypatch.setattr(narrow, "WRITER", Writer())


@pytest.fixture
def voter() -> Client:
    return Client(**HERE)


def code_for(visitor: Client, given: str, proof: str = "email") -> dict[str, str]:
    """Ask for a code; what the page for entering it holds, and the code."""
    answer = visitor.post("/vote/r/proof", {"proof": proof, "given": given})
    assert answer.status_code == 200, answer.content.decode()
    page = answer.content.decode()
    OUTGOING.flush()
    told = mail.outbox[-1].body if proof == "email" else ""
    found = re.search(r"\d{6}", told)
    hidden = dict(re.findall(r'type="hidden" name="(number|handle)" value="([^"]*)"', page))
    return {**hidden, "code": found.group() if found else ""}


def proven(visitor: Client, given: str = "a@example.cn") -> str:
    """Prove an address; the token on the ballot's page."""
    answer = visitor.post("/vote/r/code", code_for(visitor, given))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/vote/r/")
    found = re.search(r'name="token" value="([^"]+)"', visitor.get("/vote/r/").content.decode())
    assert found is not None
    return found.group(1)
