"""What a round rests on, kept as text."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.rounds import Round


class InputKind(models.TextChoices):
    """What kind of thing a round rests on."""

    SUBJECTS = "subjects", "评估对象"
    SYSTEM = "system", "指标体系"
    RULES = "rules", "检查规则"
    AUDITS = "audits", "自动检查的版本"
    SETTINGS = "settings", "采集设置"
    POLICY = "policy", "排名和等次办法"
    PROGRAM = "program", "程序版本"
    ANSWERS = "answers", "采用的人工答案"
    AVAILABILITY = "availability", "可用性监测结果"
    COLUMNS = "columns", "栏目更新跟踪结果"


class FrozenInput(models.Model):
    """One thing that a round rests on, as it was when it was frozen. `sha256` is that of `body` in UTF-8."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="inputs")
    kind = models.CharField(max_length=20, choices=InputKind.choices)
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    body = models.TextField()
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "kind", "name"], name="input_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind} {self.name}: {self.sha256[:12]}"
