"""How codings are looked at: by a reviewer, against a second coder, and before an adjudicator."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.codings import Coding
from govgauge.office.models.collection import Assignment, Batch
from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class Agreed(models.TextChoices):
    """What becomes of two codings that agree."""

    AT_ONCE = "at-once", "直接采用"
    AFTER_REVIEW = "after-review", "复核后采用"


class ReviewPolicy(models.Model):
    """How a round is reviewed. The last row of a round holds; those before it are its history.

    A batch goes to re-training when alpha of its double codings falls below `alpha_below`, or the share of rejected
    reviews rises above `rejection_above`; neither counts with fewer than `fewest` pairs or reviews. Empty: none.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="review_policies")
    agreed = models.CharField(max_length=12, choices=Agreed.choices, default=Agreed.AT_ONCE)
    alpha_below = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    rejection_above = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    fewest = models.PositiveSmallIntegerField(default=10)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(rejection_above=None) | models.Q(rejection_above__gte=0, rejection_above__lte=1),
                name="rejection_above_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(alpha_below=None) | models.Q(alpha_below__gte=-1, alpha_below__lte=1),
                name="alpha_below_is_an_alpha",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} α<{self.alpha_below} ✗>{self.rejection_above}"


class ReviewSample(models.Model):
    """Codings of a batch drawn for review: a share of each collector's, by a seed, so that it can be drawn again."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="samples")
    share = models.DecimalField(max_digits=4, decimal_places=3)
    seed = models.CharField(max_length=80)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    assignments = models.ManyToManyField(Assignment, related_name="samples", db_table="office_review_sample_members")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(share__gt=0, share__lte=1), name="sample_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.share}"


class Verdict(models.TextChoices):
    """What a reviewer says of a coding."""

    ACCEPTED = "accepted", "通过"
    REJECTED = "rejected", "退回"


class Review(models.Model):
    """A reviewer's word on one version of a coding. Who rejects says why. Rows are added, never changed.

    `batch` is that of the coding, so that reviews are counted without looking at millions of assignments.
    """

    coding = models.ForeignKey(Coding, on_delete=models.PROTECT, related_name="reviews")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="reviews")
    version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    comment = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["coding", "version"], name="reviewed_once_a_version"),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.ACCEPTED) | ~models.Q(comment=""), name="rejected_with_a_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coding_id} v{self.version} {self.verdict}"


class Dispute(models.Model):
    """Two codings of one check that do not agree: somebody else decides. `decided_at` follows from the decision. Where
    the answer was reopened later, the same two may disagree again: in a dispute of its own."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="disputes")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="disputes")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="disputes")
    check_id = models.CharField(max_length=40)
    indicator = models.CharField(max_length=40)
    first = models.ForeignKey(Coding, on_delete=models.PROTECT, related_name="disputes_as_first")
    second = models.ForeignKey(Coding, on_delete=models.PROTECT, related_name="disputes_as_second")
    opened_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "check_id"], condition=models.Q(decided_at=None), name="one_open_dispute_a_check"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "decided_at", "id"], name="dispute_of_round"),
            models.Index(fields=["batch", "decided_at"], name="dispute_of_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.check_id}"


class Adjudication(models.Model):
    """The decision of a dispute, with its reason."""

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="adjudication")
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    not_applicable = models.BooleanField(default=False)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adjudications")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="adjudicated_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.value}"


class TrainingKind(models.TextChoices):
    """What happened about the re-training of a batch's people."""

    ORDERED = "ordered", "需要再培训"
    CONFIRMED = "confirmed", "已完成培训"


class TrainingStep(models.Model):
    """A batch sent to re-training, and the word of somebody that it took place. `why` holds the measured figures."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=10, choices=TrainingKind.choices)
    why = models.CharField(max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind}"
