"""Registrations: a county or a city that wants to take part in a round (annex 2 of the plan of 2020)."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round
from govgauge.office.models.uploads import Upload


class Registration(models.Model):
    """The form of one body, as it stands now. Where it stands is told by its steps.

    `key` names the body as the round's lists do: `parent/name`. `entry` is the one that it has in the round, or that
    was made when the registration was accepted. `version` counts the changes of the form.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="registrations")
    parent = models.CharField(max_length=280, blank=True)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=400)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations")
    site_name = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=500, blank=True)
    supervising = models.CharField(max_length=120, blank=True, help_text="主管单位")
    hosting = models.CharField(max_length=120, blank=True, help_text="主办单位")
    running = models.CharField(max_length=120, blank=True, help_text="承办单位")
    contact = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=60, blank=True)
    work_phone = models.CharField(max_length=40, blank=True)
    mobile = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=200, blank=True)
    letter = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "key"], name="registration_once_a_round")]
        indexes: ClassVar = [models.Index(fields=["round", "url"], name="registration_by_site")]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.key}"


class RegistrationStepKind(models.TextChoices):
    """What happened to a registration."""

    DRAFTED = "drafted", "已起草"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    CORRECTED = "corrected", "已更正"
    ACCEPTED = "accepted", "已受理"
    WITHDRAWN = "withdrawn", "已撤回"


class RegistrationStep(models.Model):
    """One step: who did it and when, and the form as it was then. Rows are added, never changed."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=RegistrationStepKind.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="registration_steps")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=1000, blank=True)
    form = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["registration", "id"], name="step_of_registration")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.kind}"
