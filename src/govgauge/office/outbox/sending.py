"""Sending what waits: claimed first, sent outside of any transaction, tried again when it fails."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from msgspec import Struct

from govgauge.office.models import Channel, Delivery, DeliveryState, Person
from govgauge.office.outbox import mail, webhook

MOST_ATTEMPTS = 20
"""Nearly three days: a mail server that is down from Friday evening on takes the mails on Monday."""
FIRST_PAUSE = timedelta(minutes=1)
"""Pause before a second attempt; doubled with each further one, six hours at most."""
LONGEST_PAUSE = timedelta(hours=6)
QUIET = timedelta(minutes=10)
"""Nobody gets two mails within this: what comes meanwhile goes together into the next one."""
ABANDONED = timedelta(minutes=15)
"""What was claimed so long ago is free again: its sender is gone."""
MOST_TOGETHER = 200
ENDED = "账号已停用，没有发出 (the account has ended)"


class Sent(Struct, frozen=True):
    """What came of sending: mails and messages that went out, and deliveries that failed this time."""

    mails: int = 0
    messages: int = 0
    failed: int = 0


def send_due(now: datetime | None = None) -> Sent:
    """Send everything that is due. May be called by several at once: each delivery is claimed by one of them."""
    now = now or timezone.now()
    mails = failed = messages = 0
    due = Delivery.objects.filter(_due(now), channel=Channel.MAIL).values_list("notice__person_id", flat=True)
    for person in Person.objects.filter(id__in=list(due.distinct())):
        if not person.is_active:
            failed += _leave(person, now)
            continue
        if not _is_quiet(person, now):
            claimed = _claim(Q(channel=Channel.MAIL, notice__person=person), now)
            gone = bool(claimed) and _try(claimed, lambda those, to=person: mail.send(to, those), now)  # type: ignore[misc]
            mails += gone
            failed += 0 if gone else len(claimed)
    for claimed in iter(lambda: _claim(Q(channel=Channel.WEBHOOK), now), []):
        gone = _try(claimed, webhook.send, now)
        messages += len(claimed) if gone else 0
        failed += 0 if gone else len(claimed)
    return Sent(mails, messages, failed)


def _leave(person: Person, now: datetime) -> int:
    """Give up what waits for somebody whose account has ended, and say so; how many."""
    waiting = Delivery.objects.filter(_due(now), channel=Channel.MAIL, notice__person=person)
    return waiting.update(state=DeliveryState.FAILED, ended_at=now, reason=ENDED)


def _due(now: datetime) -> Q:
    waiting = Q(state=DeliveryState.WAITING, not_before__lte=now)
    return waiting | Q(state=DeliveryState.SENDING, claimed_at__lte=now - ABANDONED)


def _is_quiet(person: Person, now: datetime) -> bool:
    """Whether somebody got a mail only a moment ago."""
    sent = Delivery.objects.filter(notice__person=person, state=DeliveryState.SENT)
    return sent.filter(ended_at__gt=now - QUIET).exists()


@transaction.atomic
def _claim(which: Q, now: datetime) -> list[Delivery]:
    """Take what is due, so that nobody else sends it."""
    found = Delivery.objects.filter(_due(now), which).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        found = found.select_for_update(skip_locked=True, of=("self",))
    claimed = list(found[:MOST_TOGETHER])
    ids = [one.id for one in claimed]
    Delivery.objects.filter(id__in=ids).update(state=DeliveryState.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    return list(Delivery.objects.filter(id__in=ids).select_related("notice").order_by("id"))


def _try(claimed: Sequence[Delivery], send: Callable[[Sequence[Delivery]], None], now: datetime) -> bool:
    """Send, and note what came of it; whether it went out."""
    try:
        send(claimed)
    except Exception as fault:  # a server of others may do anything; it is tried again, and said
        for one in claimed:
            _put_off(one, f"{type(fault).__name__}: {fault}", now)
        return False
    Delivery.objects.filter(id__in=[one.id for one in claimed]).update(
        state=DeliveryState.SENT, ended_at=timezone.now(), reason=""
    )
    return True


def _put_off(one: Delivery, why: str, now: datetime) -> None:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (one.attempts - 1))
    for_good = one.attempts >= MOST_ATTEMPTS
    Delivery.objects.filter(id=one.id).update(
        state=DeliveryState.FAILED if for_good else DeliveryState.WAITING,
        not_before=now + pause,
        ended_at=now if for_good else None,
        reason=" ".join(why.split())[:300],
    )
