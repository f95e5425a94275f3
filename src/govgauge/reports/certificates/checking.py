"""Whether a PDF is a certificate of ours, by public keys alone: no register and no network is needed."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from govgauge.reports.certificates import marking, signing
from govgauge.reports.certificates.signing import Signed
from govgauge.reports.certificates.statement import Statement

MOST_BYTES = 10_000_000
"""Of a file that is looked at; one of ours has some tens of thousands."""
HEAD_BYTES = 1024
"""The header of a PDF stands among the first 1024 bytes (ISO 32000-1, annex H)."""


class Look(StrEnum):
    """What a file turned out to be."""

    UNALTERED = "unaltered"
    """Statement, signature and every byte are as they were issued."""
    ALTERED = "altered"
    """The statement inside is genuine; the file around it is not the one that was issued."""
    FORGED = "forged"
    """It says that it is a certificate of ours, and no key of ours has signed what it says."""
    STRANGE = "strange"
    """A PDF without anything of ours."""
    LOCKED = "locked"
    """A PDF under a password, in which nothing can be seen."""
    NO_PDF = "no-pdf"
    TOO_LARGE = "too-large"


class Looked(Struct, frozen=True):
    """What came of looking at a file; the statement where one is genuine."""

    look: Look
    statement: Statement | None = None
    signed: Signed | None = None


def check(pdf: bytes, keys: Mapping[str, bytes]) -> Looked:
    """Look at a file, with the office's public keys by their ids, retired ones among them."""
    if len(pdf) > MOST_BYTES:
        return Looked(Look.TOO_LARGE)
    if b"%PDF-" not in pdf[:HEAD_BYTES]:
        return Looked(Look.NO_PDF)
    marks = marking.found(pdf)
    if not marks:
        mentioned = marking.NAME.encode() + b":" in pdf
        return Looked(Look.FORGED if mentioned else Look.LOCKED if b"/Encrypt" in pdf else Look.STRANGE)
    genuine = [(mark, statement) for mark in marks if (statement := signing.verified(mark.signed, keys))]
    if not genuine:
        return Looked(Look.FORGED)
    mark, statement = genuine[0]
    public = keys.get(mark.seal_key)
    whole = len(marks) == 1 and public is not None and marking.is_sealed(pdf, mark, public)
    return Looked(Look.UNALTERED if whole else Look.ALTERED, statement, mark.signed)
