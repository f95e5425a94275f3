"""Signatures (Ed25519) over statements, and the short code by which paper is told from paper."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from govgauge.reports.certificates import statement as said
from govgauge.reports.certificates.statement import Statement

STATEMENT = b"govgauge-certificate-statement-1\n"
FILE = b"govgauge-certificate-file-1\n"
"""Before what is signed, so that a signature over one thing is never one over another."""
KEY_ID_DIGITS = 16
CODE_LETTERS = 12
"""Of 32: sixty bits, too many to guess, few enough for a small square."""


class Signed(Struct, frozen=True):
    """A statement in its canonical bytes, with the signature."""

    statement: bytes
    signature: bytes

    @property
    def code(self) -> str:
        """The short code of the paper: nobody can make it without the signature, which is not on the paper."""
        digest = hashlib.sha256(b"govgauge-certificate-code-1\n" + self.signature).digest()
        return base64.b32encode(digest).decode()[:CODE_LETTERS]


def key_id(public: bytes) -> str:
    """The name of a key: the first digits of the SHA-256 over its 32 public bytes."""
    return hashlib.sha256(public).hexdigest()[:KEY_ID_DIGITS]


def public_of(secret: bytes) -> bytes:
    """The public half of a secret of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def sign(statement: Statement, secret: bytes) -> Signed:
    """Sign a statement with the key that it names. Raises ValueError for another key, Unusable for unfit texts."""
    if statement.key != key_id(public_of(secret)):
        raise ValueError("the statement names another key")
    told = said.canonical(statement)
    return Signed(told, Ed25519PrivateKey.from_private_bytes(secret).sign(STATEMENT + told))


def verified(signed: Signed, keys: Mapping[str, bytes]) -> Statement | None:
    """The statement, when one of these public keys (by id) has signed it; else None."""
    statement = said.read(signed.statement)
    public = keys.get(statement.key) if statement else None
    if public is None or not _holds(public, signed.signature, STATEMENT + signed.statement):
        return None
    return statement


def seal(file_hash: bytes, secret: bytes) -> bytes:
    """The signature over a file's hash."""
    return Ed25519PrivateKey.from_private_bytes(secret).sign(FILE + file_hash)


def seal_holds(file_hash: bytes, sealed: bytes, public: bytes) -> bool:
    """Whether a seal is that of a file."""
    return _holds(public, sealed, FILE + file_hash)


def same_code(given: str, signed: Signed) -> bool:
    """Whether a short code belongs to a certificate, however it was typed."""
    plain = "".join(given.split()).upper().replace("-", "")[: CODE_LETTERS * 2]
    return hmac.compare_digest(plain.encode(), signed.code.encode())


def _holds(public: bytes, signature: bytes, told: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, told)
    except (InvalidSignature, ValueError):
        return False
    return True
