"""The public vote: who may vote, and ballots that tell of nobody who cast them."""

from datetime import datetime, time
from typing import ClassVar

from django.db import models
from django.utils import timezone

from govgauge.office.models.cases import CaseCall
from govgauge.office.models.people import Person


def this_day() -> datetime:
    """The beginning of today: all that is kept of when somebody proved who they are, and when they voted."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))


class ProofKind(models.TextChoices):
    """By what somebody proves to be one person."""

    EMAIL = "email", "电子邮箱"
    PHONE = "phone", "手机验证码"
    OIDC = "oidc", "统一身份认证"


class Voter(models.Model):
    """Somebody who proved to be one person. What they chose stands nowhere beside them.

    `identity` is a keyed hash of address, number or subject; `token_hash` the SHA-256 of the secret that they vote
    with; `network` and `domain` are keyed hashes of where they came from, by another key than those of ballots.
    `admitted_at` and `voted_at` are days, so that no moment leads from here to a ballot. `voted_at` and `sealed` are
    set in the transaction that adds the ballot; `sealed` is a hash over the ballot by the voter's token, which the
    office does not have: only who brings the token again can show that it was this ballot.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="voters")
    proof = models.CharField(max_length=10, choices=ProofKind.choices)
    identity = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    network = models.CharField(max_length=64, blank=True)
    domain = models.CharField(max_length=64, blank=True)
    admitted_at = models.DateTimeField(default=this_day)
    voted_at = models.DateTimeField(null=True, blank=True)
    sealed = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "identity"], name="voter_once_a_call"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} #{self.pk}"


class VoteCode(models.Model):
    """A code that was sent to prove an address or a number. It works once, for a while, and for a few tries."""

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="codes")
    proof = models.CharField(max_length=10, choices=ProofKind.choices)
    identity = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    network = models.CharField(max_length=64, blank=True)
    domain = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["call", "identity", "sent_at"], name="code_by_identity"),
            models.Index(fields=["call", "network", "sent_at"], name="code_by_network"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.proof} #{self.pk}"


class Ballot(models.Model):
    """One counted paper: numbers of cases, and no way back to who cast it. Rows are added, never changed.

    `commitment` is the receipt's public half: a hash over the choices and a secret of the voter. `minute`, `network`
    and `domain` are kept as coarse as telling bursts needs.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="ballots")
    choices = models.JSONField()
    commitment = models.CharField(max_length=64)
    minute = models.DateTimeField()
    network = models.CharField(max_length=64, blank=True)
    domain = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "commitment"], name="ballot_once")]
        indexes: ClassVar = [models.Index(fields=["call", "minute"], name="ballot_by_minute")]

    def __str__(self) -> str:
        return f"{self.call_id} #{self.pk}"


class Quarantine(models.Model):
    """Ballots set aside because they came in a burst: all of a call from one network or domain within some minutes.

    None is deleted. `counts` is what was decided in the end (None: not yet, and they are not counted until then).
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="quarantines")
    network = models.CharField(max_length=64, blank=True)
    domain = models.CharField(max_length=64, blank=True)
    first_minute = models.DateTimeField()
    last_minute = models.DateTimeField()
    ballots = models.PositiveIntegerField()
    why = models.CharField(max_length=300)
    found_at = models.DateTimeField(auto_now_add=True)
    counts = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.call_id} {self.ballots}"
