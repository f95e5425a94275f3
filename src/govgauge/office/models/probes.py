"""What the monitoring of home pages leaves: sites, probes, days, certificates."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Round


class Watch(models.Model):
    """A home page that is, or was, watched in a round. `last_*` tell how its latest slot ended.

    A site that is no entry's any more is not `active`: it is probed no longer, and what was seen stays.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="watches")
    url = models.URLField(max_length=500)
    active = models.BooleanField(default=True)
    last_slot = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)
    last_counts = models.CharField(max_length=10, blank=True)
    last_status = models.CharField(max_length=20, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "url"], name="watched_once_a_round")]

    def __str__(self) -> str:
        return self.url


class Probe(models.Model):
    """One opening of a home page. `slot` is the probe it belongs to, in minutes since 1970; `attempt` counts from 1.

    Milliseconds from the start to the end of each phase; `total` is that of the whole opening.
    """

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="probes")
    slot = models.PositiveIntegerField()
    attempt = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    status = models.CharField(max_length=20)
    http = models.PositiveSmallIntegerField(default=0)
    dns = models.PositiveIntegerField(default=0)
    connect = models.PositiveIntegerField(default=0)
    tls = models.PositiveIntegerField(default=0)
    first_byte = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    peer = models.CharField(max_length=45, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["watch", "slot", "attempt"], name="probed_once_a_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.slot}.{self.attempt} {self.status}"


class ProbeClaim(models.Model):
    """A slot that somebody is probing now: whoever inserts the row first has it, and removes it with the result."""

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="claims")
    slot = models.PositiveIntegerField()
    owner = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["watch", "slot"], name="claimed_once")]
        indexes: ClassVar = [models.Index(fields=["owner"], name="claims_of_an_owner")]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.slot} {self.owner}"


class SiteDay(models.Model):
    """The slots of a site on a day, summed from its probes; stays when these are thinned. Times in milliseconds."""

    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    probes = models.PositiveSmallIntegerField(help_text="计入比例的探测：打开或打不开")
    failed = models.PositiveSmallIntegerField()
    blocked = models.PositiveSmallIntegerField()
    unclear = models.PositiveSmallIntegerField()
    ours = models.PositiveSmallIntegerField()
    crowded = models.PositiveSmallIntegerField(help_text="与前一次相隔太近，不计")
    kinds = models.JSONField(default=dict)
    median = models.PositiveIntegerField()
    p95 = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["watch", "day"], name="one_row_a_day")]
        indexes: ClassVar = [models.Index(fields=["day"], name="days_in_order")]

    def __str__(self) -> str:
        return f"{self.watch_id} {self.day}"


class SiteCertificate(models.Model):
    """The certificate that a site showed last. `fault` is empty when it was believed."""

    watch = models.OneToOneField(Watch, on_delete=models.PROTECT, related_name="certificate")
    host = models.CharField(max_length=253)
    subject = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    names = models.JSONField(default=list)
    not_after = models.DateField()
    fault = models.CharField(max_length=20, blank=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host} {self.not_after}"
