"""What the visit sends for: an errand, and the way it takes over its redirects."""

from msgspec import Struct

from govgauge.gather.artifacts import Exchange, Purpose

REDIRECTS = frozenset({301, 302, 303, 307, 308})

SAMPLED = frozenset({Purpose.ATTACHMENT, Purpose.IMAGE})
"""Purposes for which the first bytes are enough, and are all that is asked for."""


class Errand(Struct, frozen=True):
    """A URL to be asked for, once. `order` is its place in the visit, `foreign` that it is no part of the site.

    `twin_of` is a URL that may be the same page (http and https, with and without www): if it is, it is not read again.
    """

    url: str
    purpose: Purpose
    depth: int = 0
    referrer: str = ""
    order: int = -1
    attempt: int = 1
    foreign: bool = False
    twin_of: str = ""


class Way(Struct, eq=False):
    """An errand on its way: where it is now, and what it has met.

    `with_head`, `ranged`, `lenient` and `plain` say how it asks (see `transport.Request`), `note` why it had to ask
    otherwise. `waiting` is set while another errand brings the answer.
    """

    errand: Errand
    url: str
    host: str = ""
    hops: list[tuple[str, int]] = []
    with_head: bool = False
    lenient: bool = False
    plain: bool = False
    ranged: bool = False
    started_at: str = ""
    refusals: int = 0
    note: str = ""
    waiting: bool = False

    def times_at(self, url: str) -> int:
        """How often the way has been at a URL. Once more is no loop yet: so are cookies set, and looked for."""
        return (url == self.url) + sum(hop == url for hop, _ in self.hops)


class Outcome(Struct, frozen=True):
    """An errand come back: its exchange, where its journal line begins, and the body when it is one to be read.

    `body` is None when nothing came, or when the same page came under another URL before. `fresh` is False when an
    earlier part of the visit had brought it.
    """

    errand: Errand
    exchange: Exchange
    place: int
    body: bytes | None
    fresh: bool = True
