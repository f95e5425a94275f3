"""The task of assessing one site."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import msgspec
from django.db import transaction
from msgspec import Struct

from govgauge.assessment.assess import Request, run
from govgauge.office.domain import jobs
from govgauge.office.models import Job, Result

SPARE_SECONDS = 300.0
"""What judging and writing may take beyond the time of the visit."""
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


def seconds(job: Job) -> float:
    """How long the job may take before it is killed."""
    return _settings(job).max_seconds + SPARE_SECONDS


def carry_out(job: Job, folder: Path) -> None:
    """Assess the job's site into a folder. What the site is like is no fault of ours: it is a result."""
    settings = _settings(job)
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


@transaction.atomic
def accept(job: Job, folder: Path, place: Path) -> None:
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


def _settings(job: Job) -> SiteSettings:
    return msgspec.convert(job.round.settings, SiteSettings)


def _points(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.000001"))
