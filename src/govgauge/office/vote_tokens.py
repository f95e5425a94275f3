"""The secret that a voter votes with: 128 random bits, and a seal by which a forged one is told without a look-up."""

import base64
import binascii
import hashlib
import hmac
import secrets

from govgauge.office.vote_key import keyed

RANDOM_BYTES, SEAL_BYTES = 16, 16
LENGTH = 43
"""Characters: 32 bytes in the alphabet for addresses, without filling."""


def made() -> str:
    """A new token."""
    random = secrets.token_bytes(RANDOM_BYTES)
    return base64.urlsafe_b64encode(random + _seal(random)).decode("ascii").rstrip("=")


def is_ours(token: str) -> bool:
    """Whether this office could have given it out. Takes as long for a wrong one as for a right one."""
    if len(token) != LENGTH or not token.isascii():
        return False
    try:
        told = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    if base64.urlsafe_b64encode(told).decode("ascii").rstrip("=") != token:
        return False  # another writing of the same bytes
    return hmac.compare_digest(told[RANDOM_BYTES:], _seal(told[:RANDOM_BYTES]))


def hash_of(token: str) -> str:
    """All that the office keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def sealed(token: str, choices: str, commitment: str) -> str:
    """A hash over a ballot that only who has the token can make."""
    return hmac.new(token.encode(), f"{choices}\n{commitment}".encode(), hashlib.sha256).hexdigest()


def _seal(random: bytes) -> bytes:
    return bytes.fromhex(keyed("vote-token", random.hex()))[:SEAL_BYTES]
