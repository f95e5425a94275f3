"""Innovation cases of a round: the call for them, what was nominated, and every step that it took."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round
from govgauge.office.models.uploads import Upload


class CaseCall(models.Model):
    """The call for the cases of a round. How cases are chosen stands in its rules."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="case_call")
    title = models.CharField(max_length=120)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    vote_key_mark = models.CharField(max_length=64, blank=True)
    """Tells the key of the vote by which its voters are known (`vote_calls.need_own_key`); empty before the first."""

    def __str__(self) -> str:
        return self.title


class CaseRules(models.Model):
    """How cases are nominated, judged, voted for and chosen: `case_rules.CaseSettings` as values.

    The last row of a call holds; those before it are its history.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="rules")
    settings = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.call_id} #{self.pk}"


class NominationKind(models.TextChoices):
    """Who put a case forward."""

    SELF = "self", "单位自荐"
    SUPERVISOR = "supervisor", "主管部门推荐"
    EXPERT = "expert", "专家推荐"
    PUBLIC = "public", "网民推荐"


class Case(models.Model):
    """A case as it stands now. Where it stands is told by its steps.

    `entry` is the subject that it counts for, `owner` the body that made it, which may be a part of that subject.
    `proposer` and `proposer_email` name a citizen who nominated it without signing in. `version` counts the changes of
    the form, `number` the cases of the call. A case for calibration is judged by every expert and chosen by nobody;
    only one made up for that has no `entry`: it was never handed in, and comes nowhere but to the panel.
    """

    call = models.ForeignKey(CaseCall, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField(help_text="从 1 起")
    kind = models.CharField(max_length=10, choices=NominationKind.choices)
    entry: "models.ForeignKey[Entry, Entry]" = models.ForeignKey(  # type: ignore[misc] # see above: all others have one
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    owner = models.CharField(max_length=120)
    category = models.CharField(max_length=40, help_text="评选办法中的类别")
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=1000, blank=True, help_text="推荐理由，300 字以内（按读者看到的字数）")
    contact = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    nominated_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    proposer = models.CharField(max_length=60, blank=True)
    proposer_email = models.CharField(max_length=254, blank=True)
    is_calibration = models.BooleanField(default=False, help_text="校准案例")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "number"], name="case_number_once")]
        indexes: ClassVar = [models.Index(fields=["call", "entry"], name="case_by_subject")]

    def __str__(self) -> str:
        return self.name


class CaseStepKind(models.TextChoices):
    """What happened to a case."""

    DRAFTED = "drafted", "已起草"
    SUBMITTED = "submitted", "已提交"
    WITHDRAWN = "withdrawn", "已撤回"
    RETURNED = "returned", "已退回"
    RECATEGORISED = "recategorised", "已改类别"
    JOINED = "joined", "已并入"
    ADMITTED = "admitted", "进入终评"
    REFUSED = "refused", "未通过初选"
    REOPENED = "reopened", "恢复待审"
    CHOSEN = "chosen", "已入选"
    NOT_CHOSEN = "not-chosen", "未入选"


class CaseStep(models.Model):
    """One step: who did it and when, why, and the form as it was then. Rows are added, never changed.

    `into` is the case that a joined one became part of.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=14, choices=CaseStepKind.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="case_steps")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=1000, blank=True)
    form = models.JSONField(default=dict)
    into = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="joined")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="step_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseProposal(models.Model):
    """What a citizen nominated without signing in: it counts once their e-mail address is proven by a link.

    `token_hash` is the SHA-256 of the secret in the last link that they were sent, `address` the network address from
    which they asked.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="proposal")
    token_hash = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=45, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["address", "asked_at"], name="proposals_from_address")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at}"


class CaseFile(models.Model):
    """A picture or an attachment of a case, in their order. One that was taken out keeps its row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.caption}"


class TwinState(models.TextChoices):
    """Whether two cases are the same thing."""

    OPEN = "open", "待核对"
    SAME = "same", "同一案例"
    DIFFERENT = "different", "不同案例"


class CaseTwins(models.Model):
    """Two cases that may be one system under two names: by what they are alike, and how much (`likeness`, 0…1)."""

    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="twins")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="twins_before")
    likeness = models.DecimalField(max_digits=4, decimal_places=3)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=TwinState.choices, default=TwinState.OPEN)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="twins_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="twins_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"
