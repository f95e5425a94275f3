"""Evidence of an answer: addresses and excerpts, pictures that the system takes, files that were handed in."""

from typing import BinaryIO
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import codings, jobs, uploads
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.coding_steps import step
from govgauge.office.models import Assignment, Coding, CodingEvidence, CodingStepKind, EvidenceKind, Job
from govgauge.office.picturing import TASK

LONGEST_ADDRESS, LONGEST_EXCERPT, MOST = 2000, 5000, 20
"""Characters of an address and an excerpt; pieces of evidence of one answer."""


def add_address(acting: Acting, assignment: Assignment, address: str, excerpt: str = "") -> CodingEvidence:
    """An address where something is to be seen, with what stands there. Raises Unusable."""
    told = CodingEvidence(kind=EvidenceKind.ADDRESS, address=_address(address), excerpt=excerpt.strip())
    if len(told.excerpt) > LONGEST_EXCERPT:
        raise Unusable(f"摘录有 {len(told.excerpt)} 字，最多 {LONGEST_EXCERPT} 字；请缩短 (the excerpt is too long).")
    return _added(acting, assignment, told)


@transaction.atomic
def ask_picture(acting: Acting, assignment: Assignment, address: str) -> CodingEvidence:
    """Let the system take a picture of a page; a job of the browser does it. Raises Unusable."""
    made = _added(acting, assignment, CodingEvidence(kind=EvidenceKind.SCREENSHOT, address=_address(address)))
    job = Job(
        round=assignment.round,
        entry=assignment.entry,
        task=f"{TASK}-{made.id}",
        lane="browser",
        host=urlsplit(made.address).netloc[:253],
    )
    jobs.open_all([job])
    made.job = Job.objects.get(round=assignment.round, entry=assignment.entry, task=job.task)
    made.save(update_fields=["job"])
    return made


def add_file(acting: Acting, assignment: Assignment, file: BinaryIO, name: str) -> CodingEvidence:
    """A file that is handed in. Raises Unusable, also for a file that is not what its name says."""
    codings.check_writable(codings.known(acting, assignment))
    upload = uploads.keep(acting, file, name, purpose=uploads.CODING, round_=assignment.round, entry=assignment.entry)
    return _added(acting, assignment, CodingEvidence(kind=EvidenceKind.UPLOAD, upload=upload))


@transaction.atomic
def take_away(acting: Acting, assignment: Assignment, number: int) -> None:
    """Take a piece of evidence away; its row stays. Raises Unusable where there is none."""
    locked = codings.lock(acting, assignment)
    codings.check_writable(locked)
    found = CodingEvidence.objects.filter(id=number, coding__assignment=locked, removed_at=None).first()
    if found is None:
        raise Unusable("没有这项证据，可能已经删去；请刷新后再看 (no such evidence).")
    with noted(acting, "evidence.remove", found, entry=locked.entry):
        found.removed_at = timezone.now()
        found.save(update_fields=["removed_at"])


@transaction.atomic
def _added(acting: Acting, assignment: Assignment, made: CodingEvidence) -> CodingEvidence:
    locked = codings.lock(acting, assignment)
    codings.check_writable(locked)
    coding = Coding.objects.filter(assignment=locked).first()
    if coding is None:
        coding = Coding(assignment=locked, version=0)
        codings.write(acting, coding, codings.Draft())
        step(acting, coding, CodingStepKind.DRAFTED)
    if coding.evidence.filter(removed_at=None).count() >= MOST:
        raise Unusable(f"一项最多附 {MOST} 件证据；请先删去不需要的 (too many pieces of evidence).")
    assert acting.person is not None  # noqa: S101 - only a person is given assignments
    made.coding, made.by = coding, acting.person
    with noted(acting, "evidence.add", made, entry=locked.entry):
        made.save()
    return made


def _address(text: str) -> str:
    address = text.strip()
    parts = urlsplit(address) if len(address) <= LONGEST_ADDRESS else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc or "\x00" in address:
        raise Unusable("请填写完整的网址，以 http:// 或 https:// 开头 (a whole address is needed).")
    return address
