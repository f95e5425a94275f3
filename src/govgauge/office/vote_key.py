"""The secret of the public vote: a key of its own, beside the key that cookies are signed with, and hashes by it."""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

NAME = "vote.key"
VARIABLE = "GOVGAUGE_VOTE_KEY"
BYTES = 32


def keyed(purpose: str, *parts: object) -> str:
    """A hash of something that nobody can make without the key, as 64 hexadecimal digits.

    Different purposes give hashes that cannot be compared, so that rows of one kind do not lead to those of another.
    """
    told = "\n".join([purpose, *map(str, parts)])
    return hmac.new(_key(Path(settings.HOME)), told.encode(), hashlib.sha256).hexdigest()


def make(home: Path) -> None:
    """Keep a key in the office's folder, readable by its owner only, unless one is given or kept already."""
    if os.environ.get(VARIABLE):
        return
    scratch = home / f".{NAME}.{os.getpid()}.{secrets.token_hex(4)}"
    file = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(scratch, home / NAME)  # whole, and only when there is none
    except FileExistsError:
        return
    finally:
        scratch.unlink()


@cache
def _key(home: Path) -> bytes:
    given = os.environ.get(VARIABLE, "")
    if not given:
        make(home)
        given = (home / NAME).read_text(encoding="ascii").strip()
    return hashlib.sha256(given.encode()).digest()
