"""What a visit leaves behind: links found, exchanges made, and why some of them failed."""

from msgspec import Struct

from govgauge.word_enum import WordEnum


class LinkKind(WordEnum):
    """By which element a URL is referred to."""

    A = "a"
    AREA = "area"
    IMG = "img"
    SCRIPT = "script"
    STYLE = "style"
    FRAME = "frame"
    FORM = "form"
    REFRESH = "refresh"
    MEDIA = "media"
    OPTION = "option"
    """A `<select>` entry whose value is a URL, as in the friendly-link boxes of old pages."""
    SCRIPTED = "scripted"
    """A URL written by a script in a known convention: datastore lists, window.open, paging calls."""


class Region(WordEnum):
    """The part of the page in which a link stands."""

    NAV = "nav"
    MAIN = "main"
    SIDE = "side"
    FOOT = "foot"


class Link(Struct, frozen=True, array_like=True):
    """A reference from a page. `url` is absolute and canonical, `text` the visible words (or alt, title)."""

    url: str
    kind: LinkKind
    text: str = ""
    region: Region = Region.MAIN


class Purpose(WordEnum):
    """Why a URL was requested."""

    HOME = "home"
    PAGE = "page"
    ATTACHMENT = "attachment"
    IMAGE = "image"
    PART = "part"
    """Scripts and styles that an audit needs."""
    EXTERNAL = "external"
    ROBOTS = "robots"
    SITEMAP = "sitemap"
    PROBE = "probe"
    """A question of ours: an invented path (soft 404), a passive list (exposed files), availability, HTTPS."""


class Failure(WordEnum):
    """Why an exchange gave no usable answer. The order goes from the network to the content."""

    INVALID_URL = "invalid-url"
    DNS = "dns"
    REFUSED = "refused"
    CONNECT = "connect"
    TLS = "tls"
    RESET = "reset"
    TIMEOUT = "timeout"
    SLOW = "slow"
    """Bytes trickled below the rate limit until the time limit."""
    EMPTY = "empty"
    """Status 2xx without a single byte where one is needed."""
    TOO_LARGE = "too-large"
    BOMB = "bomb"
    """A compressed body that unpacks beyond every measure."""
    REDIRECT_LOOP = "redirect-loop"
    PROTOCOL = "protocol"
    BLOCKED = "blocked"
    """403, 429 or a challenge page: the site keeps the visitor out. Never a fault of the site's content."""
    WRONG_CONTENT = "wrong-content"
    """What opened as home page is a server's default page, a maintenance notice or a parked domain."""
    CLOSED = "closed"
    """What opened as home page tells that the site was given up or has moved: there is no site to judge."""
    ROBOTS = "robots"
    """Not requested, because robots.txt forbids it."""
    BUDGET = "budget"
    """Not requested, because the budget of pages or time was used up."""


OURS = frozenset({Failure.BLOCKED, Failure.ROBOTS, Failure.BUDGET})
"""Failures that say nothing about the site: what meets them is not observable."""


class Timings(Struct, frozen=True, array_like=True):
    """Seconds from the start of the request to the end of each phase; 0 where the phase did not happen."""

    dns: float = 0.0
    connect: float = 0.0
    tls: float = 0.0
    first_byte: float = 0.0
    total: float = 0.0


class Exchange(Struct, frozen=True, kw_only=True):
    """One request and what came back, without its body (which lies in the archive at `offset`).

    `url` is the canonical URL asked for, `final_url` the one that answered after redirects, `status` its HTTP
    status (0 when none came). `started_at` is UTC, ISO 8601. `size` is the number of decoded bytes kept,
    `sha256` their hash; `truncated` says that the body was cut on purpose (attachments, images, size limit).
    `attempt` counts from 1: a retry of a failure later in the visit is a further exchange of the same URL.
    Attachments and images are asked for by their first bytes: a good answer is 206 or 200. A page that another URL had
    brought before (http and https, with and without www, a redirect) is read once: `final_url` is where it was read.
    """

    url: str
    purpose: Purpose
    final_url: str = ""
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    failure: Failure | None = None
    detail: str = ""
    started_at: str = ""
    timings: Timings = Timings()
    peer: str = ""
    size: int = 0
    truncated: bool = False
    content: str = ""
    """What the first bytes are, whatever the header says: html, image, pdf, office, archive, ofd, text, empty, other.
    Empty as well when no body was asked for (HEAD) or none came."""
    hops: tuple[tuple[str, int], ...] = ()
    offset: int = -1
    sha256: str = ""
    attempt: int = 1
    depth: int = 0
    referrer: str = ""
    order: int = -1
    """Place in the order of the visit, which does not depend on which answer came first."""

    def header(self, name: str) -> str:
        """Value of the first header of that name (any case), or the empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def ok(self) -> bool:
        return self.failure is None and 200 <= self.status < 300

    @property
    def media_type(self) -> str:
        """Content-Type without its parameters, lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


class Skipped(Struct, frozen=True, kw_only=True):
    """URLs of one template that were seen but not visited: how many, why, and one of them."""

    template: str
    count: int
    reason: str
    example: str
