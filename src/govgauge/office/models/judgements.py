"""The judgements of an entry that were accepted one after another, with all that tables tell."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Entry


class Judgement(models.Model):
    """A judgement of an entry. The current one makes the tables; those before it are its history.

    `body` is a `sheets.Sheet` as compressed JSON. `low` and `high` are the unrounded points with the bonus, as texts;
    those of the current one have in them what people have accepted.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="judgements")
    number = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    cause = models.CharField(max_length=200, help_text="因何而判：采集，或重新判定")
    low = models.CharField(max_length=40)
    high = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "number"], name="judgement_number_once"),
            models.UniqueConstraint(fields=["entry"], condition=models.Q(current=True), name="one_current_judgement"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} #{self.number}: {self.low}–{self.high}"
