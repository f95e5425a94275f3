"""Putting findings right: a remedy for each finding that the office sends, its steps and its deadlines."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.jobs import Job
from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round
from govgauge.office.models.uploads import Upload
from govgauge.office.models.visits import Finding


class RemedyState(models.TextChoices):
    """Where a remedy stands."""

    PROPOSED = "proposed", "待二次审核"
    DROPPED = "dropped", "不予通知"
    NOTIFIED = "notified", "待认领"
    CLAIMED = "claimed", "整改中"
    REPORTED = "reported", "待复查"
    UNJUDGED = "unjudged", "无法复查"
    EXPLAINED = "explained", "说明待定"
    EXCUSED = "excused", "说明成立"
    CONFIRMING = "confirming", "待确认销号"
    CLOSED = "closed", "已销号"


class RemedyStepKind(models.TextChoices):
    """What happened to a remedy."""

    PROPOSED = "proposed", "提请二次审核"
    SECOND_REVIEW = "second-review", "二次审核"
    DROPPED = "dropped", "不予通知"
    NOTIFIED = "notified", "通知"
    CLAIMED = "claimed", "认领"
    REPORTED_FIXED = "reported-fixed", "报告已整改"
    REPORTED_NO_FIX = "reported-no-fix-needed", "报告无需整改"
    RECHECK_ASKED = "recheck-asked", "申请复查"
    SEEN_AGAIN = "seen-again", "复查仍在"
    UNSEEN = "unseen", "复查未能判断"
    GONE = "gone", "复查已消除"
    STUCK = "stuck", "多次复查未能判断"
    BY_HAND = "by-hand", "人工核查已消除"
    RETURNED = "returned", "退回整改"
    EXCUSED = "excused", "说明成立"
    LAPSED = "lapsed", "说明失效"
    CLOSED = "closed", "销号"
    REOPENED = "reopened", "再次出现"
    POSTPONED = "postponed", "延期"
    URGED = "urged", "催办"
    ESCALATED = "escalated", "上报主管"


class Remedy(models.Model):
    """What becomes of a finding once the office has taken it up.

    `state`, `due` and `excused_until` are as the last steps and deadlines left them, kept for lists. `version` counts
    the steps: who acts says which one they saw. `fingerprint` is that of the finding whose explanation was accepted.
    """

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="remedy")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="remedies")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="remedies")
    audit = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=RemedyState.choices)
    due = models.DateField(null=True, blank=True)
    excused_until = models.DateField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)
    notified_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["round", "state", "due"], name="remedy_by_state"),
            models.Index(fields=["entry", "state"], name="remedy_of_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.audit} {self.state}"


class RemedyStep(models.Model):
    """One thing that happened to a remedy. Rows are added, never changed. `by` is empty for the program.

    `job` is the re-check that was asked for, or that saw what the step tells; `upload` proves what somebody saw.
    """

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=24, choices=RemedyStepKind.choices)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="remedy_steps")
    note = models.CharField(max_length=1000, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="remedy_steps")
    evidence = models.CharField(max_length=300, blank=True, help_text="复查的材料目录，相对于工作目录")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="remedy_steps")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["remedy", "kind", "id"], name="step_of_remedy")]

    def __str__(self) -> str:
        return f"{self.remedy_id} {self.kind}"


class RemedyDeadline(models.Model):
    """A day by which a finding is to be put right; the last row of a remedy counts."""

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="deadlines")
    day = models.DateField(help_text="最后一天，含当天")
    set_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deadlines_set")
    why = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.remedy_id} {self.day}"


class SelfCheck(models.Model):
    """A check of a site that its owner asked for, outside of the round's results.

    What came of it is filled in once, when its job has ended; until then `ended_at` is empty.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="self_checks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="self_checks")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="self_check")
    asked_at = models.DateTimeField(auto_now_add=True)
    as_of = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    home_ok = models.BooleanField(default=False)
    distorted_why = models.CharField(max_length=200, blank=True)
    pages = models.PositiveIntegerField(default=0)
    findings = models.PositiveIntegerField(default=0)
    low = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    vetoes = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["entry", "-id"], name="self_checks_of_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.asked_at:%Y-%m-%d}"
