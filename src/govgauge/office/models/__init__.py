"""Rows and their own invariants, by topic."""

from govgauge.office.models.answers import Answer, AnswerSource, AnswerStep
from govgauge.office.models.boards import BoardCount
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
from govgauge.office.models.notices import (
    Channel,
    Delivery,
    DeliveryState,
    MailPace,
    Notice,
    NoticeChoice,
)
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
from govgauge.office.models.remedies import (
    Remedy,
    RemedyDeadline,
    RemedyState,
    RemedyStep,
    RemedyStepKind,
    SelfCheck,
)
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
    "BoardCount",
    "BulkChange",
    "Change",
    "ChangeKind",
    "Channel",
    "CheckGuide",
    "Coding",
    "CodingEvidence",
    "CodingStep",
    "CodingStepKind",
    "ColumnDay",
    "ColumnState",
    "Confidence",
    "Delivery",
    "DeliveryState",
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
    "MailPace",
    "Notice",
    "NoticeChoice",
    "Objection",
    "ObjectionPeriod",
    "ObjectionState",
    "ObjectionStep",
    "ObjectionStepKind",
    "Part",
    "Person",
    "Probe",
    "ProbeClaim",
    "Remedy",
    "RemedyDeadline",
    "RemedyState",
    "RemedyStep",
    "RemedyStepKind",
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
    "SelfCheck",
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
