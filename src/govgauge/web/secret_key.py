"""The key that cookies are signed with: given, or made once and kept in the office's folder."""

import os
import secrets
from pathlib import Path

NAME = "secret.key"
VARIABLE = "GOVGAUGE_SECRET_KEY"
BYTES = 48


def found(home: Path) -> str:
    """The key of the environment, else of the folder; where there is none, as for commands, one for this process."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return given
    try:
        return (home / NAME).read_text(encoding="ascii").strip() or secrets.token_urlsafe(BYTES)
    except OSError:
        return secrets.token_urlsafe(BYTES)


def make(home: Path) -> None:
    """Keep a key in the folder, readable by its owner only, unless one is given or kept already."""
    if os.environ.get(VARIABLE):
        return
    try:
        file = os.open(home / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(BYTES) + "\n")
