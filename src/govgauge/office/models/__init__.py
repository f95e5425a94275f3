"""Rows and their own invariants, by topic."""

from govgauge.office.models.jobs import Job, JobState
from govgauge.office.models.results import Result
from govgauge.office.models.rounds import Entry, Round, RoundState
from govgauge.office.models.visits import Finding, Scope, Visit

__all__ = ["Entry", "Finding", "Job", "JobState", "Result", "Round", "RoundState", "Scope", "Visit"]
