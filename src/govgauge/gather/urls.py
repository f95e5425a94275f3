"""URLs by the WHATWG rules: resolving references, and the form under which a URL is visited once."""

import re
from collections.abc import Callable
from functools import lru_cache

import ada_url

from govgauge import lazy_re
from govgauge.gather.url_parameters import without_session
from govgauge.gather.url_sites import host, is_same_owner, is_same_site, origin, owner_domain, template

__all__ = [
    "absolute",
    "canonical",
    "depends_on_folder",
    "folder",
    "host",
    "is_same_owner",
    "is_same_site",
    "is_web",
    "origin",
    "owner_domain",
    "plain_join",
    "resolve",
    "template",
]

CACHE_ENTRIES = 65_536
"""How many results each cache of this file keeps; an entry is some 300 bytes."""

_NEEDS_WORK = lazy_re.compile(r"[#%;?(]")
_UNRESERVED_ESCAPE = lazy_re.compile(r"%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])")
_ESCAPE = lazy_re.compile(r"%[0-9a-fA-F]{2}")
_BY_FOLDER = lazy_re.compile(r"https?://|[^\x00-\x20?#:\\][^:]*$")
_PLAIN = lazy_re.compile(r"(/|\./|)([\w~-][\w.~/-]*)", re.ASCII)
_PARTS = lazy_re.compile(r"([a-z][a-z0-9+.-]*:(?://[^/?#]*)?)([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)
_ROUNDS = 4
"""Taking a part away can bring another to light; real URLs settle after one round."""


def resolve(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The absolute URL that `href` means on a page whose base is `base`; None when invalid.

    `encoding` is the WHATWG name of the page's encoding, in which browsers write the query (URL Standard, 4.4).
    """
    if encoding not in ("utf-8", "utf-16le", "utf-16be") and "?" in href and not href.isascii():
        href = _query_in(encoding, href)
    try:
        return ada_url.join_url(base, href) if base else ada_url.normalize_url(href)
    except ValueError:
        return None if _encodable(base + href) else resolve(_scalar_values(base), _scalar_values(href))


@lru_cache(CACHE_ENTRIES)
def canonical(url: str) -> str:
    """The form under which a URL is visited once. An invalid URL is returned as it is.

    Fragment, default port, dot segments, session ids, tracking parameters and an empty query go; letters of the host
    are lower-cased, percent-escapes of unreserved characters decoded and the others written in capitals (RFC 3986,
    6.2.2). Whatever a server may tell apart stays: order of parameters, doubled slashes, index pages, letter case.
    """
    normal = resolve("", url)
    return url if normal is None else _settled(normal)


def absolute(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """`canonical(resolve(base, href))`, remembered: the links of a template are the same on every page."""
    if href.startswith(("http://", "https://")):
        return _absolute("", href, encoding)
    return _absolute(folder(base) if depends_on_folder(href) else base, href, encoding)


@lru_cache(4096)
def folder(url: str) -> str:
    """The URL up to the last slash of its path: pages of one folder resolve references alike."""
    path_end = min((place for mark in "?#" if (place := url.find(mark)) >= 0), default=len(url))
    last = url.rfind("/", 0, path_end)
    return url[: last + 1] if last > url.find("//") + 1 else url


@lru_cache(4096)
def plain_join(base: str) -> Callable[[str], str]:
    """A quick way to `absolute` for the plainest references from a folder; it answers with nothing for all others.

    `t1.html`, `./a/t1.html` and `/a/` need no parser: ASCII names that start with no dot, behind a canonical folder.
    """
    root = base[: base.find("/", base.find("//") + 2) + 1]
    if canonical(base) != base or not base.endswith("/") or not root.startswith(("http://", "https://")):
        return lambda _href: ""

    def join(href: str) -> str:
        found = _PLAIN.fullmatch(href)
        if found is None or "//" in href or "/." in href[1:]:
            return ""
        return (root if href[0] == "/" else base) + found[2]

    return join


def depends_on_folder(href: str) -> bool:
    """Whether a reference means the same on all pages of a folder; `?page=2` and odd writings depend on the page."""
    return bool(_BY_FOLDER.match(href))


def is_web(url: str) -> bool:
    """Whether a canonical URL can be visited: http or https."""
    return url.startswith(("http://", "https://"))


@lru_cache(CACHE_ENTRIES)
def _absolute(base: str, href: str, encoding: str) -> str | None:
    url = resolve(base, href, encoding)
    return None if url is None else _settled(url)


def _settled(url: str) -> str:
    """The canonical form of a URL that the parser wrote."""
    for _ in range(_ROUNDS):
        if not _NEEDS_WORK.search(url):
            return url
        simpler = resolve("", _simplified(url))
        if simpler is None or simpler == url:
            return url
        url = simpler
    return url


def _simplified(url: str) -> str:
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return url
    origin, path, query = parts.groups()
    if not origin.startswith(("http:", "https:")):
        return origin + path + (query or "")
    path, query = without_session(path, (query or "")[1:])
    return origin + _escapes(path) + (f"?{_escapes(query)}" if query else "")


def _escapes(text: str) -> str:
    if "%" not in text:
        return text
    text = _UNRESERVED_ESCAPE.sub(lambda found: chr(int(found.group()[1:], 16)), text)
    return _ESCAPE.sub(lambda found: found.group().upper(), text)


def _query_in(encoding: str, href: str) -> str:
    """Write the query in the page's encoding; what it lacks becomes a numeric reference, as in browsers."""
    before, mark, rest = href.partition("?")
    query, hash_mark, fragment = rest.partition("#")
    codec = {"gbk": "gb18030", "x-user-defined": "latin-1"}.get(encoding, encoding)
    try:
        raw = b"".join(_encoded(char, codec) if char > "\x7f" else char.encode() for char in query)
    except LookupError:
        return href
    escaped = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)
    return before + mark + escaped + hash_mark + fragment


def _encoded(char: str, codec: str) -> bytes:
    try:
        return char.encode(codec)
    except UnicodeEncodeError:
        return f"%26%23{ord(char)}%3B".encode()


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _scalar_values(text: str) -> str:
    """Lone surrogates become U+FFFD, as in every web interface that takes a USVString."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
