"""Bringing a bonus into many totals, or taking it out, as it goes on beside the pages."""

from django.db import models

from govgauge.office.models.case_results import CaseCount
from govgauge.office.models.people import Person


class CaseBonusRun(models.Model):
    """One run: how many entries of how many are reckoned, and how it ended. `beat_at` is when it last told.

    `failure` is a sentence where nothing was written; one that neither tells nor ends any more was cut off.
    """

    count = models.ForeignKey(CaseCount, on_delete=models.PROTECT, related_name="bonus_runs")
    applied = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.count} {'+' if self.applied else '-'} {self.done}/{self.total}"
