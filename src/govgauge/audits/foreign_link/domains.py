"""Whose domain it is: a government's, a well-known one's, or nobody's that this page should have to do with."""

from functools import cache, lru_cache
from pathlib import Path

from govgauge import lazy_re
from govgauge.gather import urls

_PUBLIC_ENDINGS = (".gov.cn", ".edu.cn", ".ac.cn", ".mil.cn", ".gov.hk", ".gov.mo", ".edu", ".gov", ".int")
_PUBLIC_CHINESE = ("政务", "公益", "xn--zfr164b", "xn--55qw42g")
_ADDRESS = lazy_re.compile(r"[\d.]+|\[?[0-9a-f:]*:[0-9a-f:.]*\]?")
_LABEL = lazy_re.compile(r"[a-z]{3,}")


@lru_cache(65_536)
def alien_owner(url: str) -> str:
    """The registered domain of a web URL whose owner is neither public nor well known; else empty.

    A bare address says nothing of its owner: not alien.
    """
    name = urls.host(url)
    if not name or not urls.is_web(url) or "." not in name or _ADDRESS.fullmatch(name):
        return ""
    if name.endswith(_PUBLIC_ENDINGS) or name.endswith(_PUBLIC_CHINESE) or name == "gov.cn":
        return ""
    owner = urls.owner_domain(url)
    return "" if owner in known_domains() else owner


def is_parked_at(url: str) -> bool:
    """Whether a URL lies with a service that sells or parks domains."""
    return urls.owner_domain(url) in parking_domains()


def is_related(first: str, second: str) -> bool:
    """Whether two hosts share a name of their owner (pds.gov.cn, pdsnews.com), or are the same owner's."""
    if urls.is_same_owner(first, second):
        return True
    one, other = _names(first), _names(second)
    return any(name in label or label in name for name in one for label in other)


def _names(url: str) -> list[str]:
    owner = urls.owner_domain(url).split(".")[0]
    return _LABEL.findall(owner)


@cache
def known_domains() -> frozenset[str]:
    return _read("known_domains.txt")


@cache
def parking_domains() -> frozenset[str]:
    return _read("parking_domains.txt")


def _read(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
