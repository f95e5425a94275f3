"""How fresh the columns of a site are, day by day."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Entry


class ColumnState(models.TextChoices):
    """What a day's look at a column came to."""

    FRESH = "fresh", "按时更新"
    STALE = "stale", "超期未更新"
    EMPTY = "empty", "空白"
    UNSEEN = "unseen", "未能观测"


class ColumnDay(models.Model):
    """The first page of a column on a day; the home page stands as a column of kind `home`.

    `newest` is the newest date listed, `due` the last day on which the column is fresh without a new item. `signs` are
    what looks like old articles under new dates, or a burst on one day: {"redated": n, "burst": "2025-11-30"}.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="column_days")
    url = models.CharField(max_length=500)
    day = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=ColumnState.choices)
    newest = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    items = models.PositiveIntegerField(default=0)
    signs = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "url", "day"], name="column_once_a_day")]
        indexes: ClassVar = [models.Index(fields=["entry", "day"], name="column_by_day")]

    def __str__(self) -> str:
        return f"{self.url} {self.day}: {self.state}"
