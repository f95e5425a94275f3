"""What is made for a publication beside the pages: the version itself, or its documents."""

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.publications import Publication
from govgauge.office.models.rounds import Round


class PublishingTask(models.TextChoices):
    """What a run is for."""

    PREPARE = "prepare", "准备版本"
    DOCUMENTS = "documents", "生成文件"


class PublishingRun(models.Model):
    """One run: what it is at, how much of how much is done, and how it ended. `beat_at` is when it last told.

    `asked` is what it was begun with, `worker` its machine and process. `failure` is a sentence; what was finished
    stays. One that neither tells nor ends any more was cut off. `publication` is the version that it made, or of which
    it makes the documents.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publishing_runs")
    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, null=True, blank=True, related_name="publishing_runs"
    )
    task = models.CharField(max_length=10, choices=PublishingTask.choices)
    asked = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()
    worker = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=120, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.round_id} {self.task} {self.done}/{self.total}"
