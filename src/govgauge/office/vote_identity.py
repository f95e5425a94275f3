"""Addresses and numbers of voters in one form each, so that nobody votes twice by writing theirs otherwise."""

import ipaddress
import re
import unicodedata

from govgauge.errors import Unusable

MOST_EMAIL = 254
_LOCAL = re.compile(r"^[a-z0-9.!#$%&'*/=?^_`{|}~+-]+$")
_DOMAIN = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")
_FILLING = re.compile(r"[\s().·–—-]+")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_ABROAD = re.compile(r"^\+[1-9]\d{6,14}$")
V4_BITS, V6_BITS = 24, 48
"""What counts as one network: own choice, the smallest blocks that are routed on their own."""


def email(text: str) -> str:
    """An e-mail address as the same person always has it. Raises Unusable.

    Small letters; the domain in its ASCII form; a tag after `+` is left out (`wang+vote@…` is `wang@…`). Dots stay:
    only some services ignore them, and elsewhere they tell people apart.
    """
    local, at, domain = _plain(text).rpartition("@")
    try:
        domain = domain.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    local = local.partition("+")[0] or local
    if not at or not _LOCAL.match(local) or not _DOMAIN.match(domain) or len(local) + len(domain) >= MOST_EMAIL:
        raise Unusable("邮箱地址不对；请填写完整的邮箱地址，例如 name@example.cn (no e-mail address).")
    return f"{local}@{domain}"


def sendable(text: str) -> str:
    """The address that a mail goes to: as it was written, tag and all, without blanks."""
    email(text)
    return unicodedata.normalize("NFKC", text).strip()


def domain_of(address: str) -> str:
    """The domain of an address."""
    return address.rpartition("@")[2]


def phone(text: str) -> str:
    """A mobile number as +86… or +…: blanks, dashes and brackets do not count. Raises Unusable."""
    told = _FILLING.sub("", _plain(text))
    told = f"+{told[2:]}" if told.startswith("00") else told
    home = told.removeprefix("+86")
    home = home[2:] if home.startswith("86") and len(home) == 13 else home
    if _MOBILE.match(home) and (not told.startswith("+") or told.startswith("+86")):
        return f"+86{home}"
    if _ABROAD.match(told) and not told.startswith("+86"):
        return told
    raise Unusable("手机号码不对；请填写 11 位手机号码，境外号码以 + 和国家代码开头 (no mobile number).")


def network(address: str) -> str:
    """The network of an address: that of /24, or of /48 for version 6; empty where the address is of no network that
    tells people apart (this machine, a private network, nonsense)."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_private or found.is_link_local or found.is_unspecified:
        return ""
    bits = V4_BITS if found.version == 4 else V6_BITS
    return str(ipaddress.ip_network((found, bits), strict=False))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
