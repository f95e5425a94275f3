"""Files that people hand in."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class Upload(models.Model):
    """A file, kept once by its hash. `media_type` is what its first bytes say, whatever its name says."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="上传时的文件名")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    purpose = models.CharField(max_length=30)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="uploads")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sha256"], name="upload_by_hash")]

    def __str__(self) -> str:
        return self.name
