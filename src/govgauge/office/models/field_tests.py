"""What is tried out as a citizen would: scripts, the tests made of them, each step they took, and what proves them."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.collection import Assignment
from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round
from govgauge.office.models.uploads import Upload


class FieldKind(models.TextChoices):
    """What is tried out."""

    DISCLOSURE = "disclosure", "申请信息公开"
    ENQUIRY = "enquiry", "网上咨询"
    CALL = "call", "电话咨询"


class FieldChannel(models.TextChoices):
    """By which way it is sent."""

    WEB = "web", "网站表单"
    APP = "app", "移动端"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    PHONE = "phone", "电话"
    COUNTER = "counter", "当面"


class FieldPolicy(models.Model):
    """What the office has settled for the field tests of a round. The last row holds; without one, the rules' own.

    `monthly_limit`: tests that one body gets in a calendar month, in all rounds. `enquiry_workdays`: how long an answer
    to an enquiry may take; empty: as the rules say.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="field_policies")
    monthly_limit = models.PositiveSmallIntegerField()
    enquiry_workdays = models.PositiveSmallIntegerField(null=True, blank=True)
    remind_days = models.PositiveSmallIntegerField(help_text="到期前几个工作日提醒")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.round_id}: {self.monthly_limit}"


class FieldScript(models.Model):
    """One version of a script, with places such as {单位} to be filled in. Rows are added, never changed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="field_scripts")
    check_id = models.CharField(max_length=40, help_text="评估要点")
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "name", "version"], name="field_script_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class FieldState(models.TextChoices):
    """Where a test stands: what its steps amount to."""

    PLANNED = "planned", "待发出"
    SENT = "sent", "等待答复"
    ANSWERED = "answered", "待评分"
    GRADED = "graded", "待办结"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class FieldTest(models.Model):
    """A request or an enquiry to a body. `text` is the script as it is to be sent.

    `state`, `day` (planned for, then sent on), `due` and `value` follow from the steps, for lists; `version` counts
    them: who adds one says which version they saw. `identity` says as whom it was sent, never a real person's number.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="field_tests")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="field_tests")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="field_tests"
    )
    check_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    script = models.ForeignKey(FieldScript, on_delete=models.PROTECT, related_name="tests")
    text = models.TextField()
    channel = models.CharField(max_length=10, choices=FieldChannel.choices)
    identity = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="field_tests")
    state = models.CharField(max_length=10, choices=FieldState.choices, default=FieldState.PLANNED)
    day = models.DateField()
    due = models.DateField(null=True, blank=True)
    due_estimated = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(value__gte=0, value__lte=1), name="field_value_is_a_share"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "state", "due", "id"], name="field_test_of_person"),
            models.Index(fields=["round", "state", "due", "id"], name="field_test_of_round"),
            models.Index(fields=["entry", "day"], name="field_test_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.check_id} {self.state}"


class FieldStepKind(models.TextChoices):
    """What happened to a test."""

    PLANNED = "planned", "安排"
    SENT = "sent", "发出"
    RECEIVED = "received", "收到回执"
    EXTENDED = "extended", "告知延期"
    ANSWERED = "answered", "收到答复"
    GRADED = "graded", "评分"
    CLOSED = "closed", "办结"
    WITHDRAWN = "withdrawn", "撤回"
    STRUCK = "struck", "更正作废"


class FieldStep(models.Model):
    """One thing that happened to a test, on a day. Rows are added, never changed; the last one of a kind counts.

    `strikes` is a step that was a mistake. `workdays` is the length of an extension. `reckoning` tells, with a closing,
    line by line how its value came about, and by which version of the rules.
    """

    test = models.ForeignKey(FieldTest, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=FieldStepKind.choices)
    day = models.DateField()
    receipt = models.CharField(max_length=80, blank=True)
    workdays = models.PositiveSmallIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    reckoning = models.JSONField(default=dict)
    strikes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["test", "id"], name="step_of_field_test")]

    def __str__(self) -> str:
        return f"{self.test_id} {self.kind} {self.day}"


class FieldEvidence(models.Model):
    """What proves a test: an address with an excerpt, or a file. What was taken away keeps its row."""

    test = models.ForeignKey(FieldTest, on_delete=models.PROTECT, related_name="evidence")
    address = models.URLField(max_length=2000, blank=True)
    excerpt = models.TextField(blank=True)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.test_id} {self.address}"


class FieldReminder(models.Model):
    """That somebody was reminded of a test: once before its due date, and once after it."""

    test = models.ForeignKey(FieldTest, on_delete=models.PROTECT, related_name="reminders")
    due = models.DateField()
    late = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["test", "due", "late"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.test_id} {self.due}"
