"""What assessed bodies hold against their preliminary answers and findings, and what became of it."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round
from govgauge.office.models.uploads import Upload
from govgauge.office.models.visits import Finding


class ObjectionPeriod(models.Model):
    """The days in which bodies see their preliminary answers and may object. The last row of a round holds."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="objection_periods")
    starts = models.DateField()
    ends = models.DateField(help_text="最后一天，含当天")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="objection_period_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.starts}..{self.ends}"


class ObjectionState(models.TextChoices):
    """Where an objection stands: what its last step was."""

    FILED = "filed", "待决定"
    WITHDRAWN = "withdrawn", "已撤回"
    UPHELD = "upheld", "采纳"
    EXPLAINED = "explained", "说明成立，限期采用"
    DISMISSED = "dismissed", "不采纳"


DECIDED = (ObjectionState.UPHELD, ObjectionState.EXPLAINED, ObjectionState.DISMISSED)


class Objection(models.Model):
    """An objection to the answer of a check, or to a finding on which it rests. `state` follows the last step."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="objections")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="objections")
    check_id = models.CharField(max_length=40)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="objections")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.FILED)
    published_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objections")
    filed_at = models.DateTimeField(auto_now_add=True)
    uploads = models.ManyToManyField(Upload, related_name="+", db_table="office_objection_uploads")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "check_id"],
                condition=models.Q(state=ObjectionState.FILED, finding=None),
                name="one_open_objection_an_answer",
            ),
            models.UniqueConstraint(
                fields=["finding"], condition=models.Q(state=ObjectionState.FILED), name="one_open_objection_a_finding"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="objection_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "state", "id"], name="objection_of_round"),
            models.Index(fields=["entry", "check_id"], name="objection_of_check"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.check_id} {self.state}"


class ObjectionStepKind(models.TextChoices):
    """What happened to an objection."""

    FILED = "filed", "提出"
    WITHDRAWN = "withdrawn", "撤回"
    UPHELD = "upheld", "采纳"
    EXPLAINED = "explained", "说明成立，限期采用"
    DISMISSED = "dismissed", "不采纳"
    PUBLISHED = "published", "公布"
    LAPSED = "lapsed", "说明失效"


class ObjectionStep(models.Model):
    """One step of an objection. A decision has the value that it gives, and what that does to points and ranks."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=ObjectionStepKind.choices)
    text = models.TextField(blank=True)
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    effect = models.JSONField(default=dict, help_text="对得分和名次的影响")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.objection_id} {self.kind}"


class Explanation(models.Model):
    """An explanation that is accepted for a time: until a day, and as long as its finding stays as it was.

    While it holds, its value stands in place of whatever else was said of the check. `digest` is that of the finding
    when it was accepted (empty where it is about an answer). `lapsed_at` is written once somebody notices the end;
    whether it holds is asked by its day and digest.
    """

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="explanation")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="explanations")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="explanations")
    check_id = models.CharField(max_length=40)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="explanations")
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    reason = models.TextField()
    until = models.DateField(null=True, blank=True, help_text="最后一天，含当天")
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapsed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=False) | ~models.Q(digest=""), name="explanation_ends_sometime"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "lapsed_at"], name="explanation_of_round")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.check_id} ～{self.until}"
