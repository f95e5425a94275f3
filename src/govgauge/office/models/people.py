"""People, what they may do, and how they were invited."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from govgauge.office.models.rounds import Round


class People(BaseUserManager["Person"]):
    """Makes people; e-mail addresses are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of an e-mail address."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person; without a password nobody can sign in with one."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. What they may do stands in their roles."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=60)
    organisation = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, as other packages ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """The name, as other packages ask for it."""
        return self.name


class RoleKind(models.TextChoices):
    """What somebody is in the office."""

    ADMINISTRATOR = "administrator", "管理员"
    INDICATOR_EDITOR = "indicator-editor", "指标编辑"
    COLLECTOR = "collector", "采集员"
    REVIEWER = "reviewer", "复核员"
    ADJUDICATOR = "adjudicator", "裁定员"
    EXPERT = "expert", "专家"
    ASSESSED = "assessed", "被评估单位"
    SUPERVISOR = "supervisor", "地区主管"
    OBSERVER = "observer", "观察员"


class Role(models.Model):
    """A role that somebody has: in one round or, with none, in all.

    `scope` is the key of the subject that an assessed body stands for, or of the region that a supervisor looks after
    (all keys that begin with it); empty for the others. A role that was taken away keeps its row.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    scope = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "round", "scope"],
                condition=models.Q(ended_at=None, round__isnull=False),
                name="role_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "scope"],
                condition=models.Q(ended_at=None, round__isnull=True),
                name="role_once_for_all",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="") ^ models.Q(kind__in=["assessed", "supervisor"]), name="scope_where_needed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.scope}".strip()


class Invitation(models.Model):
    """An invitation to take up a role. `token_hash` is the SHA-256 of the secret in the link; it works once.

    Who was invited on the command line was invited by nobody.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    scope = models.CharField(max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} {self.kind}"
