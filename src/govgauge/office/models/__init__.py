"""Rows and their own invariants, by topic."""

from govgauge.office.models.changes import ChangeKind, EntryChange
from govgauge.office.models.inputs import FrozenInput, InputKind
from govgauge.office.models.jobs import Job, JobState
from govgauge.office.models.judgements import Judgement
from govgauge.office.models.people import Invitation, Person, Role, RoleKind
from govgauge.office.models.probes import Probe, ProbeClaim, SiteCertificate, SiteDay, Watch
from govgauge.office.models.results import Result
from govgauge.office.models.rounds import Entry, Round, RoundState, Standing
from govgauge.office.models.stages import RoundStage, StageKind
from govgauge.office.models.trail import Change
from govgauge.office.models.uploads import Upload
from govgauge.office.models.visits import Finding, Scope, Visit

__all__ = [
    "Change",
    "ChangeKind",
    "Entry",
    "EntryChange",
    "Finding",
    "FrozenInput",
    "InputKind",
    "Invitation",
    "Job",
    "JobState",
    "Judgement",
    "Person",
    "Probe",
    "ProbeClaim",
    "Result",
    "Role",
    "RoleKind",
    "Round",
    "RoundStage",
    "RoundState",
    "Scope",
    "SiteCertificate",
    "SiteDay",
    "StageKind",
    "Standing",
    "Upload",
    "Visit",
    "Watch",
]
