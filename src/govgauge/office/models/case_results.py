"""What came of a call: counts, and each case's place."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.cases import Case, CaseCall
from govgauge.office.models.people import Person


class CaseCount(models.Model):
    """One count of a call, from verdicts and ballots as they were. The last row holds; `published_at` makes it public.

    `digest` is the SHA-256 over what was counted and what came of it: the same papers give the same digest. `bonuses`
    tell by the id of an entry what its cases add: `index` 0…1 and `points` as texts, and the lines that explain them.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveIntegerField()
    rules = models.JSONField(default=dict)
    experts = models.PositiveIntegerField(help_text="计入的专家人数")
    ballots = models.PositiveIntegerField(help_text="计入的公众选票")
    set_aside = models.PositiveIntegerField(help_text="隔离未计的选票")
    digest = models.CharField(max_length=64)
    bonuses = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="count_number_once")]

    def __str__(self) -> str:
        return f"{self.call_id} #{self.number}"


class CaseResult(models.Model):
    """A case in a count: the experts' part, the public's, both together (0…100), its place, and whether it is chosen.

    Numbers are texts of exact decimals; `explained` are the lines by which anybody can reckon them again.
    """

    count = models.ForeignKey(CaseCount, on_delete=models.PROTECT, related_name="results")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="results")
    experts = models.CharField(max_length=40, blank=True)
    public = models.CharField(max_length=40, blank=True)
    total = models.CharField(max_length=40, blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)
    chosen = models.BooleanField(default=False)
    explained = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "case"], name="case_once_a_count")]

    def __str__(self) -> str:
        return f"{self.count_id} {self.case_id}: {self.total}"


class CaseBonusStep(models.Model):
    """The bonus of a count brought into the totals, or taken out again. The last row of a count tells where it stands.

    `entries` counts those whose answers changed.
    """

    count = models.ForeignKey(CaseCount, on_delete=models.PROTECT, related_name="bonus_steps")
    applied = models.BooleanField(default=True)
    entries = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.count_id} {'+' if self.applied else '-'}{self.entries}"
