"""A small round with one entry in each state, and markup in every text that comes from outside."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from govgauge.office.domain.rounds import ASSESS
from govgauge.office.models import Entry, Finding, Job, JobState, Result, Round, Visit

NOW = datetime(2025, 11, 30, 4, tzinfo=UTC)
EVIL = '<script>alert("x")</script>'


def a_round(slug: str = "r", title: str = "2025 年评估") -> Round:
    return Round.objects.create(slug=slug, title=title, rules="inspection-2019", as_of=date(2025, 11, 30))


def an_entry(round_: Round, name: str, *, site: bool = True, **more: str) -> Entry:
    group, parent = more.pop("group", "区县"), more.pop("parent", "江东省")
    url = f"http://s{round_.entries.count()}.test/" if site else ""
    return Entry.objects.create(
        **{
            "round": round_,
            "key": f"{parent}/{name}",
            "name": name,
            "parent": parent,
            "group": group,
            "url": url,
            "region": parent,
            "system": "2025-county",
            "profile": "county",
            **more,
        }
    )


def a_job(entry: Entry, state: JobState, **more: object) -> Job:
    leased = {"lease": f"{entry.id:032x}"} if state == JobState.RUNNING else {}
    return Job.objects.create(
        **{
            "round": entry.round,
            "entry": entry,
            "task": ASSESS,
            "host": f"s{entry.id}.test",
            "state": state,
            "worker": "node-1",
            "attempts": 1,
            "started_at": NOW,
            **leased,
            **more,
        }
    )


def a_result(entry: Entry, **more: object) -> Result:
    facts: dict[str, object] = {
        "evidence": f"evidence/r/{entry.id}/1",
        "home_ok": True,
        "pages": 120,
        "findings": 1,
        "low": Decimal("36.15"),
        "high": Decimal("98.54"),
        "answered": Decimal("37.62"),
        "digest": "0" * 64,
        "vetoes": [],
        **more,
    }
    shared = {name: facts[name] for name in facts if name not in {"visits", "confirmed", "unconfirmed"}}
    Visit.objects.create(
        entry=entry, number=1, task=ASSESS, program="0.1", started_at=NOW, ended_at=NOW, accepted=True, **shared
    )
    return Result.objects.create(entry=entry, **facts)


def a_finding(entry: Entry, number: int = 1, **more: object) -> Finding:
    return Finding.objects.create(
        **{
            "entry": entry,
            "identity": f"{number:016x}",
            "audit": "broken-link",
            "page": f"{entry.url}p{number}",
            "target": "http://gone.test/",
            "slug": "failure",
            "excerpt": "点击查看",
            "first_visit": 1,
            "first_seen": NOW,
            "last_seen": NOW,
            "last_visit": 1,
            **more,
        }
    )


def every_state(round_: Round) -> dict[str, Entry]:
    """An entry in each state."""
    made = {
        name: an_entry(round_, name, site=name != "无网县")
        for name in ("完成县", "等待县", "进行县", "失败县", "未开县", "拦截县", "无网县")
    }
    for name in ("完成县", "未开县", "拦截县"):
        a_job(made[name], JobState.DONE, ended_at=NOW + timedelta(minutes=2))
    a_job(made["等待县"], JobState.READY, started_at=None, attempts=0)
    a_job(made["进行县"], JobState.RUNNING)
    a_job(made["失败县"], JobState.FAILED, attempts=4, reason="超过时限 3900 秒，已终止 (killed after its time limit)")
    a_result(made["完成县"])
    a_finding(made["完成县"])
    a_result(made["未开县"], home_ok=False, pages=0, findings=0)
    a_result(
        made["拦截县"], home_ok=False, distorted=True, distorted_why="防火墙拦截页 (a firewall's page)", findings=0
    )
    return made
