"""The answers of collectors: what stands in them now, each step they took, and what they rest on."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.collection import Assignment
from govgauge.office.models.jobs import Job
from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Round
from govgauge.office.models.uploads import Upload


class Confidence(models.TextChoices):
    """How sure a collector is."""

    SURE = "sure", "有把握"
    LIKELY = "likely", "比较有把握"
    UNSURE = "unsure", "没有把握"


class Coding(models.Model):
    """The answer to an assignment as its collector has it now. A row comes with the first text that is saved.

    `value` is 0…1, empty while nothing is said or where the check does not apply. `version` grows with each save: who
    saves says which version they saw. `private_note` is for the collector alone.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="coding")
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    justification = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    private_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(value__gte=0, value__lte=1), name="coded_value_is_a_share"
            ),
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(not_applicable=False), name="coded_value_or_not_applicable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} v{self.version}"


class CodingStepKind(models.TextChoices):
    """What happened to a coding."""

    DRAFTED = "drafted", "开始填写"
    SUBMITTED = "submitted", "提交"
    TAKEN_BACK = "taken-back", "取回修改"
    RETURNED = "returned", "退回"
    RESUBMITTED = "resubmitted", "重新提交"
    ACCEPTED = "accepted", "采用"
    DECIDED = "decided", "裁定"
    REOPENED = "reopened", "重新打开"


class CodingStep(models.Model):
    """One step of a coding, with what stood in it then. Rows are added, never changed."""

    coding = models.ForeignKey(Coding, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=CodingStepKind.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True)
    justification = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.coding_id} {self.kind}"


class EvidenceKind(models.TextChoices):
    """What a coding rests on."""

    ADDRESS = "address", "网址或摘录"
    SCREENSHOT = "screenshot", "截图"
    UPLOAD = "upload", "上传文件"


class CodingEvidence(models.Model):
    """A piece of evidence. A screenshot is taken by a job: `sha256`, `place` and `taken_at` come with its end,
    `failure` says why there is none. What was taken away keeps its row.
    """

    coding = models.ForeignKey(Coding, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    address = models.URLField(max_length=2000, blank=True)
    excerpt = models.TextField(blank=True)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="pictures")
    place = models.CharField(max_length=300, blank=True, help_text="图片文件，相对于工作目录")
    sha256 = models.CharField(max_length=64, blank=True)
    page_title = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.coding_id} {self.kind} {self.address}"


class BulkChange(models.Model):
    """Many codings that somebody filled in at once, so that it can be undone as long as nobody went on from there.

    `rows` holds, for each coding, what stood in it before and the version that it has got.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bulk_changes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bulk_changes")
    what = models.CharField(max_length=200)
    rows = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "round", "-id"], name="bulk_change_of_person")]

    def __str__(self) -> str:
        return self.what
