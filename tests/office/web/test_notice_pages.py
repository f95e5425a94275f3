"""Messages on the screen: one's own only, read and unread, and how one wants to be told."""

import pytest
import seeded
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work, signed_in, somebody

from govgauge.office.domain import notices
from govgauge.office.models import Delivery, Notice, NoticeChoice, Person, RoleKind
from govgauge.office.queries import inbox

FACTS = {"entry": seeded.EVIL, "count": 3, "due": "2025-12-01"}


def told(person: Person, count: int = 1, address: str = "/messages/choices") -> Notice:
    for _ in range(count):
        (made,) = notices.tell([person], "remedy-urged", FACTS, address=address)
    return made


def test_messages_are_shown_as_text_with_how_many_are_unread() -> None:
    person = somebody(RoleKind.OBSERVER)
    told(person)
    page = signed_in(person).get("/messages/").content.decode()
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;：3 个问题到期未整改" in page
    assert "<script>alert" not in page
    assert "1 条未读" in page
    assert '<b>1<span class="sr-only">' in page


def test_following_a_message_reads_it_and_leads_to_its_page() -> None:
    person = somebody(RoleKind.OBSERVER)
    notice = told(person)
    answer = signed_in(person).get(f"/messages/{notice.id}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/messages/choices")
    assert inbox.unread_count(person) == 0
    outside = told(person, address="//evil.test/")
    assert signed_in(person).get(f"/messages/{outside.id}/").headers["Location"] == "/messages/"


def test_messages_are_marked_in_bulk_and_back() -> None:
    person = somebody(RoleKind.OBSERVER)
    notice = told(person, 3)
    visitor = signed_in(person)
    visitor.post("/messages/read", {"one": [notice.id, "x", "9" * 30], "do": "read"})
    assert inbox.unread_count(person) == 2
    visitor.post("/messages/read", {"do": "all"})
    assert inbox.unread_count(person) == 0
    visitor.post("/messages/read", {"one": [notice.id], "do": "unread"})
    assert [one.id for one in inbox.notices(person, unread=True)] == [notice.id]
    assert "没有选中消息" in visitor.post("/messages/read", {"do": "read"}, follow=True).content.decode()


def test_mails_are_chosen_event_by_event() -> None:
    person = somebody(RoleKind.OBSERVER)
    visitor = signed_in(person)
    visitor.post("/messages/choices", {"remedy-urged": "never"})
    assert NoticeChoice.objects.values_list("event", "mail").get() == ("remedy-urged", "never")
    refused = visitor.post("/messages/choices", {"remedy-urged": "weekly"}, follow=True).content.decode()
    assert "不能选择" in refused


def queries(visitor: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert visitor.get(address).status_code == 200
    return len(seen)


def test_lists_ask_the_same_number_of_times_with_1_and_50_rows(client: Client) -> None:
    one, many = somebody(RoleKind.OBSERVER), somebody(RoleKind.OBSERVER)
    told(one)
    assert queries(client, "/messages/outgoing") == (first := queries(client, "/messages/outgoing"))
    told(many, 50)
    assert queries(signed_in(one), "/messages/") == queries(signed_in(many), "/messages/") <= 12
    assert queries(client, "/messages/outgoing") == first


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_messages_come_out_as_a_file(kind: str) -> None:
    person = somebody(RoleKind.OBSERVER)
    told(person)
    answer = signed_in(person).get(f"/messages/?format={kind}")
    assert f".{kind}" in answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content)


def test_an_administrator_sees_what_could_not_be_sent(client: Client) -> None:
    told(somebody(RoleKind.OBSERVER))
    Delivery.objects.update(state="failed", reason="OSError: refused")
    page = client.get("/messages/outgoing?state=failed").content.decode()
    assert "OSError: refused" in page
    assert "未发出" in page
    assert "OSError" not in client.get("/messages/outgoing?state=sent").content.decode()


PAGES = ("/messages/", "/messages/choices", "/messages/outgoing", "/messages/{n}/")


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("owner", (200, 200, 403, 302)),
        ("colleague", (200, 200, 403, 404)),
        ("administrator", (200, 200, 200, 404)),
        ("anonymous", (302, 302, 302, 302)),
    ],
)
def test_nobody_gets_the_messages_of_others(anonymous: Client, who: str, statuses: tuple[int, ...]) -> None:
    owner = somebody(RoleKind.OBSERVER)
    notice = told(owner)
    visitor = {
        "owner": lambda: signed_in(owner),
        "colleague": lambda: at_work(RoleKind.OBSERVER),
        "administrator": lambda: at_work(RoleKind.ADMINISTRATOR),
        "anonymous": lambda: anonymous,
    }[who]()
    got = [visitor.get(page.format(n=notice.id)) for page in PAGES]
    assert tuple(answer.status_code for answer in got) == statuses
    if who != "owner":
        assert all(b"3 \xe4\xb8\xaa\xe9\x97\xae\xe9\xa2\x98" not in answer.content for answer in got[:2])
    if who != "anonymous":
        assert visitor.get("/messages/99999999999999999999999/").status_code == 404


def test_an_administrator_of_one_round_reads_nothing_that_went_out_of_another() -> None:
    round_, other = seeded.a_round(), seeded.a_round("o")
    visitor = at_work(RoleKind.ADMINISTRATOR, round_=round_)
    for one, name in ((round_, "本轮县"), (other, "外轮县")):
        notices.tell([somebody()], "remedy-urged", {**FACTS, "entry": name}, round_=one)
    for address in ("/messages/outgoing", "/messages/outgoing?format=csv"):
        answer = visitor.get(address)
        page = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "本轮县" in page.decode()
        assert "外轮县" not in page.decode()
