"""How the opening of a home page ended: one word each, what it counts as, and what the site's owner can do."""

import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from govgauge.word_enum import WordEnum


class Status(WordEnum):
    """How one opening ended. The order goes from the network to the content."""

    OK = "ok"
    SLOW = "slow"
    """Opened, but later than SLOW_SECONDS."""
    DNS_MISSING = "dns-missing"
    DNS_FAILING = "dns-failing"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CONNECT_TIMEOUT = "connect-timeout"
    TLS_FAILED = "tls-failed"
    TIMED_OUT = "timed-out"
    RESET = "reset"
    GARBLED = "garbled"
    """What came is no HTTP."""
    REDIRECT_LOOP = "redirect-loop"
    CLIENT_ERROR = "client-error"
    SERVER_ERROR = "server-error"
    BLOCKED = "blocked"
    EMPTY = "empty"
    WRONG_CONTENT = "wrong-content"
    CLOSED = "closed"
    """A notice that the site was given up or has moved."""
    OURS = "ours"
    """Our own network was down, or the probe was broken off."""


class Counts(WordEnum):
    """What an opening says of the site. Only `OPEN` and `FAILED` are counted."""

    OPEN = "open"
    FAILED = "failed"
    BLOCKED = "blocked"
    """The site keeps programs out: its availability is distorted, and no failure."""
    UNCLEAR = "unclear"
    """Our client may be stricter than a visitor's browser, or the site tells that it is no more."""
    OURS = "ours"


class Meaning(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a status means, in Chinese and English, and a sentence for the site's owner (empty: nothing to do)."""

    counts: Counts
    zh: str
    en: str
    remedy: str = ""
    remedy_en: str = ""


SLOW_SECONDS = 3.0
"""国办发〔2017〕47号 asks for pages within 3 s; later ones are told, and are no failure."""
LIMIT_SECONDS = 15.0
"""国办秘函〔2019〕19号, 站点无法访问: what takes longer is not open; exactly this long is."""


@cache
def meanings() -> dict[Status, Meaning]:
    """The meaning of every status."""
    text = Path(__file__).with_name("statuses.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), dict[Status, Meaning])


def counts(status: str) -> Counts:
    """What a status counts as."""
    return meanings()[Status(status)].counts
