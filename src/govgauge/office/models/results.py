"""What came of an entry's assessment."""

from django.db import models

from govgauge.office.models.rounds import Entry


class Result(models.Model):
    """The accepted assessment of an entry: where its evidence lies, and its totals.

    Points are texts of exact decimals; `digest` is the SHA-256 of the results without times and addresses of evidence.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="result")
    evidence = models.CharField(max_length=300, help_text="材料目录，相对于工作目录")
    home_ok = models.BooleanField()
    pages = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    low = models.DecimalField(max_digits=12, decimal_places=6)
    high = models.DecimalField(max_digits=12, decimal_places=6)
    answered = models.DecimalField(max_digits=12, decimal_places=6)
    vetoes = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.low}–{self.high}"
