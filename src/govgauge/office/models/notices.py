"""What people are told: notices in the workspace, and what goes out by mail and to office messengers."""

from typing import ClassVar

from django.db import models

from govgauge.office.models.people import Person
from govgauge.office.models.rounds import Entry, Round


class Notice(models.Model):
    """Something that one person is told. Its words come from `notice_texts.toml` by the event, filled with `facts`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    event = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True, help_text="工作台内的网页，以 / 开头")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="notices_of_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="unread_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.person_id}"


class Channel(models.TextChoices):
    """By which way something goes out."""

    MAIL = "mail", "邮件"
    WEBHOOK = "webhook", "办公群"


class DeliveryState(models.TextChoices):
    """Where something that goes out stands."""

    WAITING = "waiting", "待发"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发"
    FAILED = "failed", "未发出"


class Delivery(models.Model):
    """Something that is to go out: a person's notice by mail, or an event to the office's messenger.

    Written in the transaction of what it tells, and sent later by whoever claims it. What was claimed and never ended
    is sent again: twice is better than never.
    """

    channel = models.CharField(max_length=10, choices=Channel.choices)
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="delivery")
    event = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "not_before"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.channel} {self.event} ({self.state})"


class MailPace(models.TextChoices):
    """How soon somebody wants a mail about something."""

    AT_ONCE = "at-once", "及时"
    DAILY = "daily", "每日汇总"
    NEVER = "never", "不发"


class NoticeChoice(models.Model):
    """What somebody chose for an event; without a row the event's own pace counts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notice_choices")
    event = models.CharField(max_length=40)
    mail = models.CharField(max_length=10, choices=MailPace.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "event"], name="one_choice_an_event")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.event}: {self.mail}"
