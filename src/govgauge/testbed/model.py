"""A simulated site: its answers by path, how they behave, and the truth about what was planted in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import Struct

from govgauge.word_enum import WordEnum


class Behaviour(WordEnum):
    """What the server does with an answer on the wire."""

    PLAIN = "plain"
    SLOW = "slow"
    """The answer comes whole, after `seconds`."""
    TRICKLE = "trickle"
    """Head at once, then one byte a second for ever."""
    RESET = "reset"
    """The connection is reset without a byte."""
    HANG = "hang"
    """Accepted, never answered."""
    CUT = "cut"
    """Closed after half of the promised body."""
    CLOSE = "close"
    """Closed in order without a byte, as a machine does that knows nothing of the host."""


class Response(Struct, frozen=True, kw_only=True):
    """One answer. `headers` come beside Content-Type and Content-Length, which the server adds."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    behaviour: Behaviour = Behaviour.PLAIN
    seconds: float = 0.0


class Grade(WordEnum):
    """How a fault came to be."""

    PLANTED = "planted"
    UNAVOIDABLE = "unavoidable"
    """True of every site on loopback under `.test` (no government domain, no HTTPS)."""


class Planted(Struct, frozen=True, kw_only=True):
    """A fault that is there: page and target as in findings.jsonl."""

    site: str
    audit: str
    page: str
    target: str = ""
    note: str = ""
    grade: Grade = Grade.PLANTED


LOST = Response(status=404, body=b"<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>")
"""What most servers say of a path that they do not know."""


class Detail(Struct, frozen=True, kw_only=True):
    """What a detail page says of itself: for judging the reading of pages. `published` is ISO, empty where not shown."""

    url: str
    title: str
    published: str
    column: str


Answer = Callable[[str], Response | None]
"""From path with query to an answer; None where there is none."""


@dataclass(slots=True, kw_only=True)
class Site:
    """A simulated government site. `answers` hold the fixed paths (with query), `answer` makes up all others.

    `system` and `profile` say by what it is assessed; `pages_at_most` caps a visit where the site has no end.
    `near_misses` are URLs of pages that look faulty and are not, with what they show.
    """

    name: str
    title: str
    host: str
    style: str
    system: str
    profile: str = ""
    home: str = ""
    answers: dict[str, Response] = field(default_factory=dict)
    answer: Answer | None = None
    lost: Response = LOST
    planted: list[Planted] = field(default_factory=list)
    near_misses: dict[str, str] = field(default_factory=dict)
    details: list[Detail] = field(default_factory=list)
    pages_at_most: int = 1500
    seconds_at_most: float = 300.0

    def respond(self, path: str) -> Response:
        """The answer to a path with its query."""
        fixed = self.answers.get(path)
        if fixed is None and self.answer is not None:
            fixed = self.answer(path)
        return fixed or self.lost
