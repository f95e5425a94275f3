"""robots.txt by RFC 9309: may a visitor fetch a URL, how fast, and where are the site maps.

Beyond the RFC it forgives what webmasters often get wrong, as Google's parser does: a missing colon, misspelt names,
and a rule for `index.html` that means its folder.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite

from msgspec import Struct

from govgauge import lazy_re

SIZE_LIMIT = 500 * 1024
"""Bytes that are read (RFC 9309, 2.5: at least 500 kibibytes)."""

LINE_LIMIT = 2083 * 8 - 1
"""Bytes of a line that are read: eight of the longest URLs of old browsers."""

_BLANK = " \t\v\f"
_NAMES = {
    **dict.fromkeys(("user-agent", "useragent", "user agent"), "agent"),
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "allow": "allow",
    **dict.fromkeys(("sitemap", "site-map", "site map"), "sitemap"),
    **dict.fromkeys(("crawl-delay", "crawldelay", "crawl delay"), "delay"),
}
_TOKEN = lazy_re.compile(r"[A-Za-z_-]+")
_PRODUCT = lazy_re.compile(r"([A-Za-z0-9_-]+)/")
_ADDRESS = lazy_re.compile(r"[a-z]+://[^\s;)]*")
_LINE_END = lazy_re.compile(r"\r\n|\r|\n")
_ESCAPE = lazy_re.compile(r"%([0-9a-fA-F]{2})")
_NOT_ASCII = lazy_re.compile(r"[\x80-\xff]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class Rule(Struct, frozen=True, array_like=True):
    """An allow or disallow line: the pattern cut at its wildcards, and how many octets it has."""

    allow: bool
    octets: int
    pieces: tuple[str, ...]
    to_the_end: bool

    def matches(self, path: str) -> bool:
        """Whether the pattern fits a normalised path from its start (RFC 9309, 2.2.2 and 2.2.3). Linear in time."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        place = len(first)
        if not others:
            return not self.to_the_end or place == len(path)
        for piece in others[: -1 if self.to_the_end else None]:
            place = path.find(piece, place)
            if place < 0:
                return False
            place += len(piece)
        return not self.to_the_end or (path.endswith(others[-1]) and len(path) - len(others[-1]) >= place)


class Group(Struct):
    """What one product token, or `*`, is told; groups of the same token are one (RFC 9309, 2.2.1)."""

    rules: list[Rule] = []
    delay: float | None = None


class Robots(Struct):
    """A parsed robots.txt: groups by lower-case product token, and the site maps named."""

    groups: dict[str, Group] = {}
    sitemaps: list[str] = []

    def group_for(self, user_agent: str) -> Group:
        """The group that the visitor must obey: its own, else that of `*`, else an empty one."""
        own = [self.groups[token] for token in _tokens(user_agent) if token in self.groups]
        if own:
            return Group(rules=[rule for group in own for rule in group.rules], delay=own[0].delay)
        return self.groups.get("*") or Group()


def allowed(body: bytes, user_agent: str, url: str) -> bool:
    """Whether the visitor may fetch `url`. `user_agent` is a product token (`govgauge`) or a whole header."""
    path = _path(url)
    if path == "/robots.txt":
        return True
    rules = [rule for rule in _rules(body, user_agent) if rule.matches(path)]
    return not rules or max(rules, key=lambda rule: (rule.octets, rule.allow)).allow


def crawl_delay(body: bytes, user_agent: str) -> float | None:
    """Seconds that the site asks for between two requests; None when it does not ask (not part of the RFC)."""
    return parse(body).group_for(user_agent).delay


def sitemaps(body: bytes) -> list[str]:
    """URLs of the site maps named, as written and in order."""
    return list(parse(body).sitemaps)


@lru_cache(32)
def parse(body: bytes) -> Robots:
    """Read a robots.txt. Whatever is no rule is passed over, so any bytes are good."""
    robots = Robots()
    speaking: list[Group] = []
    naming = False
    for name, value in _lines(body):
        if name == "agent":
            if not naming:
                speaking = []
            naming = True
            token = _agent_token(value)
            if token:
                speaking.append(robots.groups.setdefault(token, Group()))
        elif name == "sitemap":
            robots.sitemaps.append(value)
        elif name == "delay":
            for group in speaking:
                group.delay = _seconds(value) if group.delay is None else group.delay
        else:
            naming = False
            for group in speaking:
                group.rules += _made_rules(value, allow=name == "allow")
    return robots


@lru_cache(64)
def _rules(body: bytes, user_agent: str) -> tuple[Rule, ...]:
    return tuple(parse(body).group_for(user_agent).rules)


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    """The known lines as (name, value); octets stand as the characters of Latin-1."""
    text = body[:SIZE_LIMIT].decode("latin-1")
    for mark in "\xef\xbb\xbf":
        text = text.removeprefix(mark)
    for line in _LINE_END.split(text):
        content = line[:LINE_LIMIT].partition("#")[0].strip(_BLANK)
        name, colon, value = content.partition(":")
        if not colon:
            words = re.split(r"[ \t]+", content)
            if len(words) != 2:
                continue
            name, value = words
        known = _NAMES.get(name.strip(_BLANK).lower())
        if known:
            yield known, value.strip(_BLANK)


def _made_rules(value: str, *, allow: bool) -> list[Rule]:
    """The rules that a line makes: none when it is empty, two when it allows an index page."""
    if not value:
        return []
    made = [_rule(value, allow=allow)]
    folder = value.removesuffix("index.html")
    if allow and folder != value and folder.endswith("/"):
        made.append(_rule(folder + "$", allow=True))
    return made


def _rule(value: str, *, allow: bool) -> Rule:
    to_the_end = value.endswith("$")
    body = value.removesuffix("$").replace("$", "%24")
    pieces = tuple(_normalised(body).split("*"))
    return Rule(allow, sum(map(len, pieces)) + len(pieces) - 1 + to_the_end, pieces, to_the_end)


def _agent_token(value: str) -> str:
    if value == "*" or (value.startswith("*") and value[1] in _BLANK):
        return "*"
    found = _TOKEN.match(value)
    return found.group().lower() if found else ""


def _tokens(user_agent: str) -> list[str]:
    """Product tokens under which a visitor goes: every `name/` in the header, or itself when it has no version."""
    names = _PRODUCT.findall(_ADDRESS.sub("", user_agent)) or [user_agent]
    return [name.lower() for name in names if name != "Mozilla"]


def _path(url: str) -> str:
    """Path and query of a URL, normalised, `*` and `$` escaped; `/` when there is none."""
    rest = url.removeprefix("//").partition("#")[0]
    scheme, mark, after = rest.partition("://")
    if mark and not re.search(r"[/?;]", scheme):
        rest = after
    start = re.search(r"[/?;]", rest)
    if start is None:
        return "/"
    path = rest[start.start() :]
    path = path if path.startswith("/") else "/" + path
    octets = path.encode("utf-8", "surrogatepass").decode("latin-1")
    return _normalised(octets.replace("*", "%2A").replace("$", "%24"))


def _normalised(octets: str) -> str:
    """Escape what is not ASCII, decode escaped unreserved characters, write the other escapes in capitals.

    In the query an escaped `:` or `/` means the plain one (RFC 9309, 2.2.2, second row of its table).
    """
    octets = _NOT_ASCII.sub(lambda found: f"%{ord(found.group()):02X}", octets)
    if "%" not in octets:
        return octets
    octets = _ESCAPE.sub(_unescaped, octets)
    path, mark, query = octets.partition("?")
    return path + mark + query.replace("%3A", ":").replace("%2F", "/") if mark else octets


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found.group().upper()


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None
