"""Rows and their own invariants, by topic."""

from govgauge.office.models.answers import Answer, AnswerSource, AnswerStep
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
from govgauge.office.models.objections import (
    DECIDED,
    Explanation,
    Objection,
    ObjectionPeriod,
    ObjectionState,
    ObjectionStep,
    ObjectionStepKind,
)
from govgauge.office.models.people import Invitation, Person, Role, RoleKind
from govgauge.office.models.probes import Probe, ProbeClaim, SiteCertificate, SiteDay, Watch
from govgauge.office.models.results import Result
from govgauge.office.models.reviews import (
    Adjudication,
    Agreed,
    Dispute,
    Review,
    ReviewPolicy,
    ReviewSample,
    TrainingKind,
    TrainingStep,
    Verdict,
)
from govgauge.office.models.rounds import Entry, Round, RoundState, Standing
from govgauge.office.models.stages import RoundStage, StageKind
from govgauge.office.models.trail import Change
from govgauge.office.models.uploads import Upload
from govgauge.office.models.visits import Finding, Scope, Visit

__all__ = [
    "DECIDED",
    "Adjudication",
    "Agreed",
    "Answer",
    "AnswerForm",
    "AnswerSource",
    "AnswerStep",
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
    "Dispute",
    "Entry",
    "EntryChange",
    "EvidenceKind",
    "Explanation",
    "Finding",
    "FrozenInput",
    "InputKind",
    "Invitation",
    "Job",
    "JobState",
    "Judgement",
    "Objection",
    "ObjectionPeriod",
    "ObjectionState",
    "ObjectionStep",
    "ObjectionStepKind",
    "Part",
    "Person",
    "Probe",
    "ProbeClaim",
    "Result",
    "Review",
    "ReviewPolicy",
    "ReviewSample",
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
    "TrainingKind",
    "TrainingStep",
    "Upload",
    "Verdict",
    "Visit",
    "Watch",
]
