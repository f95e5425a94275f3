"""The start page: what waits for each role, counted in the same few queries however much there is."""

import re
from datetime import date, timedelta

import pytest
import seeded
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from everything import everything
from fielded_pages import with_tests
from people_at_work import at_work, give, signed_in, somebody

from govgauge.office.domain import invitations, notices
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Delivery,
    DeliveryState,
    Invitation,
    JobState,
    ObjectionPeriod,
    Remedy,
    RemedyState,
    RoleKind,
    Round,
    RoundStage,
    StageKind,
)
from govgauge.office.queries import todo
from govgauge.web.workspace.start.links import WAYS

DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def told(client: Client) -> dict[str, int]:
    """What waits, with its number."""
    page = client.get("/").content.decode()
    rows = re.findall(r"<b[^>]*>([\d,]+)</b><span>([^<]+)", page)
    return {title: int(number.replace(",", "")) for number, title in rows}


def a_round_at_work(slug: str = "r", many: int = 1) -> Round:
    """A round with something in it for every role."""
    round_ = seeded.a_round(slug)
    for number in range(many):
        entry = seeded.an_entry(round_, f"某县{number}")
        seeded.a_job(entry, JobState.FAILED)
        seeded.a_result(entry, distorted=True, home_ok=False, vetoes=["V2"])
        for which, state in enumerate((RemedyState.NOTIFIED, RemedyState.CLAIMED, RemedyState.CONFIRMING)):
            finding = seeded.a_finding(entry, 10 * number + which)
            due = today() - DAY if state == RemedyState.NOTIFIED else today() + DAY
            Remedy.objects.create(finding=finding, round=round_, entry=entry, audit="x", state=state, due=due)
    ObjectionPeriod.objects.create(round=round_, starts=today() - DAY, ends=today() + DAY)
    RoundStage.objects.create(round=round_, kind=StageKind.COLLECTION, starts=today() - DAY, ends=today() + DAY)
    return round_


def test_a_collector_sees_what_is_late_first() -> None:
    person, tests = with_tests(seeded.a_round())
    Assignment.objects.filter(pk=tests[0].assignment_id).update(due=today(), state=AssignmentState.RETURNED)
    client = signed_in(person)
    assert told(client) == {
        "采集已过期": 4,
        "实测已过期未答复": 1,
        "采集今天到期": 1,
        "采集被退回，待修改": 1,
        "采集待完成": 5,
        "实测待发出": 1,
        "实测待评分": 1,
    }
    page = client.get("/").content.decode()
    for address in re.findall(r'<li[^>]*><a href="([^"]+)"><b', page):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address
    assert "得分" not in page


def test_an_administrator_sees_what_has_gone_wrong(client: Client) -> None:
    a_round_at_work()
    soon = timezone.now() + DAY
    Invitation.objects.create(email="a@example.test", kind=RoleKind.EXPERT, token_hash="0", expires_at=soon)
    assert told(client) == {
        "任务失败": 1,
        "网站触发单项否决": 1,
        "网站拦截了访问": 1,
        "整改事项待办公室审核": 1,
        "邀请三天内过期": 1,
    }


@pytest.mark.parametrize(
    ("kind", "scope", "waits"),
    [
        (RoleKind.ASSESSED, "江东省/某县0", {"问题逾期未整改": 1, "问题待整改": 2}),
        (RoleKind.ASSESSED, "江东省/别县", {}),
        (RoleKind.SUPERVISOR, "江东省", {"本地区问题逾期未整改": 1, "本地区问题待整改": 2}),
        (RoleKind.SUPERVISOR, "江西省", {}),
        (RoleKind.REVIEWER, "", {"整改事项待办公室审核": 1}),
        (RoleKind.OBSERVER, "", {}),
        (RoleKind.EXPERT, "", {}),
        (RoleKind.ADJUDICATOR, "", {}),
        (RoleKind.INDICATOR_EDITOR, "", {}),
    ],
)
def test_others_see_what_is_theirs_and_nobody_elses(kind: RoleKind, scope: str, waits: dict[str, int]) -> None:
    a_round_at_work()
    client = at_work(kind, scope=scope)
    assert told(client) == waits
    page = client.get("/").content.decode()
    assert "数据采集" in page  # the stages of the round
    assert ("可以查看初步结果" in page) == (scope == "江东省/某县0")


def test_a_round_in_which_one_has_no_role_shows_neither_stages_nor_numbers() -> None:
    a_round_at_work()
    client = at_work(RoleKind.ADMINISTRATOR, round_=seeded.a_round("o", "乙评估"))
    page = client.get("/").content.decode()
    assert "任务失败" not in page
    assert "数据采集" not in page


def test_who_has_several_roles_looks_at_one_of_them_and_may_do_the_same() -> None:
    a_round_at_work()
    person = somebody(RoleKind.REVIEWER)
    give(person, RoleKind.SUPERVISOR, scope="江东省")
    client = signed_in(person)
    assert len(told(client)) == 3
    client.post("/role", {"kind": "supervisor"})
    assert list(told(client)) == ["本地区问题逾期未整改", "本地区问题待整改"]
    assert client.get("/rounds/r/").status_code == 200
    client.post("/role", {"kind": "administrator"})
    assert list(told(client)) == ["本地区问题逾期未整改", "本地区问题待整改"]
    person.roles.filter(kind=RoleKind.SUPERVISOR).update(ended_at=timezone.now())
    assert list(told(client)) == ["整改事项待办公室审核"]
    client.post("/role", {"kind": ""})


def test_nobody_without_a_role_is_left_without_a_word() -> None:
    page = signed_in(somebody(name="<b>新人</b>")).get("/").content.decode()
    assert "您还没有角色" in page
    assert "&lt;b&gt;新人" in page


def test_unread_messages_are_counted_in_the_head() -> None:
    person = somebody(RoleKind.OBSERVER)
    facts = {"entry": "甲县", "script": "话术", "due": "2025-11-30"}
    notices.tell([person], "field-test-due", facts)
    page = signed_in(person).get("/").content.decode()
    assert "1 条未读消息" in page


@pytest.mark.parametrize("kind", list(RoleKind))
def test_the_start_page_takes_the_same_queries_for_one_and_for_many(kind: RoleKind) -> None:
    scope = {RoleKind.ASSESSED: "江东省/某县0", RoleKind.SUPERVISOR: "江东省"}.get(kind, "")
    client = at_work(kind, scope=scope)
    counts = []
    for number in range(2):
        a_round_at_work(f"r{number}", 1 + 9 * number)
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 34, counts


def test_everything_that_waits_has_words() -> None:
    assert set(WAYS) >= {"codings-late", "region-open", "findings-late"}
    assert set(todo.BY_KIND) <= set(RoleKind)


@pytest.mark.parametrize("kind", list(RoleKind))
def test_what_waits_leads_to_pages_that_open(kind: RoleKind) -> None:
    made = everything("首页栏目点开后没有内容")
    client = made.reader(kind.value)
    page = client.get("/").content.decode()
    links = re.findall(r'<li[^>]*><a href="([^"]+)"><b', page)
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} <= {200, 302}
    assert len(links) >= {RoleKind.ADMINISTRATOR: 3, RoleKind.ASSESSED: 2, RoleKind.COLLECTOR: 2}.get(kind, 0)


def test_a_body_finds_its_own_pages_from_the_start_and_the_office_from_the_subject(client: Client) -> None:
    round_, other = a_round_at_work(), seeded.a_round("o")
    entry = round_.entries.get()
    seeded.an_entry(other, "某县0")
    body = at_work(RoleKind.ASSESSED, round_=round_, scope=entry.key)
    start = body.get("/").content.decode()
    assert "/rounds/o/" not in start
    for address in (
        f"/rounds/r/entries/{entry.id}/file/",
        f"/rounds/r/entries/{entry.id}/checks/",
        "/rounds/r/remedies/",
    ):
        assert f'<a href="{address}">' in start
        assert body.get(address).status_code == 200
    page = client.get(f"/rounds/r/entries/{entry.id}/").content.decode()
    for end in ("file/", "checks/", "answers/"):
        address = f"/rounds/r/entries/{entry.id}/{end}"
        assert f'<a href="{address}">' in page
        assert client.get(address).status_code == 200
    assert f"/rounds/r/remedies/?entry={entry.id}" in page


def test_an_administrator_of_one_round_is_told_of_its_invitations_and_mails_alone() -> None:
    round_, other = seeded.a_round(), seeded.a_round("o")
    visitor = at_work(RoleKind.ADMINISTRATOR, round_=round_)
    for one in (round_, other, other):
        (notice,) = notices.tell([somebody()], "registration-accepted", {"body": "x", "round": "r"}, round_=one)
        Delivery.objects.filter(notice=notice).update(state=DeliveryState.FAILED)
        address = f"x{notice.pk}@example.test"
        invitations.invite(PROGRAM, address, kind=RoleKind.OBSERVER, round_=one)
    Invitation.objects.update(expires_at=timezone.now() + DAY)
    assert told(visitor) == {"邀请三天内过期": 1, "邮件或消息未发出": 1}
