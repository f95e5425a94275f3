"""A mail to one person: one notice, or several of them together."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from govgauge.office.models import Delivery, Person
from govgauge.office.notice_texts import text, title


def send(person: Person, deliveries: Sequence[Delivery]) -> None:
    """Send somebody what waits for them, in one mail. Raises what the mail server's connection raises."""
    subject, body = written(person, deliveries)
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [person.email]).send()


def written(person: Person, deliveries: Sequence[Delivery]) -> tuple[str, str]:
    """Subject and text of the mail; who was given several notices is told how many."""
    first = title(deliveries[0].event, deliveries[0].facts)
    many = len(deliveries) > 1
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{f'{len(deliveries)} 条消息：' if many else ''}{first}"
    parts = [f"{person.name}：", "您好！", ""]
    for number, one in enumerate(deliveries, start=1):
        head = title(one.event, one.facts)
        parts += [f"{number}. {head}" if many else head, text(one.event, one.facts), link(one.address), ""]
    parts += ["——", f"这封邮件由政测自动发出，请勿回复。接收方式可在 {link('/messages/choices')} 修改。"]
    return subject[:200], "\n".join(parts)


def link(address: str) -> str:
    """A page of the workspace as an address that works outside of it."""
    return f"{settings.OFFICE_URL}{address}" if address else settings.OFFICE_URL
