"""Receipts of a public vote: a ballot is proved to be in the box without showing what it says.

A voter holds three secrets: a token to vote with once, a nonce, and the choices. The office keeps only the token's hash
on the roll, and in the box, apart from the roll, the choices beside their commitment. What this protects against and
what not is told in docs/choosing.md.
"""

import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise

from msgspec import Struct

from govgauge.choosing import merkle
from govgauge.choosing.unusable import UnusableChoice

BYTES = 32
"""Of tokens, nonces, keys and hashes: 256 bits, out of reach of guessing."""
FORM = "govgauge-ballot-1"
"""First line of what a commitment is made of: pages and programs of voters write the same."""
NONCE = re.compile(r"[0-9a-f]{32,64}")
TOKEN_LABEL = b"govgauge vote token v1"
RECEIPT_LABEL = b"govgauge vote receipt v1"
BOX_LABEL = b"govgauge vote box v1"


class Receipt(Struct, frozen=True):
    """What the voter takes home and may show to anybody: it says that a ballot was taken, not what is on it.

    `commitment` in hexadecimal; `seal` is the office's own mark by its secret key, so that nobody can claim a ballot
    that was never handed in.
    """

    vote: str
    commitment: str
    seal: str


class Cast(Struct, frozen=True):
    """A ballot as it lies in the box: choices in order and their commitment (hexadecimal). No voter, no time."""

    commitment: str
    choices: tuple[str, ...]


def new_token() -> str:
    """A secret for one voter and one vote, 43 characters that can stand in an address."""
    return secrets.token_urlsafe(BYTES)


def token_hash(vote: str, token: str) -> str:
    """What the roll keeps of a token, in hexadecimal: nobody gets from it to the token, nor to another vote."""
    return _hash(TOKEN_LABEL, _bytes(vote), _bytes(token)).hex()


def is_token(vote: str, token: str, kept: str) -> bool:
    """Whether a token is the one whose hash the roll keeps; takes as long for a wrong one as for the right one."""
    return hmac.compare_digest(token_hash(vote, token), kept)


def new_nonce() -> str:
    """A secret that the voter alone keeps, 64 hexadecimal digits. The office forgets it once it is handed over."""
    return secrets.token_hex(BYTES)


def commit(vote: str, nonce: str, choices: Sequence[str]) -> str:
    """The commitment to choices in their order, in hexadecimal: hides them, and fits no other choices.

    SHA-256 of four lines: `govgauge-ballot-1`, the vote, the choices joined by commas, the nonce. Choices that are not
    ranked are put in order before. Raises UnusableChoice for a nonce that is not 32 to 64 hexadecimal digits, and for
    names that would blur where a line or a choice ends.
    """
    if any(set(choice) & {",", "\n"} or not choice for choice in choices) or "\n" in vote:
        raise UnusableChoice("投票名称和案例编号不得含逗号、换行或为空，请更正 (no commas, line feeds or empty names).")
    lines = [FORM, vote, ",".join(choices), _nonce(nonce)]
    return sha256(_bytes("\n".join(lines))).hexdigest()


def receipt(vote: str, commitment: str, key: bytes) -> Receipt:
    """The receipt of a ballot that is in the box. `key`: the office's secret, at least 32 bytes."""
    return Receipt(vote, commitment, _seal(vote, commitment, key))


def is_ours(shown: Receipt, key: bytes) -> bool:
    """Whether the office gave out this receipt. Only the office can say so: it needs the key."""
    return hmac.compare_digest(_seal(shown.vote, shown.commitment, key), shown.seal)


def opens(vote: str, nonce: str, cast: Cast) -> bool:
    """Whether a ballot of the box is the voter's, and says what the voter said. Only who has the nonce can ask."""
    return hmac.compare_digest(commit(vote, nonce, cast.choices), cast.commitment)


class PublishedList:
    """The commitments as they are published, in batches, each batch sorted: places tell nothing of the order of voting
    inside a batch. One batch at closing is enough; several, each published with its root, bind the office earlier.

    Raises UnusableChoice for a commitment that occurs twice or is none.
    """

    def __init__(self, *batches: Iterable[str]) -> None:
        self.commitments = tuple(one for batch in batches for one in sorted(batch))
        for one, other in pairwise(sorted(self.commitments)):
            if one == other:
                raise UnusableChoice(f"承诺值 {one} 出现两次，请核对票箱 (a commitment occurs twice).")
        self._entries = [_leaf(one) for one in self.commitments]
        self._tree = merkle.Tree(self._entries)
        self._places = {one: place for place, one in enumerate(self.commitments)}

    @property
    def root(self) -> str:
        """The Merkle root, in hexadecimal: any other list has another one."""
        return self._tree.root.hex()

    def proof(self, commitment: str) -> merkle.Inclusion | None:
        """What proves to anybody that a commitment is in the list of that root; None when it is not in the list."""
        place = self._places.get(commitment)
        return None if place is None else self._tree.inclusion(place)

    def continues(self, before: int) -> tuple[bytes, ...]:
        """What proves that the list begins with its first `before` entries as they were published (see
        `merkle.is_consistent`). Raises IndexError where there are not so many, or none."""
        return merkle.consistency(self._entries, before)


def is_counted(shown: Receipt, found: merkle.Inclusion, root: str) -> bool:
    """Whether the receipt's ballot is in the list with the published root. Needs no secret, and shows no choice."""
    try:
        leaf, top = _leaf(shown.commitment), bytes.fromhex(root)
    except (UnusableChoice, ValueError):
        return False
    return merkle.is_included(leaf, found, top)


def box_digest(vote: str, box: Iterable[Cast], salt: str) -> str:
    """A hash of all ballots with their choices, whatever their order, in hexadecimal.

    Published when the vote closes and before it is counted, it shows at a recount that the ballots are the same. `salt`
    is a nonce that the office keeps with the box and tells only those who recount: without it, whoever guesses at
    choices could find out from the hash whether the guess is right.
    """
    parts = sorted(_hash(_bytes(cast.commitment), *map(_bytes, cast.choices)) for cast in box)
    return _hash(BOX_LABEL, _bytes(vote), _bytes(_nonce(salt)), *parts).hex()


def _seal(vote: str, commitment: str, key: bytes) -> str:
    if len(key) < BYTES:
        raise UnusableChoice(f"回执密钥至少 {BYTES} 字节，请重新生成 (the key for receipts is too short).")
    return hmac.digest(key, _joined(RECEIPT_LABEL, _bytes(vote), _bytes(commitment)), "sha256").hex()


def _hash(*parts: bytes) -> bytes:
    return sha256(_joined(*parts)).digest()


def _joined(*parts: bytes) -> bytes:
    """Each part behind its length: no two different lists of parts become the same bytes."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _bytes(text: str) -> bytes:
    """UTF-8, also of broken text that a stranger sends: it must be refused as wrong, not stop the program."""
    return text.encode("utf-8", "surrogatepass")


def _nonce(text: str) -> str:
    if not NONCE.fullmatch(text):
        raise UnusableChoice("随机数须为 32 至 64 位小写十六进制字符，请核对 (not 32 to 64 hexadecimal digits).")
    return text


def _leaf(commitment: str) -> bytes:
    try:
        read = bytes.fromhex(commitment)
    except ValueError:
        read = b""
    if len(read) != BYTES or read.hex() != commitment:
        raise UnusableChoice(f"承诺值须为 {2 * BYTES} 位小写十六进制字符，请核对 (not {2 * BYTES} hexadecimal digits).")
    return read
