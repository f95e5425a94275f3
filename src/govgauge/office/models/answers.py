"""The one accepted answer of people to a check of an entry, and its whole history."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.codings import Coding
from govgauge.office.models.objections import Objection
from govgauge.office.models.people import Person
from govgauge.office.models.reviews import Adjudication
from govgauge.office.models.rounds import Entry, Round


class AnswerSource(models.TextChoices):
    """Where an accepted answer comes from."""

    PROGRAM = "program", "自动检查，经人确认"
    CODING = "coding", "采集"
    ADJUDICATION = "adjudication", "裁定"
    OBJECTION = "objection", "异议决定"
    CASES = "cases", "案例加分"


class Answer(models.Model):
    """What holds now of a check of an entry. `value` is 0…1, empty where the check does not apply.

    It says what its last step says; `version` counts the steps. `confidence` is 0…1. One that was reopened does not
    hold: it stands here for its history alone, until another one is accepted. Readers ask for those that hold.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="answers")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="answers")
    check_id = models.CharField(max_length=40)
    indicator = models.CharField(max_length=40)
    source = models.CharField(max_length=12, choices=AnswerSource.choices)
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    confidence = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    holds = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "check_id"], name="one_answer_a_check"),
            models.CheckConstraint(
                condition=models.Q(value=None, not_applicable=True)
                | models.Q(value__isnull=False, value__gte=0, value__lte=1, not_applicable=False),
                name="answer_is_a_share_or_does_not_apply",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "-id"], name="answer_of_round", condition=models.Q(holds=True)),
            models.Index(
                fields=["round", "indicator", "-id"], name="answer_of_indicator", condition=models.Q(holds=True)
            ),
            models.Index(fields=["round", "source", "-id"], name="answer_by_source", condition=models.Q(holds=True)),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.check_id}: {self.value}"


class AnswerStep(models.Model):
    """One step of an answer: what was accepted then, by whom and on what; or that it was reopened, where it does not
    hold from then on. Rows are added, never changed."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=12, choices=AnswerSource.choices)
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    confidence = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    reason = models.TextField(blank=True)
    holds = models.BooleanField(default=True)
    coding = models.ForeignKey(Coding, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    adjudication = models.ForeignKey(Adjudication, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "number"], name="answer_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} #{self.number} {self.source}"
