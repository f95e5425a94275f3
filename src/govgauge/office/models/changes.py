"""What changed about a subject while its round was under way."""

from django.db import models

from govgauge.office.models.rounds import Entry


class ChangeKind(models.TextChoices):
    """In what way a subject changed."""

    SITE_FOUND = "site-found", "有了网站"
    SITE_MOVED = "site-moved", "网站换了地址"
    SITE_CLOSED = "site-closed", "没有网站了"
    RENAMED = "renamed", "更名"
    MERGED = "merged", "并入"
    GONE = "gone", "撤销"
    GROUP = "group", "换了组"
    SCORED_BY = "scored-by", "换了指标体系或权重档"


class EntryChange(models.Model):
    """One change of an entry: who recorded it and when, what stood before and after."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}: {self.before} → {self.after}"
