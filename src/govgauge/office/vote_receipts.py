"""Receipts of the public vote: a commitment to a ballot, and one number that stands for all of them.

commitment = SHA-256 of the lines `govgauge-ballot-1`, name of the round, numbers of the cases in rising order joined by
commas, secret of the voter (32 hexadecimal digits or more). The root is that of RFC 6962, section 2.1, over the
commitments in rising order: nothing can be taken out, changed or added without changing it.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

FORM = "govgauge-ballot-1"
SECRET = re.compile(r"^[0-9a-f]{32,64}$")
COMMITMENT = re.compile(r"^[0-9a-f]{64}$")


def commitment(round_name: str, choices: Iterable[int], secret: str) -> str:
    """The public half of a receipt: tells nothing of the choices to who does not have the secret."""
    told = "\n".join([FORM, round_name, ",".join(map(str, sorted(choices))), secret])
    return hashlib.sha256(told.encode()).hexdigest()


def root(commitments: Sequence[str]) -> str:
    """The root over commitments, which are put in order first. Of none: the hash of nothing."""
    row = [hashlib.sha256(b"\x00" + bytes.fromhex(one)).digest() for one in sorted(commitments)]
    if not row:
        return hashlib.sha256(b"").hexdigest()
    while len(row) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + left + right).digest() for left, right in zip(row[::2], row[1::2], strict=False)
        ]
        row = [*pairs, row[-1]] if len(row) % 2 else pairs
    return row[0].hex()
