"""Who is at work on the command line: the account of the operating system, for the trail."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ADDRESS = "命令行"
"""In the place of the address from which somebody works."""
_NAME: ContextVar[str] = ContextVar("at_command_line", default="")


def person() -> str:
    """Who is at work: GOVGAUGE_USER, else the name of the account."""
    try:
        return os.environ.get("GOVGAUGE_USER") or getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return str(os.getuid())


def at_work() -> str:
    """The name of who gave the command that is carried out; empty where the program acts by itself."""
    return _NAME.get()


@contextmanager
def given() -> Iterator[None]:
    """What is done in the block, somebody does on the command line."""
    token = _NAME.set(person())
    try:
        yield
    finally:
        _NAME.reset(token)
