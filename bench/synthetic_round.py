"""A round with many synthetic entries, jobs and results, as after half of its collection.

`python bench/synthetic_round.py HOME [COUNT]` writes it into an office for looking at its pages.
"""

import random
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

GROUPS = (("部委", 0.01), ("省级", 0.01), ("地市", 0.05), ("区县", 0.33), ("乡镇和部门", 0.6))
PROVINCES = tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日")
KINDS = ("人民政府", "教育局", "民政局", "统计局", "水利局", "应急管理局", "市场监督管理局")
REASONS = (
    "超过时限 3900 秒，已终止 (killed after its time limit)",
    "评估进程被终止：SIGKILL (the assessing process was killed)",
    "磁盘已满：/evidence/7；请腾出空间 (disk full)",
)
BATCH = 2000


def main() -> int:
    """Write it."""
    from govgauge.office.start import start

    start(Path(sys.argv[1]))
    fill("synthetic", int(sys.argv[2]) if len(sys.argv) > 2 else 15_000)
    return 0


def fill(slug: str, count: int, seed: int = 4) -> None:
    """Write a round of so many entries; the same seed gives the same round."""
    from django.db import transaction
    from django.utils import timezone

    from govgauge.office.domain.rounds import ASSESS
    from govgauge.office.models import Entry, Job, JobState, Result, Round

    draw, now = random.Random(seed), timezone.now()
    with transaction.atomic():
        made = Round.objects.create(
            slug=slug, title=f"{count} 个评估对象的合成数据", rules="inspection-2019", as_of=date(2025, 11, 30)
        )
        entries = Entry.objects.bulk_create(
            [Entry(round=made, **_entry(number, draw)) for number in range(count)], batch_size=BATCH
        )
        jobs, results = [], []
        for turn, entry in enumerate(entries):
            if not entry.url:
                continue
            state = draw.choices(list(JobState), (0.38, 0.0, 0.6, 0.02))[0]
            job = Job(round=made, entry=entry, task=ASSESS, host=f"www.{slug}{turn}.test", turn=turn, state=state)
            if state == JobState.READY and turn % 1000 < 1:
                job.state, job.lease = JobState.RUNNING, f"{turn:032x}"
                job.started_at, job.worker, job.attempts = now - timedelta(seconds=turn / 100), "node-1-1", 1
            elif state != JobState.READY:
                job.ended_at = now - timedelta(seconds=turn)
                job.started_at = job.ended_at - timedelta(seconds=draw.randrange(20, 900))
                job.attempts, job.worker = (4 if state == JobState.FAILED else 1), f"node-1-{turn % 2}"
                job.reason = draw.choice(REASONS) if state == JobState.FAILED else ""
            if state == JobState.DONE:
                results.append(Result(entry=entry, **_result(turn, draw)))
            jobs.append(job)
        Job.objects.bulk_create(jobs, batch_size=BATCH)
        Result.objects.bulk_create(results, batch_size=BATCH)


def _entry(number: int, draw: random.Random) -> dict[str, str]:
    group = draw.choices([name for name, _share in GROUPS], [share for _name, share in GROUPS])[0]
    parent = f"{draw.choice(PROVINCES)}省"
    name = f"第{number}县{draw.choice(KINDS)}"
    return {
        "key": f"{parent}/{name}",
        "name": name,
        "parent": parent,
        "group": group,
        "region": parent,
        "url": f"https://www.s{number}.test/" if draw.random() > 0.02 else "",
        "system": "2025-county",
        "profile": "county",
    }


def _result(number: int, draw: random.Random) -> dict[str, object]:
    low = Decimal(draw.randrange(500, 4000)) / 100
    home_ok = draw.random() > 0.03
    return {
        "evidence": f"evidence/synthetic/{number}/1",
        "home_ok": home_ok,
        "pages": draw.randrange(5, 1000) if home_ok else 0,
        "findings": draw.randrange(0, 300) if home_ok else 0,
        "low": low if home_ok else Decimal(0),
        "high": low + Decimal(draw.randrange(3000, 6000)) / 100,
        "answered": Decimal("37.62") if home_ok else Decimal(0),
        "vetoes": ["V2"] if draw.random() < 0.02 else [],
        "digest": f"{number:064x}",
    }


if __name__ == "__main__":
    sys.exit(main())
