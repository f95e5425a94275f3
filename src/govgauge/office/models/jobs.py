"""What is to be done: one row for each thing, whoever does it."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Entry, Round


class JobState(models.TextChoices):
    """Where a job stands. A job that failed for good says why."""

    READY = "ready", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class Job(models.Model):
    """One task for one entry of a round.

    `lease` names the hold that a worker has on it; only who knows the name may end the job, so that a worker that was
    given up and comes back changes nothing. `beats` grows while the worker lives: no clock is compared.
    `turn` is the job's number among those of its owner: the lowest turn goes first, so that no owner waits for the
    thousand sites of another. `reason` says how the last attempt ended. A first attempt that is put off
    (`not_before`) is a look planned for later: until then the round goes on, ends and is frozen without it.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="jobs")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="jobs")
    task = models.CharField(max_length=30)
    lane = models.CharField(max_length=20, default="visit")
    host = models.CharField(max_length=253, blank=True, help_text="同一主机同时只有一个访问者")
    turn = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    beats = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "entry", "task"], name="job_once"),
            models.CheckConstraint(
                condition=models.Q(state=JobState.RUNNING) ^ models.Q(lease=""), name="running_jobs_are_leased"
            ),
            models.UniqueConstraint(
                fields=["host"],
                condition=models.Q(state=JobState.RUNNING) & ~models.Q(host=""),
                name="one_visitor_a_host",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "lane", "turn", "id"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.task} {self.entry_id} ({self.state})"
