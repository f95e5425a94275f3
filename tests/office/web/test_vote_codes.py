"""Codes in other hands: nobody uses up another's, shuts another out, or learns afterwards whose a code was."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from vote_visits import code_for, proven, this_test_only, voter
from voted import a_call

from govgauge.office.code_senders import OUTGOING, Message
from govgauge.office.domain import voters
from govgauge.office.models import ProofKind, VoteCode, Voter
from govgauge.office.models.votes import this_day

__all__ = ["this_test_only", "voter"]  # fixtures of another file


def test_nobody_uses_up_the_tries_of_anothers_code(voter: Client) -> None:
    a_call()
    asked = code_for(voter, "a@example.cn")
    other = code_for(Client(REMOTE_ADDR="9.9.9.9"), "b@example.cn")
    for handle in ("", "x", asked["handle"].partition(".")[0], asked["handle"][:-1], other["handle"], "é." + "é" * 32):
        for _ in range(5):
            assert Client().post("/vote/r/code", {**asked, "handle": handle}).status_code == 422
    assert VoteCode.objects.get(pk=asked["number"]).tries == 0
    assert voter.post("/vote/r/code", asked).status_code == 302


def test_who_asks_for_codes_in_anothers_name_does_not_shut_them_out(voter: Client) -> None:
    a_call()
    code_for(Client(REMOTE_ADDR="9.9.9.9"), "a@example.cn")
    VoteCode.objects.update(sent_at=_hours_ago(2))
    with override_settings(VOTE_CODES_PER_IDENTITY=1):
        attacker = Client(REMOTE_ADDR="9.9.9.9")
        page = attacker.post("/vote/r/proof", {"proof": "email", "given": "a@example.cn"}).content.decode()
        assert "今天获取" in page
        assert proven(voter)
        for number in range(1, 5):
            Client(REMOTE_ADDR=f"9.9.{number}.9").post("/vote/r/proof", {"proof": "email", "given": "z@example.cn"})
        page = voter.post("/vote/r/proof", {"proof": "email", "given": "z@example.cn"}).content.decode()
        assert "今天获取" in page, "no mailbox is flooded from many networks"


def test_a_code_that_has_worked_tells_no_more_whose_it_was(voter: Client) -> None:
    call = a_call()
    proven(voter)
    code, who = VoteCode.objects.get(), Voter.objects.get()
    assert (code.identity, code.domain, code.used_at) == ("", "", this_day())
    assert code.network != ""
    assert who.identity == voters.identity(call, ProofKind.EMAIL, "a@example.cn")


def test_no_log_names_the_address_of_a_voter(capsys: pytest.CaptureFixture[str]) -> None:
    class Refusing:
        def send(self, message: Message) -> None:
            raise SMTPRecipientsRefused({message.to: (550, b"no such user")})

    OUTGOING.hand_over(Refusing(), Message("wang@example.cn", "123456", "123456"))
    OUTGOING.flush()
    told = capsys.readouterr().err
    assert "验证码没有发出：SMTPRecipientsRefused" in told
    assert "wang" not in told


def _hours_ago(hours: int) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def test_any_number_of_domains_below_one_that_somebody_registered_count_as_one(voter: Client) -> None:
    a_call()
    for number in range(3):
        code_for(voter, f"a@mx{number}.catch-all.example")
    code_for(voter, "a@other.example")
    told = list(VoteCode.objects.order_by("id").values_list("domain", flat=True))
    assert len(set(told[:3])) == 1
    assert told[3] not in told[:3]
