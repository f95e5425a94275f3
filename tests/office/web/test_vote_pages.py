"""The public vote in the browser, without one: proofs, ballots, receipts, limits, and attacks on all of them."""

import json
import re
import socket
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from people_at_work import at_work
from test_sign_in import Provider, provider
from voted import SECRET, a_ballot, a_call, a_case, a_voter, cast, days
from voted_bursts import burst

from govgauge.office import vote_receipts
from govgauge.office.ballot_writer import Writer
from govgauge.office.code_senders import OUTGOING, HttpSender, Message, NotSent
from govgauge.office.domain import case_calls
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Ballot, CaseCall, Person, RoleKind, VoteCode, Voter
from govgauge.office.queries import votes
from govgauge.web.vote import asked, cases, narrow

__all__ = ["provider"]  # a fixture of the pages for signing in
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


def test_a_citizen_votes_without_scripts_and_checks_the_receipt(voter: Client) -> None:
    a_call()
    token = proven(voter)
    answer = voter.post("/vote/r/cast", {"token": token, "choice": ["2", "1"], "secret": SECRET})
    page = answer.content.decode()
    receipt = vote_receipts.commitment("r", [1, 2], SECRET)
    assert receipt in page
    assert SECRET in page
    assert Ballot.objects.get().choices == [1, 2]
    checked = Client().get("/vote/r/receipt", {"receipt": f" {receipt.upper()} "}).content.decode()
    assert "已经计入" in checked
    assert "案例1" not in checked
    assert "token" not in voter.get("/vote/r/").content.decode(), "the browser holds it no more"


def test_who_asks_for_anothers_receipt_learns_only_that_it_counts() -> None:
    call = a_call()
    cast(a_ballot(a_voter(call), 1))
    cast(a_ballot(a_voter(call, "b@example.cn"), 2, secret="2" * 64))
    pages = [
        Client().get("/vote/r/receipt", {"receipt": vote_receipts.commitment("r", choice, secret)}).content.decode()
        for choice, secret in (([1], SECRET), ([2], "2" * 64))
    ]
    assert re.sub(r"[0-9a-f]{64}", "", pages[0]) == re.sub(r"[0-9a-f]{64}", "", pages[1])
    assert "没有这个回执号" in Client().get("/vote/r/receipt", {"receipt": "0" * 64}).content.decode()
    assert Client().get("/vote/r/receipt", {"receipt": "x"}).status_code == 422


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
    for _ in range(4):
        assert voter.post("/vote/r/code", wrong).status_code == 422
    assert voter.post("/vote/r/code", {**asked, "handle": "other"}).status_code == 422
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
        asked = parse_qs(urlsplit(away.headers["Location"]).query)
        return visitor.get("/accounts/oidc/oidc/login/callback/", {"state": asked["state"][0], "code": "x"})

    answer = through(voter)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/vote/r/")
    assert cast(a_ballot(voter.cookies["vote"].value, 1)) == ["counted"]
    assert through(Client()).status_code == 409
    assert not Person.objects.exists()
    assert voter.get("/").status_code == 302, "they are not signed in"


def test_each_voter_has_an_order_of_their_own_that_stays() -> None:
    call = a_call(cases=12)
    pages = []
    for name in ("a@example.cn", "b@example.cn"):
        visitor = Client(**HERE)
        visitor.cookies["vote"] = a_voter(call, name)
        orders = [
            re.findall(r'name="choice" value="(\d+)"', visitor.get("/vote/r/").content.decode()) for _ in range(2)
        ]
        assert orders[0] == orders[1]
        assert sorted(map(int, orders[0])) == list(range(1, 13))
        pages.append(orders[0])
    assert pages[0] != pages[1]


def test_cases_are_filtered_by_category_in_the_address(voter: Client) -> None:
    a_call()
    page = voter.get("/vote/r/?category=open").content.decode()
    assert sorted(re.findall(r"案例\d", page.partition("vote-cards")[2]))[::2] == ["案例1", "案例3", "案例5"]
    assert voter.get("/vote/r/?category=nothing").status_code == 200


def test_a_vote_that_has_not_begun_is_not_there_and_one_that_is_over_shows_its_cases() -> None:
    call = a_call(vote=days(1, 2))
    pages = ("", "turnout", "proof", "receipt", "receipts", "pictures/1")
    assert {Client().get(f"/vote/r/{page}").status_code for page in pages} == {404}
    _rules(call, vote=days(-3, -1))
    token = a_voter(call)
    page = Client().get("/vote/r/").content.decode()
    assert "现在不能进行" in page
    assert "开始投票" not in page
    answer = Client().post("/vote/r/cast", {"token": token, "choice": "1", "secret": SECRET})
    assert (answer.status_code, Ballot.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"token": "x" * 43, "choice": "1", "secret": SECRET},
        {"token": "real", "choice": "1"},
        {"token": "real", "choice": "1", "commitment": "zz"},
        {"token": "real", "choice": "0x1", "secret": SECRET},
        {"token": "real", "choice": "1" * 30, "secret": SECRET},
        {"token": "real", "choice": ["1", "1"], "secret": SECRET},
        {"token": "real", "secret": SECRET},
    ],
)
def test_what_is_no_ballot_is_refused_with_a_sentence(form: dict[str, Any]) -> None:
    token = a_voter(a_call())
    answer = Client().post("/vote/r/cast", {**form, **({"token": token} if form.get("token") == "real" else {})})
    assert answer.status_code in {400, 403, 422}
    assert "选票没有计入" in answer.content.decode()
    assert not Ballot.objects.exists()


def test_the_list_of_receipts_comes_after_the_vote_with_the_root_over_it() -> None:
    call = a_call()
    for number in range(3):
        cast(a_ballot(a_voter(call, f"v{number}@example.cn"), 1, secret=f"{number:064x}"))
    assert Client().get("/vote/r/receipts").status_code == 403
    _rules(call, vote=days(-3, -1))
    file = Client().get("/vote/r/receipts?format=txt").content.decode().split()
    assert file == sorted(Ballot.objects.values_list("commitment", flat=True))
    assert vote_receipts.root(file) in Client().get("/vote/r/receipts").content.decode()


def test_no_page_tells_anything_of_results_while_the_vote_runs(client: Client) -> None:
    call = a_call()
    for number in range(7):
        cast(a_ballot(a_voter(call, f"v{number}@example.cn"), 1, secret=f"{number:064x}"))
    for address in ("/rounds/r/vote/?count=1", "/vote/r/", "/vote/r/turnout", "/trail/", "/rounds/r/"):
        page = client.get(address).content.decode()
        assert "得票</th>" not in page, address
        assert Ballot.objects.first().commitment not in page  # type: ignore[union-attr]
    assert client.get("/vote/r/turnout").json() == {"voted": 7}
    _rules(call, vote=days(-3, -1))
    assert re.search(r"案例1<small.*?>7<", client.get("/rounds/r/vote/?count=1").content.decode(), re.DOTALL)


def test_the_pages_of_a_vote_ask_the_database_as_often_for_many_cases_as_for_one(client: Client) -> None:
    call = a_call(cases=1)

    def asked(address: str, visitor: Client) -> int:
        visitor.get(address)
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert visitor.get(address).status_code == 200
        return len(told)

    few = [asked(one, visitor) for one, visitor in (("/vote/r/", Client()), ("/rounds/r/vote/", client))]
    for number in range(2, 51):
        a_case(call, number, f"案例{number}")
        cast(a_ballot(a_voter(call, f"v{number}@example.cn"), 1, secret=f"{number:064x}"))
    many = [asked(one, visitor) for one, visitor in (("/vote/r/", Client()), ("/rounds/r/vote/", client))]
    assert many == few


def test_the_chair_decides_what_was_set_aside_with_a_reason() -> None:
    call = a_call()
    row = burst(call)
    client = at_work(RoleKind.ADMINISTRATOR)
    page = client.get("/rounds/r/vote/").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    told = {"seen": seen.group(1), "counts": "yes"}
    address = f"/rounds/r/vote/aside/{row.pk}"
    assert "请填写理由" in client.post(address, told, follow=True).content.decode()
    assert "已决定" in client.post(address, {**told, "reason": "校园网统一出口"}, follow=True).content.decode()
    assert "已由别人决定" in client.post(address, {**told, "reason": "再来"}, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.counts, row.reason) == (True, "校园网统一出口")


def test_the_pages_of_a_vote_are_in_english_too(english: Client, voter: Client) -> None:
    call = a_call(title="Cases")
    voter.cookies["language"] = "en"
    voter.cookies["vote"] = a_voter(call)
    known = r"简体中文|案例\d+的推荐理由|案例\d+|甲县|政务服务|数据开放|年评估"
    for visitor, address in (
        *((voter, f"/vote/r/{page}") for page in ("", "proof", "receipt?receipt=" + "0" * 64)),
        (english, "/rounds/r/vote/"),
    ):
        page = visitor.get(address).content.decode()
        assert re.findall(r"[\u4e00-\u9fff]+", re.sub(known, "", page).replace("某人", "")) == [], address


def _rules(call: CaseCall, **changed: object) -> None:
    now = msgspec.to_builtins(case_calls.rules_of(call), builtin_types=())
    case_calls.change_rules(PROGRAM, call, {**now, **changed})
    asked._read.clear()


def _hours_ago(hours: int) -> datetime:
    return timezone.now() - timedelta(hours=hours)
