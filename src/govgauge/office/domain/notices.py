"""Telling people: a notice for each, and what goes out by mail and to the office's messenger."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import GRANTS, Verb, within
from govgauge.office.models import (
    Channel,
    Delivery,
    Entry,
    MailPace,
    Notice,
    NoticeChoice,
    Person,
    Role,
    RoleKind,
    Round,
)
from govgauge.office.notice_texts import Event, events, names_in

Facts = Mapping[str, str | int]
"""What fills the words of a notice."""
DIGEST_AT = time(8, 0)
"""When the digest of a day goes out, in the office's time zone."""


@transaction.atomic
def tell(
    people: Iterable[Person],
    event: str,
    facts: Facts,
    *,
    address: str = "",
    round_: Round | None = None,
    entry: Entry | None = None,
) -> list[Notice]:
    """Tell some people something, each once. Call it in the transaction of what is told; nothing is sent in it.

    `event` is one of notice_texts.toml, `facts` fill its words, `address` is a page of the workspace. Raises KeyError
    for an unknown event, ValueError when a fact is missing.
    """
    known = events()[event]
    _check(known, event, facts)
    wanted = {person.id: person for person in people if person.is_active}
    shared = {"event": event, "facts": dict(facts), "address": address}
    made = Notice.objects.bulk_create(
        Notice(person=person, round=round_, entry=entry, **shared) for person in wanted.values()
    )
    chosen = dict(NoticeChoice.objects.filter(event=event, person_id__in=wanted).values_list("person_id", "mail"))
    now = timezone.now()
    paces = [(notice, MailPace(chosen.get(notice.person_id, known.mail))) for notice in made]
    going = [
        Delivery(channel=Channel.MAIL, notice=notice, not_before=_due(pace, now), **shared)
        for notice, pace in paces
        if pace is not MailPace.NEVER
    ]
    if known.group and settings.WEBHOOK_URL:
        going.append(Delivery(channel=Channel.WEBHOOK, not_before=now, **shared))
    Delivery.objects.bulk_create(going)
    return made


def of_body(entry: Entry) -> list[Person]:
    """Who stands for an assessed body."""
    return _people(entry.round, Q(roles__kind=RoleKind.ASSESSED, roles__scope=entry.key))


def supervisors(entry: Entry) -> list[Person]:
    """Who looks after the region that an entry lies in."""
    roles = _roles(entry.round).filter(kind=RoleKind.SUPERVISOR).select_related("person")
    found = {role.person_id: role.person for role in roles if within(entry.key, role.scope)}
    return [person for person in found.values() if person.is_active]


def who_may(verb: Verb, round_: Round) -> list[Person]:
    """Everybody who may do something in a round."""
    kinds = [kind for kind, verbs in GRANTS.items() if verb in verbs]
    return _people(round_, Q(roles__kind__in=kinds))


def read(acting: Acting, notices: Iterable[int] | None = None) -> int:
    """Mark one's own notices as read (None: all); how many were not."""
    if acting.person is None:
        return 0
    unread = Notice.objects.filter(person=acting.person, read_at=None)
    if notices is not None:
        unread = unread.filter(id__in=list(notices))
    return unread.update(read_at=timezone.now())


def unread(acting: Acting, notice: int) -> None:
    """Mark one of one's own notices as not read."""
    Notice.objects.filter(person=acting.person, id=notice).update(read_at=None)


@transaction.atomic
def choose(acting: Acting, paces: Mapping[str, str]) -> None:
    """Choose how soon to get mails, by event. Raises Unusable for what cannot be chosen."""
    for event, pace in paces.items():
        if event not in events() or pace not in MailPace.values:
            raise Unusable(f"“{event}：{pace}”不能选择；请刷新网页后再试 (no such choice).")
        NoticeChoice.objects.update_or_create(person=acting.person, event=event, defaults={"mail": pace})


def _check(known: Event, event: str, facts: Facts) -> None:
    for words in (known.zh, known.en):
        missing = (names_in(words.title) | names_in(words.text)) - set(facts)
        if missing:
            raise ValueError(f"notice {event}: no {', '.join(sorted(missing))}")


def _due(pace: MailPace, now: datetime) -> datetime:
    if pace is MailPace.AT_ONCE:
        return now
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return today if local < today else today + timedelta(days=1)


def _roles(round_: Round) -> QuerySet[Role]:
    return Role.objects.filter(Q(round=round_) | Q(round=None), ended_at=None)


def _people(round_: Round, wanted: Q) -> list[Person]:
    in_force = Q(roles__ended_at=None) & (Q(roles__round=round_) | Q(roles__round=None))
    return list(Person.objects.filter(in_force & wanted, is_active=True).distinct().order_by("id"))
