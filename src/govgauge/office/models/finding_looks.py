"""Looks at single findings that owners of sites ask for, beside the round and beside what is to be put right."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.jobs import Job
from govgauge.office.models.people import Person
from govgauge.office.models.visits import Finding


class LookedAs(models.TextChoices):
    """What such a look came to."""

    WAITING = "waiting", "等待复查"
    THERE = "there", "复查仍在"
    GONE = "gone", "复查已不见"
    UNKNOWN = "unknown", "复查未能判断"


class FindingLook(models.Model):
    """A look at a finding that nobody was told of yet. It is a note beside the finding, which stays as it is.

    `seen` is filled in once, when its job has ended.
    """

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="finding_looks")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="finding_looks")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    seen = models.CharField(max_length=10, choices=LookedAs.choices, default=LookedAs.WAITING)
    why = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=300, blank=True, help_text="复查的材料目录，相对于工作目录")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["finding", "-id"], name="looks_of_finding")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["finding", "job"], name="one_look_a_job")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.seen}"
