"""What a certificate says, as bytes that are the same wherever they are made (RFC 8785)."""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable

LONGEST = {"holder": 120, "title": 120, "text": 600, "round_title": 200, "issuer": 120, "word": 12, "check": 200}
"""Characters of each field: what still stands on the sheet."""
MOST_FACTS = 6
LONGEST_FACT = 160
MOST_BYTES = 12_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    """What is certified."""

    ASSESSED = "assessed"
    """A grade or a rank in a round."""
    CASE = "case"
    """A chosen innovation case."""
    PARTICIPATION = "participation"


class Statement(Struct, frozen=True, forbid_unknown_fields=True):
    """A certificate in words. `number` as in `numbering`, `facts` are names and values beside the text, `check` is the
    address where it can be checked, `key` the id of the key that signs it.

    It holds texts, a date and pairs of texts, nothing else: so its canonical form needs no rule for numbers.
    """

    number: str
    kind: Kind
    round: str
    round_title: str
    holder: str
    text: str
    title: str
    facts: tuple[tuple[str, str], ...]
    issued_on: date
    issuer: str
    word: str
    check: str
    key: str
    form: Literal["govgauge-certificate-1"] = "govgauge-certificate-1"


def canonical(statement: Statement) -> bytes:
    """The bytes that are signed: JSON by RFC 8785. Raises Unusable for what no certificate can say."""
    for name, most in LONGEST.items():
        _fits(name, getattr(statement, name), most)
    if len(statement.facts) > MOST_FACTS:
        raise Unusable(f"证书上的附注最多 {MOST_FACTS} 项 (at most {MOST_FACTS} facts).")
    for pair in statement.facts:
        for one in pair:
            _fits("facts", one, LONGEST_FACT)
    return msgspec.json.encode(statement, order="sorted")


def read(given: bytes) -> Statement | None:
    """A statement from its bytes; None when they are none, or not in their one canonical form."""
    if len(given) > MOST_BYTES:
        return None
    try:
        made = msgspec.json.decode(given, type=Statement)
        return made if canonical(made) == given else None
    except (msgspec.DecodeError, UnicodeError, Unusable, RecursionError):
        return None


def tidy(text: str) -> str:
    """A text of a record as a certificate has it: composed characters (NFC), no line breaks, one blank at a time."""
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())


def _fits(name: str, text: str, most: int) -> None:
    if not text or len(text) > most or _CONTROL.search(text):
        raise Unusable(
            f"证书的“{name}”应为 1 到 {most} 个字，不含换行等控制字符；现有 {len(text)} 个字 (1 to {most} characters)."
        )
