"""When two URLs are two names of one place, and which URLs are no addresses at all."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from govgauge import lazy_re
from govgauge.gather import urls

INDEX = lazy_re.compile(r"/(?:index|default|main|home)(?:_0|_1)?\.(?:s?html?|jsp|aspx?|php|do|action)$", re.IGNORECASE)
"""File names under which a server also serves the folder itself."""

RESIDUE = lazy_re.compile(
    r"\{\{|\}\}|\$\{|#\{|\{\$|<%|%>|\[!--|\{(?:stl|pboot|dede|eyou|cms|\$)[.:]|</?(?:stl|trs|cms|wcm)[_:]|<\?|"
    r"'\s*\+|\+\s*'|\"\s*\+|(?:^|[/=])(?:undefined|null|NaN|\[object Object\])(?:$|[/?#&.])",
    re.IGNORECASE,
)
"""What a template leaves in an address that it did not fill, and what a script writes when a value is missing."""

IGNORED_QUERY = frozenset({"t", "_", "v", "ver", "rnd", "random", "timestamp"})
"""Query names that never choose another page: times and versions against caching."""


@lru_cache(maxsize=65536)
def place(url: str) -> str:
    """A key that is equal for the usual names of one page; the URL itself where it cannot be read.

    Scheme, `www.`, a folder's index file and a last slash make no difference.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    path = INDEX.sub("/", unquote(parts.path)).rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(sorted(f"{name}={value}" for name, value in pairs if name.lower() not in IGNORED_QUERY))
    address = host + (f":{port}" if port not in (None, 80, 443) else "") + path
    return f"{address}?{query}" if query else address


def folder(url: str) -> str:
    """The place of the folder in which a page (or a folder) stands."""
    return place(url).partition("?")[0].rpartition("/")[0]


def undated_folder(url: str) -> str:
    """The folder of a page without the steps that are dates: the folder of the column that it was written for."""
    return "/".join(step for step in folder(url).split("/") if not DATE_STEP.fullmatch(step))


DATE_STEP = lazy_re.compile(r"(?:19|20)\d\d(?:[-_]?\d{1,2}){0,2}|\d{1,2}|[01]\d[0-3]\d")
"""A folder named by a year, a month or a day."""


def is_residue(url: str) -> bool:
    """Whether a URL is what an unfilled template, or a script without its value, left behind."""
    return bool(RESIDUE.search(unquote(url)))


def never_resolves(url: str) -> bool:
    """Whether the host can exist nowhere: `.invalid` (RFC 6761), or a single label as in `http://http//…`."""
    host = urls.host(url)
    return host.endswith(".invalid") or ("." not in host and ":" not in host and host not in ("", "localhost"))


def suffix(url: str) -> str:
    """The ending of the URL's path without the dot, lower case; empty where it has none."""
    name = url.partition("?")[0].partition("#")[0].partition("//")[2].partition("/")[2].rpartition("/")[2]
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot and 1 <= len(ending) <= 5 else ""


def is_same_page(first: str, second: str) -> bool:
    """Whether two URLs name one article: the same place, the same long-numbered file, or one query inside the other."""
    one, other = place(first), place(second)
    if one == other:
        return True
    (path, _, query), (other_path, _, other_query) = one.partition("?"), other.partition("?")
    name, other_name = path.rpartition("/")[2], other_path.rpartition("/")[2]
    if name == other_name and not query and not other_query:
        return bool(LONG_NUMBER.search(name))
    if path != other_path or not query or not other_query:
        return False
    parts, other_parts = set(query.split("&")), set(other_query.split("&"))
    return parts <= other_parts or other_parts <= parts


LONG_NUMBER = lazy_re.compile(r"\d{5}|[0-9a-f]{16}")
"""In a file's name: the number that a system gives to one article only."""
