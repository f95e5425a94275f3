"""Fingerprints of texts: a hash by which equal ones are known."""

from hashlib import blake2b

COMPARABLE_CHARS = 30
"""Texts shorter than this (without white space) are too poor to be compared."""


def of(text: str) -> tuple[int, str]:
    """Number of characters without white space, and `text_hash` of a text."""
    dense = "".join(text.split())
    return len(dense), _hash(dense)


def text_hash(text: str) -> str:
    """16 hexadecimal digits of the text without white space; empty when there is too little to compare."""
    return _hash("".join(text.split()))


def _hash(dense: str) -> str:
    return blake2b(dense.encode(), digest_size=8).hexdigest() if len(dense) >= COMPARABLE_CHARS else ""
