"""Removing what attempts left behind that nobody accepted."""

from pathlib import PurePosixPath

from govgauge.office.evidence.store import PREFIX, Attempt, Store
from govgauge.office.models import (
    CaseVisit,
    CodingEvidence,
    FindingLook,
    Job,
    JobState,
    RemedyStep,
    Result,
    SelfCheck,
    Upload,
    Visit,
)

GRACE_SECONDS = 86_400.0
"""How long they stay, for those who ask why an attempt failed."""
LEASE_CHARACTERS = 8
UPLOADS = "uploads"
"""Where files that people handed in lie, by their hash."""


def attempt_name(job: Job) -> str:
    """The last part of the place of a job's attempt; it tells the lease under which it is made."""
    return f"{job.attempts}-{job.lease[:LEASE_CHARACTERS]}"


def remove_orphans(store: Store, *, grace: float = GRACE_SECONDS) -> int:
    """Remove old attempts to which no record points and that nobody is making; returns how many.

    What lies in the store is listed before the records are read: an attempt begun since then is not in the list.
    """
    found = list(store.attempts())
    if not found:
        return 0
    leases = {lease[:LEASE_CHARACTERS] for lease in _running()}
    kept = [
        kind.objects.values_list("evidence", flat=True) for kind in (Visit, Result, SelfCheck, RemedyStep, FindingLook)
    ]
    reports = Result.objects.exclude(reports="").values_list("reports", flat=True)
    wanted = {_attempt(place) for places in (*kept, reports) for place in places}
    wanted |= {PurePosixPath(PREFIX, UPLOADS, one[:2], one) for one in Upload.objects.values_list("sha256", flat=True)}
    wanted |= {_attempt(place) for place in CodingEvidence.objects.exclude(place="").values_list("place", flat=True)}
    wanted |= {_attempt(place) for place in CaseVisit.objects.exclude(place="").values_list("place", flat=True)}
    orphans = [one for one in found if one.age > grace and one.place not in wanted and _lease(one) not in leases]
    for one in orphans:
        store.remove(one.place)
    return len(orphans)


def _running() -> list[str]:
    return list(Job.objects.filter(state=JobState.RUNNING).values_list("lease", flat=True))


def _attempt(place: str) -> PurePosixPath:
    return PurePosixPath(*PurePosixPath(place).parts[:4])


def _lease(one: Attempt) -> str:
    return one.place.name.rpartition("-")[2]
