"""The sheet of a certificate as PDF (Typst): words as data, a QR code, and the seal over the whole file."""

import base64
from functools import cache
from pathlib import Path

import msgspec
import pylopdf_fonts_zh_cn
import typst
from msgspec import Struct

from govgauge.reports.certificates import marking, numbering, signing, square
from govgauge.reports.certificates.signing import Signed
from govgauge.reports.certificates.statement import Kind, Statement
from govgauge.reports.certificates.statement import read as read_statement

TEMPLATE = Path(__file__).parents[1] / "templates" / "certificate.typ"
HEADINGS = {Kind.ASSESSED: "评估证书", Kind.CASE: "荣誉证书", Kind.PARTICIPATION: "参评证书"}
CLOSING = "特发此证。"


class Sheet(Struct, frozen=True):
    """What the template is given."""

    heading: str
    holder: str
    text: str
    title: str
    closing: str
    facts: tuple[tuple[str, str], ...]
    number: str
    issued: tuple[int, int, int]
    issuer: str
    place: str
    code: str
    key: str
    square: str
    keywords: str
    attached: str


def address(statement: Statement, signed: Signed) -> str:
    """What the QR code says: the page of the number, with the short code of this paper."""
    return f"{statement.check.rstrip('/')}/{statement.number}/?c={signed.code}"


def pdf(signed: Signed, secret: bytes) -> bytes:
    """The sealed PDF of a signed statement, the same each time with the same layout and fonts. `secret` is the key
    of today: the one that signed the statement, or a later one.

    Raises ValueError when the statement cannot be read, typst.TypstError when the template is at fault.
    """
    statement = read_statement(signed.statement)
    if statement is None:
        raise ValueError("no statement")
    keywords = marking.keywords(signed, signing.key_id(signing.public_of(secret)))
    sheet = msgspec.json.encode(_sheet(statement, signed, keywords)).decode()
    made = _compiler().compile(sys_inputs={"sheet": sheet})
    if not isinstance(made, bytes):
        raise TypeError("Typst gives the bytes of a PDF")
    return marking.sealed(made, secret)


def _sheet(statement: Statement, signed: Signed, keywords: str) -> Sheet:
    day = statement.issued_on
    number = numbering.read(statement.number)
    return Sheet(
        heading=HEADINGS[statement.kind],
        holder=statement.holder,
        text=statement.text,
        title=statement.title,
        closing=CLOSING,
        facts=statement.facts,
        number=number.printed(statement.word) if number else statement.number,
        issued=(day.year, day.month, day.day),
        issuer=statement.issuer,
        place=statement.check.removeprefix("https://").removeprefix("http://"),
        code=signed.code,
        key=statement.key,
        square=square.svg(address(statement, signed)),
        keywords=keywords,
        attached=_attached(signed),
    )


def _attached(signed: Signed) -> str:
    """What a program needs to check the certificate by itself, beside the office's public key."""
    told = {
        "statement": signed.statement.decode(),
        "signature": base64.b64encode(signed.signature).decode(),
        "algorithm": "Ed25519",
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


@cache
def _compiler() -> typst.Compiler:
    fonts = [Path(pylopdf_fonts_zh_cn.__file__).parent]
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)
