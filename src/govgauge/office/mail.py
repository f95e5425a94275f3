"""Mail to people, sent when what it tells of is written down. A mail that cannot be sent undoes nothing."""

import sys
from collections.abc import Iterable, Sequence
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction

PREFIX = "[政测] "


def post(to: Iterable[str], subject: str, *paragraphs: str) -> None:
    """Send a mail to each address once the transaction is done; failures are told on stderr."""
    mails = _written(to, subject, paragraphs)
    transaction.on_commit(lambda: _send(mails))


def _send(mails: Iterable[EmailMessage]) -> None:
    for mail in mails:
        sent(mail)


def post_now(to: str, subject: str, *paragraphs: str) -> bool:
    """Send a mail at once, outside of any transaction, where somebody waits to be told; whether it was taken."""
    return all(sent(mail) for mail in _written([to], subject, paragraphs))


def sent(mail: EmailMessage) -> bool:
    """Send a mail; whether the mail server took it. Why it did not is told on stderr."""
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as error:
        print(f"邮件未能发给 {mail.to[0]}：{error} (mail not sent; see GOVGAUGE_SMTP_*).", file=sys.stderr)
        return False
    return True


def _written(to: Iterable[str], subject: str, paragraphs: Sequence[str]) -> list[EmailMessage]:
    return [
        EmailMessage(PREFIX + " ".join(subject.split())[:150], "\n\n".join(filter(None, paragraphs)) + "\n", to=[one])
        for one in dict.fromkeys(to)
        if one
    ]
