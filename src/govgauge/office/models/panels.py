"""The panel: experts, their ties, the cases that each of them judges, and their verdicts."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.cases import Case, CaseCall
from govgauge.office.models.people import Person


class PanelExpert(models.Model):
    """An expert of a call's panel. `fields` are the categories that they know, `region` the key of where they work.

    One who left the panel keeps the row, and what they judged until then.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="experts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panels")
    alias = models.CharField(max_length=10, help_text="评审中显示的代号")
    fields = models.JSONField(default=list)
    employer = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "person"], name="expert_once_a_panel"),
            models.UniqueConstraint(fields=["call", "alias"], name="alias_once_a_panel"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.alias}"


class TieKind(models.TextChoices):
    """How a tie was found."""

    DECLARED = "declared", "本人申报"
    EMPLOYER = "employer", "工作单位"
    REGION = "region", "所在地区"
    DOMAIN = "domain", "邮箱域名"
    OFFICE = "office", "办公室认定"
    NOMINATED = "nominated", "本人推荐"


class PanelTie(models.Model):
    """A tie of an expert to a case. `is_certain`: it keeps the expert out; else somebody decides. `stands` is what was
    decided (None: not yet).
    """

    expert = models.ForeignKey(PanelExpert, on_delete=models.PROTECT, related_name="ties")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=10, choices=TieKind.choices)
    is_certain = models.BooleanField(default=False)
    why = models.CharField(max_length=300)
    found_at = models.DateTimeField(auto_now_add=True)
    stands = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expert", "case", "kind"], name="tie_once_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id}–{self.case_id} {self.kind}"


class Seat(models.Model):
    """A case that was given to an expert, and the verdict. One taken back keeps the row.

    `levels` are those of the rubric by dimension; an expert who abstains gives none, and says why.
    """

    expert = models.ForeignKey(PanelExpert, on_delete=models.PROTECT, related_name="seats")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="seats")
    given_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.CharField(max_length=300, blank=True)
    levels = models.JSONField(default=dict)
    comment = models.CharField(max_length=1000, blank=True)
    abstained = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["expert", "case"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.expert_id}–{self.case_id}"


class SeatDraw(models.Model):
    """One even assignment: its seed, by which anybody gets the same again from the same state, and how many seats."""

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=60)
    seats = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.call_id} {self.seed}"


class AgreedLevels(models.Model):
    """The levels of a calibration case upon which the panel agreed. The last row of a case holds."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreed")
    levels = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.case_id} #{self.pk}"


class PanelBallot(models.Model):
    """An expert's votes: numbers of cases. The last row of an expert holds; those before it are its history."""

    expert = models.ForeignKey(PanelExpert, on_delete=models.PROTECT, related_name="ballots")
    choices = models.JSONField(default=list)
    abstained = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.expert_id} #{self.pk}"


class PanelMinutes(models.Model):
    """Minutes of the panel. The last row of a call that is signed holds; until one is, the last draft.

    Signed ones stay as they are for ever. An amendment is further rows, each with its `reason`, which are signed again.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="为什么修订已签署的纪要")

    def __str__(self) -> str:
        return f"{self.call_id} #{self.pk}"
