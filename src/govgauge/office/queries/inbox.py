"""What somebody was told: their notices in words, how many are unread, and how they want their mails."""

from django.db.models import QuerySet
from msgspec import Struct

from govgauge.office.models import MailPace, Notice, NoticeChoice, Person
from govgauge.office.notice_texts import events, text, title


class Told(Struct, frozen=True):
    """A notice in words."""

    notice: Notice
    title: str
    text: str


class EventChoice(Struct, frozen=True):
    """An event with its name and the pace of mails that counts for somebody."""

    event: str
    name: str
    mail: str


def notices(person: Person, *, unread: bool = False, event: str = "") -> QuerySet[Notice]:
    """Somebody's notices, the latest first."""
    found = Notice.objects.filter(person=person).select_related("round", "entry")
    if unread:
        found = found.filter(read_at=None)
    return (found.filter(event=event) if event else found).order_by("-id")


def unread_count(person: Person) -> int:
    """How many notices somebody has not read."""
    return Notice.objects.filter(person=person, read_at=None).count()


def told(notice: Notice, language: str = "zh") -> Told:
    """A notice in words."""
    return Told(notice, title(notice.event, notice.facts, language), text(notice.event, notice.facts, language))


def choices(person: Person, language: str = "zh") -> list[EventChoice]:
    """How somebody wants their mails, event by event."""
    chosen = dict(NoticeChoice.objects.filter(person=person).values_list("event", "mail"))
    return [
        EventChoice(name, event.words(language).name, chosen.get(name, MailPace(event.mail).value))
        for name, event in events().items()
    ]
