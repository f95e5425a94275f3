"""The board on a wall: who sees it, what is on it and what never is, and links that open it without signing in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import seeded
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from people_at_work import at_work, somebody

from govgauge.errors import Unusable
from govgauge.office.domain import wall_links, walls
from govgauge.office.domain.acting import PROGRAM, NotAllowed, acting_as
from govgauge.office.models import (
    Change,
    Entry,
    Probe,
    Remedy,
    RemedyState,
    RoleKind,
    Round,
    RoundStage,
    StageKind,
    WallCount,
    WallLink,
    Watch,
)
from govgauge.office.queries import wall, wall_events
from govgauge.office.queries.wall_sites import sites

WALL, LIVE, LINKS = "/rounds/r/board/wall/", "/rounds/r/board/wall/live", "/rounds/r/board/wall/links/"


def watched(entry: Entry, status: str = "ok", counts: str = "open", minutes: int = 10) -> Watch:
    """A site that was probed some minutes ago, twice where it failed."""
    at = timezone.now() - timedelta(minutes=minutes)
    slot = int(at.timestamp() // 60)
    since = at if counts == "failed" else None
    facts = {"last_slot": slot, "last_at": at, "last_counts": counts, "last_status": status, "failing_since": since}
    made = Watch.objects.create(round=entry.round, url=entry.url, **facts)
    for attempt in (1, 2) if counts == "failed" else (1,):
        Probe.objects.create(watch=made, slot=slot, attempt=attempt, at=at, status=status)
    return made


def a_remedy(entry: Entry, number: int, state: RemedyState, *, due: date, days: int = 3) -> Remedy:
    now = timezone.now()
    return Remedy.objects.create(
        finding=seeded.a_finding(entry, number),
        round=entry.round,
        entry=entry,
        audit="broken-link",
        state=state,
        due=due,
        notified_at=now - timedelta(days=days),
        closed_at=now if state == RemedyState.CLOSED else None,
    )


def old(round_: Round) -> None:
    """The last count is so old that the next reader counts."""
    WallCount.objects.filter(round=round_).update(made_at=timezone.now() - timedelta(minutes=1), seconds=0.01)


@contextmanager
def queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as asked:
        yield asked


def test_an_empty_round_has_a_board_that_says_so() -> None:
    seeded.a_round()
    page = at_work(RoleKind.OBSERVER).get(WALL).content.decode()
    for sentence in (
        "还没有安排访问。",
        "还没有监测网站。",
        "还没有通知单位整改。",
        "还没有发现问题。",
        "还没有动态。",
    ):
        assert sentence in page
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in page


def test_numbers_are_those_of_the_round() -> None:
    round_ = seeded.a_round()
    made = seeded.every_state(round_)
    today = timezone.localdate()
    watched(made["完成县"])
    watched(made["等待县"], "slow")
    watched(made["失败县"], "timed-out", "failed")
    watched(made["拦截县"], "blocked", "blocked")
    a_remedy(made["完成县"], 2, RemedyState.CLAIMED, due=today - timedelta(days=1))
    a_remedy(made["完成县"], 3, RemedyState.CLOSED, due=today, days=3)
    a_remedy(made["完成县"], 4, RemedyState.CLOSED, due=today, days=6)
    a_remedy(made["完成县"], 5, RemedyState.PROPOSED, due=today)
    seen = wall.counted(round_, timezone.now())
    assert (seen.visits.total, seen.visits.done, seen.visits.running) == (6, 3, 1)
    assert (seen.visits.waiting, seen.visits.failed, seen.visits.unreachable) == (1, 1, 1)
    now = seen.sites
    assert (now.watched, now.open, now.slow, now.failed, now.other, now.unseen) == (4, 1, 1, 1, 1, 0)
    assert [(one.name, one.status) for one in now.down] == [("失败县", "timed-out")]
    assert [sum(getattr(one, kind) for one in now.hour) for kind in ("open", "slow", "failed", "other")] == [1, 1, 1, 1]
    assert (seen.findings, [(one.audit, one.count) for one in seen.kinds]) == (5, [("broken-link", 5)])
    assert [(one.name, one.subjects, one.findings) for one in seen.regions] == [("江东省", 1, 5)]
    work = seen.remedies
    assert (work.sent, work.open, work.overdue, work.closed, work.median_days) == (3, 1, 1, 2, 4.5)
    assert work.last_name == "完成县"


def test_a_slot_that_opened_the_second_time_is_open_and_what_is_ours_is_left_out() -> None:
    round_ = seeded.a_round()
    entry, other = seeded.an_entry(round_, "甲县"), seeded.an_entry(round_, "乙县")
    row = watched(entry, minutes=20)
    Probe.objects.create(watch=row, slot=row.last_slot - 5, attempt=1, at=row.last_at, status="reset")
    Probe.objects.create(watch=row, slot=row.last_slot - 5, attempt=2, at=row.last_at, status="ok")
    watched(other, "ours", "ours")
    told = sites(round_, timezone.now())
    assert (sum(one.open for one in told.hour), sum(one.failed for one in told.hour), told.unseen) == (2, 0, 1)


def test_when_everything_is_down_the_board_says_so_and_stays_on_one_page() -> None:
    round_ = seeded.a_round()
    for number in range(30):
        watched(seeded.an_entry(round_, f"第{number}县"), "dns-missing", "failed", minutes=number + 1)
    page = at_work(RoleKind.OBSERVER).get(WALL).content.decode()
    assert "监测 30 个网站，0.0% 能打开" in page
    assert page.count('<b lang="zh-CN">第') == 8
    assert "第29县" in page


def test_events_name_bodies_and_no_person_and_keep_back_what_is_not_fit() -> None:
    round_ = seeded.a_round()
    entries = [seeded.an_entry(round_, name) for name in ("甲县", "乙县")]
    hidden = {"actor_name": "王小明", "reason": "电话 13800000000", "topic": "Remedy", "record": "1"}
    for verb in ("person.add", "coding.accepted", "role.give", "wall-link.make", "vote.quarantine"):
        Change.objects.create(round=round_, entry=entries[0], verb=verb, **hidden)
    for entry in (*entries, entries[0]):
        Change.objects.create(round=round_, entry=entry, verb="remedy.notified", **hidden)
    Change.objects.create(round=round_, entry=entries[1], verb="remedy.closed", **hidden)
    told = wall_events.events(round_, timezone.now())
    assert [(one.verb, one.count, one.bodies, one.name) for one in told] == [
        ("remedy.closed", 1, 1, "乙县"),
        ("remedy.notified", 3, 2, ""),
    ]
    page = at_work(RoleKind.ADMINISTRATOR).get(LIVE).content.decode()
    assert "2 个单位" in page
    assert not any(word in page for word in ("王小明", "13800000000", "角色", "隔离"))


def test_a_board_is_told_nothing_new_while_nothing_was_counted() -> None:
    round_ = seeded.a_round()
    client = at_work(RoleKind.OBSERVER)
    first = client.get(LIVE)
    made = first.headers["X-Wall-Made"]
    again = client.get(LIVE, {"seen": made})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (204, b"", "no-store")
    assert float(again.headers["X-Wall-Age"]) < float(again.headers["X-Wall-Old-After"])
    old(round_)
    assert client.get(LIVE, {"seen": made}).status_code == 200


def test_many_boards_are_counted_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = seeded.a_round()
    counts: list[int] = []
    real = wall.counted

    def counting(*given: object) -> wall.Wall:
        counts.append(1)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(walls, "counted", counting)
    for _ in range(20):
        assert walls.current(round_) is not None
    assert len(counts) == 1
    old(round_)
    WallCount.objects.update(begun_at=timezone.now())
    shown = walls.current(round_)
    assert shown is not None
    assert timezone.now() - shown.made_at > timedelta(seconds=50)
    assert len(counts) == 1


@pytest.mark.parametrize("count", [1, 50])
def test_a_count_and_a_page_take_as_many_queries_for_many_rows_as_for_one(count: int) -> None:
    round_ = seeded.a_round()
    RoundStage.objects.create(round=round_, kind=StageKind.COLLECTION, starts="2025-11-01", ends="2025-12-01")
    for number in range(count):
        entry = seeded.an_entry(round_, f"第{number}县")
        watched(entry, "reset", "failed")
        seeded.a_result(entry)
        a_remedy(entry, 1, RemedyState.CLOSED, due=timezone.localdate())
        Change.objects.create(round=round_, entry=entry, verb="remedy.closed", topic="Remedy", record="1")
    walls.refresh(round_)
    with queries() as asked:
        wall.counted(round_, timezone.now())
    assert len(asked) == 19
    client = at_work(RoleKind.OBSERVER)
    client.get(WALL)
    with queries() as asked:
        client.get(LIVE)
    assert len(asked) <= 8


def test_links_open_this_page_alone_until_they_are_revoked_or_end() -> None:
    round_ = seeded.a_round()
    boss, visitor = somebody(RoleKind.ADMINISTRATOR), Client()
    link, secret = wall_links.make(acting_as(boss), round_, "三楼大厅", 3)
    page = visitor.get(f"/wall/{secret}/")
    assert (page.status_code, page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == (
        200,
        "no-referrer",
        "no-store",
    )
    assert visitor.get(f"/wall/{secret}/live").status_code == 200
    assert 'href="/rounds/' not in page.content.decode()
    assert {visitor.get(one).status_code for one in (WALL, LINKS, "/rounds/r/")} == {302}
    assert secret not in str(list(WallLink.objects.values())) + str(list(Change.objects.values()))
    WallLink.objects.update(expires_at=timezone.now())
    assert visitor.get(f"/wall/{secret}/live").status_code == 404
    WallLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    wall_links.revoke(acting_as(boss), link)
    assert visitor.get(f"/wall/{secret}/").status_code == visitor.get(f"/wall/{secret}/live").status_code == 404
    verbs = Change.objects.filter(topic="WallLink").order_by("id")
    assert [(one.verb, one.actor, one.round) for one in verbs] == [
        ("wall-link.make", boss, round_),
        ("wall-link.revoke", boss, round_),
    ]


def test_only_who_runs_a_round_makes_links_and_only_of_this_round() -> None:
    round_, other = seeded.a_round(), seeded.a_round("o")
    for kind, scope in ((RoleKind.OBSERVER, ""), (RoleKind.REVIEWER, ""), (RoleKind.ASSESSED, "江东省/甲县")):
        with pytest.raises(NotAllowed):
            wall_links.make(acting_as(somebody(kind, scope=scope)), round_, "大厅", 3)
    with pytest.raises(NotAllowed):
        wall_links.make(acting_as(somebody(RoleKind.ADMINISTRATOR, round_=other)), round_, "大厅", 3)
    for name, days in (("", 3), ("大厅", 0), ("大厅", 367)):
        with pytest.raises(Unusable):
            wall_links.make(PROGRAM, round_, name, days)
    link, _secret = wall_links.make(PROGRAM, other, "大厅", 3)
    assert at_work(RoleKind.ADMINISTRATOR).post(f"{LINKS}{link.pk}/revoke").status_code == 404


def test_an_administrator_makes_a_link_that_is_shown_once_and_revokes_it() -> None:
    seeded.a_round()
    client = at_work(RoleKind.ADMINISTRATOR)
    assert client.post(LINKS, {"name": "", "days": "9999"}).status_code == 422
    made = client.post(LINKS, {"name": "三楼大厅", "days": "30"}).content.decode()
    address = made.split('<a href="http://testserver/wall/')[1].split('"')[0]
    assert Client().get(f"/wall/{address}").status_code == 200
    listed = client.get(LINKS).content.decode()
    assert "三楼大厅" in listed
    assert address not in listed
    assert client.post(f"{LINKS}{WallLink.objects.get().pk}/revoke", follow=True).status_code == 200
    assert Client().get(f"/wall/{address}").status_code == 404
