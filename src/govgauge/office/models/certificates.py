"""Certificates: what was signed, what became of each, and the keys of the office."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.cases import Case
from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class SigningKey(models.Model):
    """The public half of a key that certificates are signed with. The last row signs; all of them are believed.

    The secret half is in no database: see `office/certificate_keys.py`.
    """

    key_id = models.CharField(max_length=16, unique=True)
    public = models.CharField(max_length=64, help_text="公钥，32 字节的十六进制")
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key_id


class CertificateKind(models.TextChoices):
    """What is certified."""

    ASSESSED = "assessed", "评估结果"
    CASE = "case", "优秀案例"
    PARTICIPATION = "participation", "参加评估"


class CertificateState(models.TextChoices):
    """Whether a certificate holds: its last step."""

    VALID = "valid", "有效"
    REVOKED = "revoked", "已撤销"
    REPLACED = "replaced", "已换发"


class Certificate(models.Model):
    """A certificate as it was signed; of its words nothing ever changes. `award` names what it is for within its round:
    of one award one certificate holds at a time. `replaces` is the one that it was issued instead of.

    Numbers are given once: `year` and `serial`, with the check digit in `code`.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=14, choices=CertificateKind.choices)
    award = models.CharField(max_length=80)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="certificates")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates")
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    code = models.CharField(max_length=20, unique=True)
    holder = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    statement = models.TextField(help_text="签名的内容，规范 JSON")
    signature = models.CharField(max_length=128, help_text="Ed25519，十六进制")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="certificates")
    state = models.CharField(max_length=10, choices=CertificateState.choices, default=CertificateState.VALID)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    issued_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "serial"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["round", "award"], condition=models.Q(state="valid"), name="certificate_once_an_award"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "year", "serial"], name="certificate_in_order"),
            models.Index(fields=["round", "award"], name="certificate_of_award"),
        ]

    def __str__(self) -> str:
        return self.code


class CertificateStepKind(models.TextChoices):
    """What happened to a certificate."""

    ISSUED = "issued", "颁发"
    REVOKED = "revoked", "撤销"
    REPLACED = "replaced", "换发"


class CertificateStep(models.Model):
    """One step: who, when, and why. Rows are added, never changed."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=CertificateStepKind.choices)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["certificate", "id"], name="step_of_certificate")]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.kind}"
