"""Mails as files, where no SMTP server is set: HOME/mails/*.eml."""

import os
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

FOLDER = "mails"
_NUMBER = count(1)


class MailFiles(BaseEmailBackend):
    """Write each mail into a file of its own, readable by its owner only: it may hold a link that lets in."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them; how many."""
        folder = Path(settings.HOME) / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        for mail in email_messages:
            name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{next(_NUMBER)}.eml"
            file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(file, "wb") as out:
                out.write(mail.message().as_bytes())
        return len(email_messages)
