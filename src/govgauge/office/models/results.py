"""What came of an entry's assessment."""

from django.db import models

from govgauge.office.models.rounds import Entry


class Result(models.Model):
    """The accepted judgement of an entry, derived from its visits: where its files lie, and its totals.

    `evidence` holds results.jsonl, findings.jsonl and assessment.json of the judgement: the folder of the visit where
    it rests on one, else a folder of its own. The archives lie with the visits. `confirmed`: what costs points was
    seen at two different times; `unconfirmed` counts the findings that were not. `distorted`: the site kept every
    visitor out; `closed`: it tells of itself that it was given up or has moved. Points are exact decimals; `digest` is
    the SHA-256 of the results without times and addresses of evidence.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="result")
    evidence = models.CharField(max_length=300, help_text="材料目录，相对于工作目录")
    home_ok = models.BooleanField()
    distorted = models.BooleanField(default=False)
    distorted_why = models.CharField(max_length=200, blank=True)
    closed = models.BooleanField(default=False, help_text="网站公告已关闭或迁移")
    visits = models.PositiveIntegerField(default=1, help_text="结论依据几次访问")
    confirmed = models.BooleanField(default=False)
    unconfirmed = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField()
    findings = models.PositiveIntegerField()
    low = models.DecimalField(max_digits=12, decimal_places=6)
    high = models.DecimalField(max_digits=12, decimal_places=6)
    answered = models.DecimalField(max_digits=12, decimal_places=6)
    vetoes = models.JSONField(default=list)
    rules = models.JSONField(default=list, help_text="成立或未能判定的否决和预警，见 domain/rule_states.py")
    digest = models.CharField(max_length=64)
    reports = models.CharField(max_length=300, blank=True, help_text="报告目录，相对于工作目录；空为没有")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.low}–{self.high}"
