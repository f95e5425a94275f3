"""People are told: each once, as they chose, by mails that come together, and never inside of what is told."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from govgauge.office.domain import notices
from govgauge.office.domain.acting import acting_as
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Delivery, DeliveryState, Entry, MailPace, Notice, Person, Role, RoleKind, Round
from govgauge.office.notice_texts import events, names_in, text, title
from govgauge.office.outbox import webhook
from govgauge.office.outbox.sending import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, QUIET, Sent, send_due
from govgauge.office.queries import inbox

URGED = {"entry": "某省/甲市", "count": 3, "due": "2025-12-01"}
LOCMEM = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")


@pytest.fixture(autouse=True)
def mails() -> Iterator[list[mail.EmailMessage]]:
    """What was sent."""
    with LOCMEM:
        mail.outbox = []
        yield mail.outbox


def somebody(email: str = "a@example.test", **role: object) -> Person:
    person = Person.objects.create_user(email, name="某人")
    if role:
        Role.objects.create(person=person, **role)
    return person


def later(**time: float) -> datetime:
    return timezone.now() + timedelta(**time)


def test_every_event_says_the_same_in_both_languages_of_the_same_facts() -> None:
    for name, event in events().items():
        asked = [names_in(words.title) | names_in(words.text) for words in (event.zh, event.en)]
        same = [{one.removesuffix("_en") for one in found} for found in asked]
        assert same[0] == same[1], name
        assert all(words.name and words.title and words.text for words in (event.zh, event.en)), name


def test_a_notice_needs_all_its_facts_and_a_known_event() -> None:
    with pytest.raises(ValueError, match="no count, due"):
        notices.tell([somebody()], "remedy-urged", {"entry": "甲市"})
    with pytest.raises(KeyError):
        notices.tell([], "no-such-event", {})


def test_somebody_is_told_once_however_often_they_are_named() -> None:
    person = somebody()
    notices.tell([person, person], "remedy-urged", URGED, address="/rounds/r/remedies/")
    told = inbox.told(inbox.notices(person).get())
    assert told.title == "某省/甲市：3 个问题到期未整改"
    assert inbox.unread_count(person) == 1
    assert inbox.told(told.notice, "en").title == "某省/甲市: 3 findings are overdue"


def test_facts_are_text_and_never_a_template_or_a_head_of_a_mail(mails: list[mail.EmailMessage]) -> None:
    evil = "甲{__class__}\r\nBcc: x@evil.test"
    notices.tell([somebody()], "remedy-urged", {**URGED, "entry": evil})
    assert title("remedy-urged", {**URGED, "entry": evil}) == "甲{__class__} Bcc: x@evil.test：3 个问题到期未整改"
    assert send_due().mails == 1
    assert mails[0].recipients() == ["a@example.test"]
    assert title("of-another-version", {}) == "of-another-version"
    assert text("of-another-version", {}) == ""


def test_what_waits_for_an_ended_account_is_not_sent_and_the_list_says_why(mails: list[mail.EmailMessage]) -> None:
    person = somebody()
    notices.tell([person], "remedy-urged", URGED)
    Person.objects.filter(id=person.id).update(is_active=False)
    assert send_due() == Sent(failed=1)
    assert mails == []
    one = Delivery.objects.get()
    assert (one.state, "账号已停用" in one.reason) == (DeliveryState.FAILED, True)
    assert send_due(later(days=3)) == Sent()


def test_what_comes_together_goes_out_together_and_the_next_mail_waits(mails: list[mail.EmailMessage]) -> None:
    person = somebody()
    for count in (1, 2):
        notices.tell([person], "remedy-urged", {**URGED, "count": count}, address="/rounds/r/remedies/")
    assert send_due() == Sent(mails=1)
    assert mails[0].subject == "[政测] 2 条消息：某省/甲市：1 个问题到期未整改"
    assert "http://127.0.0.1:8800/rounds/r/remedies/" in mails[0].body
    notices.tell([person], "remedy-urged", URGED)
    assert send_due() == Sent()
    assert send_due(timezone.now() + QUIET + timedelta(seconds=1)) == Sent(mails=1)
    assert send_due(later(days=2)) == Sent()


def test_people_choose_what_they_get_and_when(mails: list[mail.EmailMessage]) -> None:
    never, daily = somebody(), somebody("b@example.test")
    notices.choose(acting_as(never), {"remedy-urged": MailPace.NEVER})
    notices.choose(acting_as(daily), {"remedy-urged": MailPace.DAILY})
    notices.tell([never, daily], "remedy-urged", URGED)
    assert (inbox.unread_count(never), inbox.unread_count(daily)) == (1, 1)
    due = timezone.localtime(Delivery.objects.get().not_before)
    assert (due.hour, due.minute, due > timezone.now()) == (8, 0, True)
    assert send_due() == Sent()
    assert send_due(later(days=1)) == Sent(mails=1)
    assert [one.to for one in mails] == [["b@example.test"]]
    chosen = {one.event: one.mail for one in inbox.choices(never)}
    assert (chosen["remedy-urged"], chosen["remedy-rechecked"]) == ("never", "at-once")


@transaction.atomic
def told_in_vain() -> None:
    notices.tell([somebody()], "remedy-urged", URGED)
    raise RuntimeError


def test_nothing_is_told_of_what_did_not_happen() -> None:
    with pytest.raises(RuntimeError):
        told_in_vain()
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_mail_server_that_is_away_costs_no_mail(mails: list[mail.EmailMessage]) -> None:
    notices.tell([somebody()], "remedy-urged", URGED)
    away = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9}
    with override_settings(**away):
        assert send_due().failed == 1
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert "refused" in waiting.reason
    assert send_due(later(minutes=5)) == Sent(mails=1)
    assert len(mails) == 1


def test_what_fails_again_and_again_is_given_up_and_says_why() -> None:
    notices.tell([somebody()], "remedy-urged", URGED)
    with override_settings(EMAIL_BACKEND="no.such.Backend"):
        for day in range(MOST_ATTEMPTS):
            send_due(later(days=day + 1))
    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.attempts) == (DeliveryState.FAILED, MOST_ATTEMPTS)
    assert given_up.reason.startswith("ModuleNotFoundError")


def test_what_a_dead_sender_claimed_is_sent_by_another(mails: list[mail.EmailMessage]) -> None:
    notices.tell([somebody()], "remedy-urged", URGED)
    Delivery.objects.update(state=DeliveryState.SENDING, claimed_at=timezone.now())
    assert send_due() == Sent()
    assert send_due(later(hours=1)) == Sent(mails=1)
    assert len(mails) == 1


@override_settings(EMAIL_BACKEND="govgauge.web.mail_files.MailFiles")
def test_without_a_mail_server_mails_are_files(office: Path) -> None:
    with override_settings(HOME=office):
        notices.tell([somebody()], "remedy-urged", URGED)
        send_due()
    assert len(list((office / "mails").glob("*.eml"))) == 1


def test_who_is_told_follows_from_roles_in_force() -> None:
    round_ = Round.objects.create(slug="r", title="r", rules="inspection-2019", as_of=date(2025, 11, 30))
    entry = Entry.objects.create(round=round_, key="某省/甲市", name="甲市", system="2025-city", profile="city")
    body = somebody("body@example.test", kind=RoleKind.ASSESSED, scope="某省/甲市", round=round_)
    somebody("other@example.test", kind=RoleKind.ASSESSED, scope="某省/乙市")
    somebody("past@example.test", kind=RoleKind.ASSESSED, scope="某省/甲市", ended_at=timezone.now())
    above = somebody("above@example.test", kind=RoleKind.SUPERVISOR, scope="某省")
    somebody("beside@example.test", kind=RoleKind.SUPERVISOR, scope="某省2")
    reviewer = somebody("reviewer@example.test", kind=RoleKind.REVIEWER)
    assert notices.of_body(entry) == [body]
    assert notices.supervisors(entry) == [above]
    assert notices.who_may(Verb.DECIDE_REMEDY, round_) == [reviewer]


def test_nobody_reads_for_others() -> None:
    person, other = somebody(), somebody("b@example.test")
    (notice,) = notices.tell([person], "remedy-urged", URGED)
    assert notices.read(acting_as(other), [notice.id]) == 0
    assert notices.read(acting_as(person)) == 1
    notices.unread(acting_as(other), notice.id)
    assert inbox.unread_count(person) == 0


class Robot:
    """A messenger's robot on loopback that answers as it is told to."""

    def __init__(self) -> None:
        robot = self
        self.got: list[object] = []
        self.status, self.says, self.location = 200, b'{"errcode":0}', ""

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                robot.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(robot.status)
                if robot.location:
                    self.send_header("Location", robot.location)
                self.end_headers()
                self.wfile.write(robot.says)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/robot?key=1"


@pytest.fixture
def robot() -> Iterator[Robot]:
    made = Robot()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    with override_settings(WEBHOOK_URL=made.url, WEBHOOK_LOOPBACK=True):
        yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def escalated() -> None:
    facts = {"entry": "某省/甲市", "count": 2, "days": 7}
    notices.tell([], "remedy-escalated", facts, address="/rounds/r/region/")


def test_the_offices_messenger_is_told_several_events_in_one_message(robot: Robot) -> None:
    escalated()
    escalated()
    with override_settings(WEBHOOK_KIND="wecom"):
        assert send_due() == Sent(messages=2)
    (got,) = robot.got
    assert isinstance(got, dict)
    assert got["msgtype"] == "text"
    assert got["text"]["content"].count("逾期未整改，已上报主管") == 2


@pytest.mark.parametrize(
    ("status", "says", "why"),
    [
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "93000 invalid webhook url"),
        (500, b"", "HTTP 500"),
        (302, b"", "没有跟随"),
    ],
)
def test_a_messenger_that_refuses_says_why_and_is_asked_again(robot: Robot, status: int, says: bytes, why: str) -> None:
    robot.status, robot.says, robot.location = status, says, robot.url
    escalated()
    assert send_due() == Sent(failed=1)
    assert why in Delivery.objects.get().reason
    assert len(robot.got) == 1
    robot.status, robot.says, robot.location = 200, b"ok", ""
    assert send_due(later(minutes=5)) == Sent(messages=1)


def test_a_messenger_on_this_machine_must_be_allowed(robot: Robot) -> None:
    escalated()
    with override_settings(WEBHOOK_LOOPBACK=False):
        assert send_due() == Sent(failed=1)
    assert robot.got == []
    assert "GOVGAUGE_WEBHOOK_LOOPBACK" in Delivery.objects.get().reason


@pytest.mark.parametrize(
    ("url", "kind", "made"),
    [
        ("https://qyapi.weixin.qq.com/x", "", {"msgtype": "text", "text": {"content": 'a"b'}}),
        ("https://oapi.dingtalk.com/x", "", {"msgtype": "text", "text": {"content": 'a"b'}}),
        ("https://open.feishu.cn/x", "", {"msg_type": "text", "content": {"text": 'a"b'}}),
        ("https://robot.example.test/x", "", {"text": 'a"b'}),
    ],
)
def test_each_messenger_gets_its_own_json(url: str, kind: str, made: object) -> None:
    with override_settings(WEBHOOK_KIND=kind):
        assert json.loads(webhook.body(url, 'a"b')) == made


def test_a_template_of_ones_own_goes_before_and_a_broken_one_says_so() -> None:
    with override_settings(WEBHOOK_TEMPLATE='{"card": ["{text}", 1]}'):
        assert json.loads(webhook.body("https://x.test/", "甲")) == {"card": ["甲", 1]}
    with override_settings(WEBHOOK_TEMPLATE="{"), pytest.raises(webhook.NotTaken, match="不是 JSON"):
        webhook.body("https://x.test/", "甲")
    with pytest.raises(webhook.NotTaken, match="http://"):
        webhook.post("file:///etc/passwd", b"{}")


def test_a_messenger_that_trickles_its_answer_costs_only_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 0.6)
    ended = threading.Event()

    def trickle(server: socket.socket) -> None:
        visitor, _address = server.accept()
        with visitor, suppress(OSError):
            visitor.recv(65536)
            visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
            while not ended.wait(0.1):
                visitor.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as server, override_settings(WEBHOOK_LOOPBACK=True):
        slow = threading.Thread(target=trickle, args=(server,))
        slow.start()
        begun = time.monotonic()
        with pytest.raises(webhook.NotTaken, match="秒内答完"):
            webhook.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}")
        assert time.monotonic() - begun < 3
        ended.set()
        slow.join()


def test_mails_outlast_a_weekend_without_a_mail_server() -> None:
    pauses = [min(LONGEST_PAUSE, FIRST_PAUSE * 2**number) for number in range(MOST_ATTEMPTS - 1)]
    assert sum(pauses, timedelta()) > timedelta(hours=64)
