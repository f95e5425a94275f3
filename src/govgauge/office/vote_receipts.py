"""Receipts of the public vote, by the arithmetic of `choosing.receipts`: numbers of cases in rising order."""

import re
from collections.abc import Iterable

from govgauge.choosing import receipts

SECRET = COMMITMENT = re.compile(r"^[0-9a-f]{64}$")


def new_secret() -> str:
    """A secret for a voter whose browser makes none."""
    return receipts.new_nonce()


def commitment(round_name: str, choices: Iterable[int], secret: str) -> str:
    """The public half of a receipt: tells nothing of the choices to who does not have the secret."""
    return receipts.commit(round_name, secret, list(map(str, sorted(choices))))


def root(commitments: Iterable[str]) -> str:
    """The root over all commitments of a vote, which are put in order first."""
    return receipts.PublishedList(commitments).root
