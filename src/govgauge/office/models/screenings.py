"""How the office screens cases: whether they are complete, in scope and real, and what they are worth."""

from typing import Any, ClassVar

from django.db import models

from govgauge.office.models.cases import Case, CaseCall, CaseStep
from govgauge.office.models.jobs import Job
from govgauge.office.models.people import Person


class CaseCheck(models.Model):
    """What somebody found of a case. The last row of a case holds; those before it are its history."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    is_complete = models.BooleanField(null=True, blank=True)
    is_in_scope = models.BooleanField(null=True, blank=True)
    is_real = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.case_id} #{self.pk}"


class CaseVisit(models.Model):
    """The address of a case as it was seen: asked for, then taken by the program. Rows are added, never changed but
    for what their job brings. `place` is relative to where evidence is kept; `failure` is empty where it opened.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="case_visit")
    url = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    place = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page_title = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.url}"


class CaseScore(models.Model):
    """One person's levels of a case on the rubric, by dimension. `version` counts the changes until it is submitted;
    `points` are then kept for lists.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scores")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    levels = models.JSONField(default=dict)
    comment = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True, help_text="0…100")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "by"], name="case_scored_once_a_person")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.by_id}"


class CaseDecision(models.Model):
    """Cases admitted or refused together, by one person for one reason; it can be undone as a whole."""

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="decisions")
    admits = models.BooleanField()
    reason = models.CharField(max_length=1000)
    steps: "models.ManyToManyField[CaseStep, Any]" = models.ManyToManyField(CaseStep, related_name="decisions")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.call_id} {'admits' if self.admits else 'refuses'} #{self.pk}"
