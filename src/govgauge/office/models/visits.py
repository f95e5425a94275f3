"""Visits of an entry's site, one after another, and what was found in them over time."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Entry


class Scope(models.TextChoices):
    """What a visit looked at."""

    FULL = "full", "全站"
    CONFIRM = "confirm", "复核"


class Visit(models.Model):
    """One look at an entry's site, done by the job of the same task. Rows are added, never changed but for `accepted`.

    A visit that confirms fetches again only what cost points in `base`, and is read together with it. `distorted` is a
    visit in which the site kept the visitor out: nothing in it speaks against the site. `accepted` are the visits on
    which the entry's result rests. `digest` is the SHA-256 of its results without times and addresses of evidence.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveIntegerField(help_text="从 1 起")
    task = models.CharField(max_length=30)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.FULL)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="confirming")
    evidence = models.CharField(max_length=300, help_text="材料目录，相对于工作目录")
    sums = models.JSONField(default=dict, help_text="接收时各材料文件的 SHA-256，见 intact.py")
    program = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    home_ok = models.BooleanField()
    distorted = models.BooleanField(default=False)
    distorted_why = models.CharField(max_length=200, blank=True)
    pages = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    low = models.DecimalField(max_digits=12, decimal_places=6)
    high = models.DecimalField(max_digits=12, decimal_places=6)
    answered = models.DecimalField(max_digits=12, decimal_places=6)
    vetoes = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    accepted = models.BooleanField(default=False)
    superseded = models.BooleanField(default=False, help_text="网站此后换了地址，只作历史")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "number"], name="visit_number_once"),
            models.UniqueConstraint(fields=["entry", "task"], name="visit_once_a_task"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} #{self.number}"


class Finding(models.Model):
    """A fault of an entry's site over time: the same audit, page and target, from one visit to the next.

    `identity` is the `id` in findings.jsonl. Only visits that looked at the page, and could judge, say anything:
    `gone_since` is the time of the first one that did not see it any more. `confirmed`: seen at two different times.
    `superseded`: seen on a former site of the entry, which tells nothing of the present one.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="findings")
    identity = models.CharField(max_length=16)
    audit = models.CharField(max_length=40)
    page = models.TextField()
    target = models.TextField(blank=True)
    slug = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    excerpt = models.TextField(blank=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    times = models.PositiveIntegerField(default=1, help_text="在几次访问中见到")
    first_visit = models.PositiveIntegerField(help_text="首次见到它的访问")
    last_visit = models.PositiveIntegerField(help_text="最近见到它的访问")
    gone_since = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=False, help_text="在不同时间见到过两次")
    superseded = models.BooleanField(default=False, help_text="网站此后换了地址或已关，只作历史")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "identity"], name="finding_once_an_entry")]
        indexes: ClassVar = [models.Index(fields=["entry", "audit"], name="finding_by_audit")]

    def __str__(self) -> str:
        return f"{self.audit} {self.page}"
