"""The public vote in the browser, without one: ballots, receipts, lists, and attacks on all of them."""

import re
from typing import Any

import pytest
from case_days import rules_had
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work
from vote_visits import HERE, proven, this_test_only, voter
from voted import SECRET, a_ballot, a_call, a_case, a_voter, cast, days
from voted_bursts import burst

from govgauge.office import vote_receipts
from govgauge.office.models import Ballot, CaseCall, RoleKind
from govgauge.web.vote import asked

__all__ = ["this_test_only", "voter"]  # fixtures


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
    file = b"".join(Client().get("/vote/r/receipts?format=txt").streaming_content).decode().split()
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
    _rules(call, vote=days(-3, -1), panel=days(-3, 1))
    page = client.get("/rounds/r/vote/?count=1").content.decode()
    assert "得票</th>" not in page, "the panel is still at work"
    assert "都结束并" in page
    _rules(call, panel=None)
    assert "得票</th>" not in client.get("/rounds/r/vote/?count=1").content.decode(), "nobody has counted"
    client.post("/rounds/r/panel/results/do", {"do": "count"})
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
    rules_had(call, **changed)
    asked._read.clear()
