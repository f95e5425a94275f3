"""The task of assessing one site, in a process of its own that can be killed."""

import contextlib
import hashlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
from django.db import connections, transaction
from msgspec import Struct

from govgauge.assessment.assess import Request, run
from govgauge.errors import GovgaugeError
from govgauge.gather.problems import VisitError
from govgauge.gather.reading_process import die_with_parent
from govgauge.office.domain import jobs
from govgauge.office.models import Job, Result

BEAT_SECONDS = 5.0
SPARE_SECONDS = 300.0
"""What judging and writing may take beyond the time of the visit."""
LOOK_SECONDS = 0.01
FAULT = "fault.txt"
SKIPPED_FINDING_FIELDS = ("seen_at", "warc", "sha256", "id")


class SiteSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the sites of a round are visited; names as the options of `assess`."""

    max_pages: int = 1000
    max_seconds: float = 3600
    rate: float = 2
    concurrency: int = 2
    obey_robots: bool = True
    connect_to: tuple[str, ...] = ()
    ca_file: str = ""


def assess(job: Job, home: Path, stopping: Callable[[], bool]) -> None:
    """Assess a job's site and record what came of it. Raises LeaseLost when the job was given to somebody else."""
    settings = msgspec.convert(job.round.settings, SiteSettings)
    place = Path("evidence", job.round.slug, f"{job.entry_id}", f"{job.attempts}-{job.lease[:8]}")
    folder = home / place
    folder.mkdir(parents=True, exist_ok=True)
    reason = _carried_out(job, settings, folder, stopping)
    if reason is None:
        jobs.give_back(job, "已停止，稍后继续 (stopped)")
    elif reason:
        jobs.failed(job, reason)
    else:
        _accept(job, folder, place)


def _carried_out(job: Job, settings: SiteSettings, folder: Path, stopping: Callable[[], bool]) -> str | None:
    """Run the assessment in a child: empty when it was done, else why not; None when it was stopped by us."""
    connections.close_all()  # a connection must not be shared with a forked process
    child = os.fork()
    if child == 0:
        _live_as_child(job, settings, folder)
    deadline = time.monotonic() + settings.max_seconds + SPARE_SECONDS
    next_beat = time.monotonic() + BEAT_SECONDS
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return _reason(status, folder)
        now = time.monotonic()
        if now > deadline:
            _kill(child)
            return f"超过时限 {settings.max_seconds + SPARE_SECONDS:.0f} 秒，已终止 (killed after its time limit)"
        if stopping():
            _kill(child)
            return None
        if now > next_beat:
            next_beat = now + BEAT_SECONDS
            try:
                jobs.beat(job)
            except jobs.LeaseLost:
                _kill(child)
                raise
            finally:
                connections.close_all()
        time.sleep(LOOK_SECONDS)


def _live_as_child(job: Job, settings: SiteSettings, folder: Path) -> None:
    """Assess, and never return. What the site is like is no fault of ours: only what kept us from judging it is."""
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        die_with_parent()
        request = Request(
            url=job.entry.url,
            folder=folder,
            system=job.entry.system,
            profile=job.entry.profile,
            rules=job.round.rules,
            as_of=job.round.as_of,
            max_pages=settings.max_pages,
            max_seconds=settings.max_seconds,
            rate=settings.rate,
            concurrency=settings.concurrency,
            obey_robots=settings.obey_robots,
            connect_to=settings.connect_to,
            ca_file=settings.ca_file,
            browser=False,
        )
        run(request, lambda _progress: None)
        status = 0
    except (GovgaugeError, VisitError, OSError) as error:
        (folder / FAULT).write_text(str(error), encoding="utf-8")
    except BaseException:  # whatever it was: the process ends here, and says so
        with contextlib.suppress(OSError):
            (folder / FAULT).write_text(traceback.format_exc()[-2000:], encoding="utf-8")
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _reason(status: int, folder: Path) -> str:
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return f"评估进程被终止：{name} (the assessing process was killed)"
    if os.WEXITSTATUS(status) == 0:
        return ""
    told = folder / FAULT
    return told.read_text(encoding="utf-8").strip().splitlines()[-1] if told.exists() else "评估进程出错 (it failed)"


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@transaction.atomic
def _accept(job: Job, folder: Path, place: Path) -> None:
    """Record the assessment and end the job together: both or neither."""
    told = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    lines = (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    Result.objects.update_or_create(
        entry_id=job.entry_id,
        defaults={
            "evidence": place.as_posix(),
            "home_ok": told["visit"]["home_ok"],
            "pages": told["visit"]["pages"],
            "findings": len(lines),
            "low": _points(told["base"]["low"]),
            "high": _points(told["base"]["high"]),
            "answered": _points(told["base_coverage"]["weight_answered"]),
            "vetoes": [veto["id"] for veto in told["vetoes"] if veto["hit"] == "yes"],
            "digest": digest(folder),
        },
    )
    jobs.done(job)


def digest(folder: Path) -> str:
    """SHA-256 over results and findings of an assessment, without what differs from one visit to the next."""
    seen = hashlib.sha256((folder / "results.jsonl").read_bytes())
    for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        finding = {name: value for name, value in json.loads(line).items() if name not in SKIPPED_FINDING_FIELDS}
        seen.update(json.dumps(finding, ensure_ascii=False, sort_keys=True).encode())
    return seen.hexdigest()


def _points(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.000001"))
