"""Fingerprints of texts: a hash by which equal ones are known."""

from hashlib import sha256

COMPARABLE_CHARS = 30
"""Texts shorter than this (without white space) are too poor to be compared."""
HASH_DIGITS = 16
"""Hexadecimal digits of a hash."""


def of(text: str) -> tuple[int, str]:
    """Number of characters without white space, and hash of a text; the hash is empty when there is too little to
    compare.

    The lines of the text are folded already: its white space is spaces and newlines.
    """
    dense = text.replace("\n", "").replace(" ", "")
    if len(dense) < COMPARABLE_CHARS:
        return len(dense), ""
    return len(dense), sha256(dense.encode("utf-16-le", "surrogatepass")).hexdigest()[:HASH_DIGITS]
