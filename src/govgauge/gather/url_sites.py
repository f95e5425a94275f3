"""Which URLs belong together: by template, and by the owner of the domain."""

import re
from functools import lru_cache

import ada_url

from govgauge import lazy_re

_SECOND_LEVEL = frozenset(
    re.findall(
        r"\w+",
        "gov com org net edu ac mil bj sh tj cq he sx nm ln jl hl js zj ah fj jx sd ha hb hn gd gx hi sc gz yn xz sn gs"
        " qh nx xj tw hk mo",
    )
)
"""Labels under .cn below which owners register (CNNIC: categories and provinces)."""

_LONG_ID = lazy_re.compile(r"(?=[a-z_-]*[0-9])[a-z0-9_-]{16,}", re.IGNORECASE)
_ORIGIN = lazy_re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\]*")
_DIGITS = lazy_re.compile(r"[0-9]+")
_WORD_VALUE = lazy_re.compile(r"[a-zA-Z_-]{1,16}")


@lru_cache(4096)
def origin(url: str) -> str:
    """Scheme, host and port of a URL as written (`http://a.gov.cn:81`); empty when it has none."""
    found = _ORIGIN.match(url.strip())
    return found.group() if found else ""


def host(url: str) -> str:
    """Host name of a URL without port, lower case; empty when it has none."""
    return _host(origin(url) or url)


def is_same_site(first: str, second: str) -> bool:
    """Whether two URLs lie on one site: the same host, with or without `www.` before it."""
    one, other = host(first).removeprefix("www."), host(second).removeprefix("www.")
    return bool(one) and one == other


@lru_cache(65_536)
def template(url: str) -> str:
    """The URL with every number as `{n}` and every long id as `{id}`: pages of one template have one form.

    `http://a.cn/xw/202511/t20251105_12.html` → `http://a.cn/xw/{n}/t{n}_{n}.html`; parameters are put in order.
    """
    address, mark, query = url.partition("?")
    start = address.find("/", address.find("//") + 2)
    if start < 0:
        return url
    path = "/".join(_segment(part) for part in address[start:].split("/"))
    if not mark:
        return address[:start] + path
    pieces = (piece.partition("=") for piece in query.split("&"))
    values = sorted(f"{name}={_value(value)}" if equals else _value(name) for name, equals, value in pieces)
    return f"{address[:start]}{path}?{'&'.join(values)}"


def owner_domain(url: str) -> str:
    """The registered domain of a URL: `a.gov.cn` for `http://sub.a.gov.cn/`; an address or a bare name as it is."""
    name = host(url)
    labels = name.split(".")
    if len(labels) < 3 or labels[-1].isdigit() or ":" in name:
        return name
    depth = 3 if labels[-1] == "cn" and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-depth:])


def is_same_owner(first: str, second: str) -> bool:
    """Whether two URLs lie under one registered domain."""
    one = owner_domain(first)
    return bool(one) and one == owner_domain(second)


@lru_cache(4096)
def _host(address: str) -> str:
    try:
        return str(ada_url.URL(address).hostname)
    except ValueError:
        return ""


def _segment(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 5:
        stem, dot, ending = part, "", ""
    if _LONG_ID.fullmatch(stem) and not stem.isdigit() and not re.match(r"t\d{8}_\d+$", stem):
        stem = "{id}"
    return _DIGITS.sub("{n}", stem) + dot + ending


def _value(value: str) -> str:
    if not value or _WORD_VALUE.fullmatch(value):
        return value
    return "{n}" if value.isdigit() else "{id}"
