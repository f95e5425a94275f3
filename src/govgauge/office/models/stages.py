"""The stages of a round, each with its days."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Round


class StageKind(models.TextChoices):
    """What a stage is for, in the order in which stages begin."""

    INDICATORS = "indicators", "指标编制及意见征集"
    REGISTRATION = "registration", "参评报名及案例申报"
    COLLECTION = "collection", "数据采集"
    REVIEW = "review", "复核及案例评选"
    ANALYSIS = "analysis", "数据分析和报告撰写"
    PUBLICATION = "publication", "结果发布及经验交流"


class RoundStage(models.Model):
    """A stage of a round: its first and its last day. Stages may overlap, as they do in real rounds."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=20, choices=StageKind.choices)
    starts = models.DateField()
    ends = models.DateField(help_text="最后一天，含当天")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "kind"], name="stage_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="stages_end_after_they_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind}: {self.starts}..{self.ends}"
