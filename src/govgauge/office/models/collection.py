"""What people collect: batches of assignments, each for one check of one entry."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class BatchCut(models.TextChoices):
    """By what the work of a round is cut into batches."""

    INDICATOR = "indicator", "按指标"
    ENTRY = "entry", "按评估对象"


class Batch(models.Model):
    """Work that is planned, held up and reviewed together: the checks of an indicator, or the entries of a group.

    `about` is the indicator's code, or the group. A batch that is `held` takes no answers until it is let go again;
    why, by whom and since when stands in its last step.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=120)
    cut = models.CharField(max_length=10, choices=BatchCut.choices)
    about = models.CharField(max_length=60, blank=True)
    double_share = models.DecimalField(max_digits=4, decimal_places=3, help_text="背靠背双人采集的比例，0 至 1")
    seed = models.CharField(max_length=80, help_text="抽取双人采集所用的种子")
    held = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "cut", "about"], name="batch_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(double_share__gte=0, double_share__lte=1), name="double_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BatchStepKind(models.TextChoices):
    """What happened to a batch."""

    PLANNED = "planned", "已分派"
    DEADLINE = "deadline", "改期限"
    MOVED = "moved", "改派"
    HELD = "held", "暂停采集"
    LET_GO = "let-go", "恢复采集"
    DROPPED = "dropped", "不再采集"
    TAKEN_UP = "taken-up", "重新采集"


class BatchStep(models.Model):
    """One thing that happened to a batch. The deadline in force is that of the last step that has one."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=BatchStepKind.choices)
    due = models.DateField(null=True, blank=True, help_text="最后一天，含当天")
    comment = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind}"


class Part(models.TextChoices):
    """Which of two blind codings an assignment is."""

    FIRST = "first", "初次采集"
    SECOND = "second", "背靠背采集"


class AssignmentState(models.TextChoices):
    """Where an assignment stands: what its last step was."""

    OPEN = "open", "未开始"
    DRAFT = "draft", "填写中"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已采用"
    DECIDED = "decided", "已裁定"
    DROPPED = "dropped", "不再需要"


class Assignment(models.Model):
    """A check of an entry that somebody is to answer. `due` is the deadline in force of its batch.

    `state` follows from the last step, for lists. `minutes` is the time that it was planned with. Nobody gets a check
    of an entry twice: so the second coder is never the first one.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    check_id = models.CharField(max_length=40, help_text="评估要点")
    indicator = models.CharField(max_length=40)
    method = models.CharField(max_length=10)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.FIRST)
    minutes = models.PositiveSmallIntegerField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.OPEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "check_id", "part"], name="assigned_once_a_part"),
            models.UniqueConstraint(fields=["entry", "check_id", "person"], name="never_both_coders"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "state", "due", "id"], name="assignment_of_person"),
            models.Index(fields=["person", "round", "due", "batch", "id", "state"], name="assignment_in_order"),
            models.Index(fields=["round", "person", "state", "due", "minutes"], name="assignment_load_of_person"),
            models.Index(fields=["batch", "state", "due", "minutes"], name="assignment_load_of_batch"),
            models.Index(
                fields=["round", "batch", "person", "indicator", "state", "due", "minutes"], name="assignment_on_board"
            ),
            models.Index(fields=["batch", "state"], condition=models.Q(part="second"), name="second_of_batch"),
            models.Index(fields=["round", "state"], name="assignment_of_round"),
            models.Index(fields=["round", "indicator", "state"], name="assignment_of_indicator"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.check_id} ({self.part})"


class AnswerForm(models.TextChoices):
    """In what way a check is answered."""

    YES_NO = "yes-no", "是或否"
    SCALE = "scale", "分级"
    SHARE = "share", "比例"


class CheckGuide(models.Model):
    """What the office tells collectors of a check in a round; without one the rule of its text and method holds.

    `tolerance` is how far two answers may lie apart and still agree.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="check_guides")
    system = models.CharField(max_length=60)
    check_id = models.CharField(max_length=40)
    form = models.CharField(max_length=10, choices=AnswerForm.choices)
    minutes = models.PositiveSmallIntegerField()
    tolerance = models.DecimalField(max_digits=4, decimal_places=3, default=0)
    how = models.TextField(blank=True, help_text="怎样判断")
    good = models.TextField(blank=True, help_text="好的例子")
    bad = models.TextField(blank=True, help_text="不好的例子")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "system", "check_id"], name="guide_once_a_check"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.check_id}"
