"""Rows and their own invariants, by topic."""

from govgauge.office.models.changes import ChangeKind, EntryChange
from govgauge.office.models.codings import (
    BulkChange,
    Coding,
    CodingEvidence,
    CodingStep,
    CodingStepKind,
    Confidence,
    EvidenceKind,
)
from govgauge.office.models.collection import (
    AnswerForm,
    Assignment,
    AssignmentState,
    Batch,
    BatchCut,
    BatchStep,
    BatchStepKind,
    CheckGuide,
    Part,
)
from govgauge.office.models.freshness import ColumnDay, ColumnState
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
    "AnswerForm",
    "Assignment",
    "AssignmentState",
    "Batch",
    "BatchCut",
    "BatchStep",
    "BatchStepKind",
    "BulkChange",
    "Change",
    "ChangeKind",
    "CheckGuide",
    "Coding",
    "CodingEvidence",
    "CodingStep",
    "CodingStepKind",
    "ColumnDay",
    "ColumnState",
    "Confidence",
    "Entry",
    "EntryChange",
    "EvidenceKind",
    "Finding",
    "FrozenInput",
    "InputKind",
    "Invitation",
    "Job",
    "JobState",
    "Judgement",
    "Part",
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
