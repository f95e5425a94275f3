"""Which JavaScript library a file is, and of which version: by its address, and by the banner at its beginning."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct, convert

from govgauge import lazy_re

Version = tuple[int, ...]

_NUMBER = r"(\d{1,2}(?:\.\d{1,3}){1,3})"
_TAIL = r"(?:[.-](?:min|slim|pack|packed|dev|full|core|bundle|custom|all|umd|prod|production))*\.js"
_FILES = {
    "jquery-ui": r"jquery[.-]ui",
    "jquery": r"jquery",
    "bootstrap": r"bootstrap",
    "angularjs": r"angular(?:js)?",
    "lodash": r"lodash",
    "moment": r"moment(?:js)?",
    "handlebars": r"handlebars",
    "dompurify": r"(?:dom)?purify|dompurify",
    "underscore": r"underscore(?:js)?",
    "axios": r"axios",
    "prototype": r"prototype",
    "jplayer": r"jquery\.jplayer",
    "tinymce": r"tinymce",
}
_BY_ADDRESS = {
    name: (
        lazy_re.compile(rf"(?:^|/)(?:{words})[.-]?v?{_NUMBER}{_TAIL}$", re.IGNORECASE),
        lazy_re.compile(
            rf"/(?:{words})(?:[-@/]v?){_NUMBER}/(?:(?:dist|js|lib|build|jquery)/)?(?:{words}){_TAIL}$", re.IGNORECASE
        ),
    )
    for name, words in _FILES.items()
}
_BANNERS = {
    "jquery": lazy_re.compile(r"jQuery(?: JavaScript Library)? v(\d+(?:\.\d+)+)(?![\w.])"),
    "jquery-ui": lazy_re.compile(r"jQuery UI(?: Core)?(?: -)? v?(\d+(?:\.\d+)+)"),
    "bootstrap": lazy_re.compile(r"Bootstrap(?:\.js)? v(\d+(?:\.\d+)+)|\* bootstrap-\w+\.js v(\d+(?:\.\d+)+)"),
    "angularjs": lazy_re.compile(r"AngularJS v(\d+(?:\.\d+)+)"),
    "lodash": lazy_re.compile(r"(?:Lo-Dash|[Ll]odash) v?(\d+(?:\.\d+)+)"),
    "moment": lazy_re.compile(
        r"//! moment\.js\s+//! version : (\d+(?:\.\d+)+)|//! moment\.js[^\n]*\n//! version : (\d+(?:\.\d+)+)"
    ),
    "handlebars": lazy_re.compile(r"handlebars v(\d+(?:\.\d+)+)"),
    "dompurify": lazy_re.compile(r"DOMPurify (\d+(?:\.\d+)+)"),
    "underscore": lazy_re.compile(r"Underscore\.js (\d+(?:\.\d+)+)"),
    "axios": lazy_re.compile(r"[Aa]xios v(\d+(?:\.\d+)+)"),
    "prototype": lazy_re.compile(r"Prototype JavaScript framework, version (\d+(?:\.\d+)+)"),
    "jplayer": lazy_re.compile(r"jPlayer Plugin for jQuery[\s\S]{0,400}?Version: (\d+(?:\.\d+)+)"),
}
_OPENING = lazy_re.compile(r"[\s;!(\ufeff]*(?:/\*|//)[\s*!]*(?:@?(?:license|preserve))?[\s*]*", re.IGNORECASE)
_COMMENT_FIRST = lazy_re.compile(r"[\s;!(\ufeff]*/[*/]")
BANNER_CHARS = 1500
"""How far into a file its banner stands."""

_MAY_BE = lazy_re.compile(
    r"jquery|bootstrap|angular|lodash|moment|handlebars|purify|underscore|axios|prototype|tinymce", re.IGNORECASE
)


class Weak(Struct, frozen=True):
    """A range of versions with a published weakness."""

    name: str
    below: str
    cve: str
    since: str = "0"


class Library(Struct, frozen=True):
    """A library of a stated version."""

    name: str
    version: str

    @property
    def weakness(self) -> str:
        """The CVE number of a weakness of this version; empty when none is known."""
        return _weakness(self.name, self.version)


@lru_cache(1024)
def _weakness(name: str, version: str) -> str:
    own = _parsed(version)
    for weak in _weak():
        if weak.name == name and _parsed(weak.since) <= own < _parsed(weak.below):
            return weak.cve
    return ""


@lru_cache(4096)
def by_address(url: str) -> Library | None:
    """The library that an address names with its version: `/js/jquery-1.8.3.min.js`, `/npm/jquery@1.12.4/dist/…`.

    A parameter such as `?v=1.0` mostly counts the site's own changes and is no version.
    """
    path = url.partition("?")[0]
    if not _MAY_BE.search(path):
        return None
    for name, patterns in _BY_ADDRESS.items():
        for pattern in patterns:
            found = pattern.search(path)
            if found:
                return Library(name, _tidy(name, found[1]))
    return None


def by_banner(source: str) -> Library | None:
    """The library that a file says it is at its beginning."""
    return _named_in(source[:BANNER_CHARS]) if _COMMENT_FIRST.match(source) else None


@lru_cache(256)
def _named_in(head: str) -> Library | None:
    for name, pattern in _BANNERS.items():
        found = pattern.search(head)
        if found and _is_banner(head[: found.start()]):
            return Library(name, next(part for part in found.groups() if part))
    return None


def _is_banner(before: str) -> bool:
    """Whether nothing but the opening of a comment stands before the name: a plugin names jQuery in passing."""
    return bool(_OPENING.fullmatch(before))


def _tidy(name: str, version: str) -> str:
    """`1.42`, as copied about in China, is jQuery 1.4.2: there never was a release of 1.13 or higher in that line."""
    parts = version.split(".")
    if name == "jquery" and len(parts) == 2 and parts[0] == "1" and int(parts[1]) > 12:
        return ".".join((parts[0], *parts[1]))
    return version


def _parsed(version: str) -> Version:
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    return tuple(numbers + [0] * (4 - len(numbers)))


@cache
def _weak() -> tuple[Weak, ...]:
    with Path(__file__).with_name("weak.toml").open("rb") as file:
        entries = tomllib.load(file)["weak"]
    return tuple(convert({**entry, "since": entry.pop("from", "0")}, type=Weak) for entry in entries)
