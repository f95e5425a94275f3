"""A round of an assessment, and who is in it."""

from typing import ClassVar

from django.db import models


class RoundState(models.TextChoices):
    """Where a round stands."""

    OPEN = "open", "进行中"
    PAUSED = "paused", "已暂停"
    FROZEN = "frozen", "已冻结"


class Round(models.Model):
    """One run of an assessment. `settings` are how sites are visited (rate, budgets, connect_to …)."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    rules = models.CharField(max_length=60)
    as_of = models.DateField(help_text="所有时效规则以哪一天为“今天”")
    settings = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    inputs_hash = models.CharField(max_length=64, blank=True)
    tables_hash = models.CharField(max_length=64, blank=True)
    program = models.CharField(max_length=60, blank=True, help_text="只由这一程序执行；空为不限")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Standing(models.TextChoices):
    """Whether a subject still takes part in its round."""

    IN = "in", "在册"
    MERGED = "merged", "已并入"
    GONE = "gone", "已撤销"


class Entry(models.Model):
    """A subject in a round: its key (the names of all above it and its own), its group, its site, and by what it is
    scored. A subject that several systems assess has an entry for each. `became` is the key of the subject that it was
    merged into."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    key = models.CharField(max_length=400, help_text="上级与名称，在一个指标体系内不重复")
    name = models.CharField(max_length=120)
    parent = models.CharField(max_length=280, blank=True)
    group = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True, help_text="省、自治区、直辖市")
    url = models.URLField(max_length=500, blank=True, help_text="没有网站时留空")
    system = models.CharField(max_length=60)
    profile = models.CharField(max_length=60)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.IN)
    became = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "key", "system"], name="entry_once_a_system"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "group", "key"], name="entry_in_order"),
            models.Index(fields=["round", "url"], name="entry_by_site"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.key}"
