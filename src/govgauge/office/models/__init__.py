"""Rows and their own invariants, by topic."""

from govgauge.office.models.jobs import Job, JobState
from govgauge.office.models.results import Result
from govgauge.office.models.rounds import Entry, Round, RoundState

__all__ = ["Entry", "Job", "JobState", "Result", "Round", "RoundState"]
