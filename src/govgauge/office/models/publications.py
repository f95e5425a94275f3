"""What a round tells the public: numbered publications, each with the subjects as its pages show them."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class PublicationState(models.TextChoices):
    """Where a publication stands: what its last step was."""

    PREPARED = "prepared", "待公布"
    PUBLIC = "public", "已公布"
    REPLACED = "replaced", "已被新版取代"
    WITHDRAWN = "withdrawn", "已撤回"
    DISCARDED = "discarded", "已作废"


NEWEST = ("made_at", "id")
"""The order of documents; the last of a kind and form holds."""
OUTSIDE = (PublicationState.PUBLIC, PublicationState.REPLACED)
"""What the public may read: the one that holds, and those before it."""


class Publication(models.Model):
    """A version of what a round tells. Its files lie in `folder`, below `publications` of the office's folder.

    `state` follows the last step. `title` and `as_of` are the round's as they were; `shows` is an `about.Shows`.
    `tables_hash` is that of the frozen tables from which it was made.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(help_text="从 1 起")
    title = models.CharField(max_length=200)
    as_of = models.DateField()
    shows = models.JSONField(default=dict)
    tables_hash = models.CharField(max_length=64)
    folder = models.CharField(max_length=120)
    subjects = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PublicationState.choices, default=PublicationState.PREPARED)
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="publication_number_once"),
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(state="public"), name="one_public_publication_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"


class PublicationStep(models.Model):
    """What happened to a publication, with the reason where one is asked for; the public reads those of it."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=PublicationState.choices)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.publication_id} {self.kind}"


class PublicSubject(models.Model):
    """A body over the years: its number stands in addresses and stays. `key` and `name` are the newest ones."""

    key = models.CharField(max_length=400, unique=True)
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=60, blank=True)
    former = models.JSONField(default=list, help_text="以前的路径")

    def __str__(self) -> str:
        return self.name


class PublishedGroup(models.Model):
    """A group as a publication lists it. `facts` is a `published_rows.GroupFacts`: what holds of all its subjects."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="groups")
    place = models.PositiveIntegerField(help_text="从 0 起")
    name = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    system = models.CharField(max_length=60)
    profile = models.CharField(max_length=60)
    members = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "place"], name="published_group_place_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PublishedSubject(models.Model):
    """A subject as a publication shows it. `place` is the order in its group; `rank` as it is printed.

    `index` is the total index 0…1 without the bonus (of what is sure), `tops` are the indexes of the first level in the
    order of the system, None where open. `body` is a `published_rows.SubjectFacts` as compressed JSON.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="published")
    subject = models.ForeignKey(PublicSubject, on_delete=models.PROTECT, related_name="published")
    group = models.ForeignKey(PublishedGroup, on_delete=models.CASCADE, related_name="published")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="published")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    parent = models.CharField(max_length=280, blank=True)
    region = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20)
    total_low = models.CharField(max_length=20, blank=True, help_text="公布的得分（含加分），取整后")
    total_high = models.CharField(max_length=20, blank=True)
    index = models.FloatField(null=True, blank=True)
    rank = models.CharField(max_length=20, blank=True)
    rank_number = models.PositiveIntegerField(null=True, blank=True)
    rank_best = models.PositiveIntegerField(null=True, blank=True)
    rank_worst = models.PositiveIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=30, blank=True)
    unranked = models.CharField(max_length=200, blank=True)
    coverage = models.FloatField(null=True, blank=True)
    findings = models.PositiveIntegerField(default=0)
    tops = models.JSONField(default=list)
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "entry"], name="published_once"),
            models.UniqueConstraint(fields=["group", "place"], name="published_place_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["publication", "region", "group", "place"], name="published_by_region"),
            models.Index(fields=["publication", "grade", "group", "place"], name="published_by_grade"),
            models.Index(fields=["publication", "name"], name="published_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.name}"


class PublishedDocument(models.Model):
    """A file made from a publication: a report, or the diagnosis of a subject. The newest of its kind and form holds.

    `file` lies in the publication's folder. Diagnoses are read by their bodies; the others by everybody. `made_of` is a
    hash over the material and the edition of the program: a report of another one stands beside, and is kept, because
    somebody may have linked it.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="documents")
    published = models.ForeignKey(
        PublishedSubject, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(max_length=40, help_text="general、special-…、diagnosis")
    form = models.CharField(max_length=10, help_text="pdf、docx、html")
    title = models.CharField(max_length=200)
    file = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_of = models.CharField(max_length=64, blank=True, help_text="材料和程序的校验值")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "file"], name="document_once_a_publication"),
        ]
        indexes: ClassVar = [models.Index(fields=["publication", "kind", "form"], name="document_by_kind")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.file}"
