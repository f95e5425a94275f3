"""Proofs of voters: codes by mail and telephone, the identity provider, their limits, and attacks on them."""

import json
import re
import socket
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from identity_provider import Provider, provider
from vote_visits import HERE, code_for, proven, this_test_only, voter
from voted import SECRET, a_ballot, a_call, a_voter, cast

from govgauge.office.code_senders import OUTGOING, HttpSender, Message, NotSent
from govgauge.office.models import Person, VoteCode, Voter

__all__ = ["provider", "this_test_only", "voter"]  # fixtures


def test_the_same_person_written_otherwise_is_the_same_person(voter: Client) -> None:
    a_call()
    token = proven(voter, "Wang.Wu+vote@Example.CN")
    voter.post("/vote/r/cast", {"token": token, "choice": "1", "secret": SECRET})
    VoteCode.objects.all().delete()
    again = Client(**HERE)
    answer = again.post("/vote/r/code", code_for(again, " wang.wu@example.cn "))
    assert answer.status_code == 409
    assert "每人只能投一次" in answer.content.decode()
    VoteCode.objects.all().delete()
    other = Client(**HERE)
    assert proven(other, "wangwu@example.cn"), "dots tell people apart"
    assert Voter.objects.count() == 2


def test_nothing_tells_before_the_proof_whether_an_address_has_voted() -> None:
    call = a_call()
    cast(a_ballot(a_voter(call, "voted@example.cn"), 1))
    pages = []
    for address in ("voted@example.cn", "new@example.cn"):
        page = Client(**HERE).post("/vote/r/proof", {"proof": "email", "given": address}).content.decode()
        pages.append(re.sub(r'value="[^"]*"', "", page))
    OUTGOING.flush()
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_a_code_is_good_for_a_few_tries_once_and_in_the_browser_that_asked(voter: Client) -> None:
    a_call()
    asked = code_for(voter, "a@example.cn")
    wrong = {**asked, "code": f"{(int(asked['code']) + 1) % 10**6:06}"}
    for _ in range(5):
        assert voter.post("/vote/r/code", wrong).status_code == 422
    assert voter.post("/vote/r/code", asked).status_code == 422, "five tries are used up"
    VoteCode.objects.all().delete()
    asked = code_for(voter, "a@example.cn")
    spaced = {**asked, "code": f" {asked['code'][:3]} {asked['code'][3:]} "}
    assert voter.post("/vote/r/code", spaced).status_code == 302
    assert voter.post("/vote/r/code", asked).status_code == 422, "it works once"
    assert voter.post("/vote/r/code", {"number": "9" * 30, "code": "1"}).status_code == 422


def test_codes_are_limited_by_person_network_and_vote(voter: Client) -> None:
    a_call()

    def ask(address: str, visitor: Client = voter) -> str:
        return visitor.post("/vote/r/proof", {"proof": "email", "given": address}).content.decode()

    assert "已经发出" in ask("a@example.cn")
    assert "刚刚发过" in ask("A+x@example.cn")
    with override_settings(VOTE_CODES_PER_NETWORK=2):
        assert "已经发出" in ask("b@example.cn")
        assert "所在的网络" in ask("c@example.cn")
        assert "已经发出" in ask("c@example.cn", Client(REMOTE_ADDR="9.9.9.9"))
        assert "已经发出" in ask("d@example.cn", Client(REMOTE_ADDR="127.0.0.1")), "a proxy of ours is nobody's network"
    with override_settings(VOTE_CODES_PER_MINUTE=1):
        assert "过几分钟" in ask("e@example.cn", Client(REMOTE_ADDR="9.9.9.9"))
    with override_settings(VOTE_CODES_PER_IDENTITY=1):
        VoteCode.objects.update(sent_at=_hours_ago(2))
        assert "今天获取" in ask("a@example.cn")
    OUTGOING.flush()


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1, VOTE_CODES_PER_NETWORK=1)
def test_behind_a_proxy_the_network_is_that_of_the_visitor() -> None:
    a_call()
    for number, told in ((1, "已经发出"), (2, "所在的网络"), (3, "已经发出")):
        come_from = f"1.1.1.1, 8.8.{4 + number // 3}.{number}"  # what a visitor puts before it does not count
        visitor = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=come_from)
        page = visitor.post("/vote/r/proof", {"proof": "email", "given": f"v{number}@example.cn"}).content.decode()
        assert told in page, number
    OUTGOING.flush()


@pytest.mark.parametrize(
    "given", ["", "a", "a@b", "a@b@c.cn", "a b@c.cn", "@c.cn", "a@.cn", "<a@c.cn>", "a@c.cn\nBcc: x@y.cn", "é@c.cn"]
)
def test_what_is_no_address_gets_a_sentence(voter: Client, given: str) -> None:
    a_call()
    answer = voter.post("/vote/r/proof", {"proof": "email", "given": given})
    assert answer.status_code == 422
    assert "邮箱地址不对" in answer.content.decode()
    assert not VoteCode.objects.exists()


@pytest.mark.usefixtures("settings_home")
def test_a_telephone_is_proved_by_a_code_that_lands_in_a_file_where_no_service_is_set(
    voter: Client, office: Path
) -> None:
    a_call()
    asked = code_for(voter, "+86 139-0000 0000", "phone")
    told = (office / "codes.txt").read_text(encoding="utf-8")
    assert "+8613900000000" in told
    asked["code"] = re.findall(r"\d{6}", told.rpartition("\t")[2])[0]
    assert voter.post("/vote/r/code", asked).status_code == 302
    VoteCode.objects.all().delete()
    cast(a_ballot(voter.cookies["vote"].value, 1))
    again = code_for(voter, "１３９００００００００", "phone")
    again["code"] = re.findall(r"\d{6}", (office / "codes.txt").read_text(encoding="utf-8").rpartition("\t")[2])[0]
    assert voter.post("/vote/r/code", again).status_code == 409


def test_a_service_for_text_messages_gets_what_its_template_says(voter: Client) -> None:
    a_call()
    got: list[tuple[str, dict[str, str]]] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            got.append((self.headers["X-Key"], json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with override_settings(
        SMS_URL=f"http://127.0.0.1:{server.server_address[1]}/send",
        SMS_BODY='{"to": "{phone}", "vars": "{code}"}',
        SMS_HEADERS='{"X-Key": "k"}',
        SMS_LOOPBACK=True,
    ):
        asked = code_for(voter, "13900000000", "phone")
    server.shutdown()
    server.server_close()
    thread.join()
    ((key, told),) = got
    assert (key, told["to"]) == ("k", "+8613900000000")
    assert voter.post("/vote/r/code", {**asked, "code": told["vars"]}).status_code == 302


def test_codes_go_to_no_service_on_this_machine_unless_it_is_said() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        sender = HttpSender(f"http://127.0.0.1:{listening.getsockname()[1]}/", "p={phone}&t={text}")
        with pytest.raises(NotSent, match="GOVGAUGE_SMS_LOOPBACK"):
            sender.send(Message("+8613900000000", "123456", "123456"))
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.usefixtures("provider")
def test_who_proves_by_the_identity_provider_votes_once_and_gets_no_account(voter: Client) -> None:
    a_call(proofs=["oidc"])

    def through(visitor: Client) -> Any:
        Provider.who = {"sub": "42", "name": "钱七", "email": "q@example.test", "email_verified": True}
        away = visitor.post("/vote/r/outside")
        asked = parse_qs(urlsplit(away.headers["Refresh"].partition("url=")[2]).query)
        return visitor.get("/accounts/oidc/oidc/login/callback/", {"state": asked["state"][0], "code": "x"})

    answer = through(voter)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/vote/r/")
    assert cast(a_ballot(voter.cookies["vote"].value, 1)) == ["counted"]
    assert through(Client()).status_code == 409
    assert not Person.objects.exists()
    assert voter.get("/").status_code == 302, "they are not signed in"


def _hours_ago(hours: int) -> datetime:
    return timezone.now() - timedelta(hours=hours)
