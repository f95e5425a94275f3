"""Addresses and numbers of voters in one form each, so that nobody votes twice by writing theirs otherwise."""

import ipaddress
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from govgauge.choosing.mail_domains import registered
from govgauge.errors import Unusable

MOST_EMAIL = 254
_LOCAL = re.compile(r"^[a-z0-9.!#$%&'*/=?^_`{|}~+-]+$")
_DOMAIN = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")
_FILLING = re.compile(r"[\s().·–—-]+")
_MOBILE = re.compile(r"^1[3-9]\d{9}$", re.ASCII)
_ABROAD = re.compile(r"^\+[1-9]\d{6,14}$", re.ASCII)
_TRUNK = re.compile(r"^\+(?P<country>(?:2[07]|3[0-46]|4[0-13-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|886))0+", re.ASCII)
"""A zero that is dialled at home only and belongs to no number from abroad: +44 (0)7911 … is +44 7911 …. Countries with
two digits but Italy, where it stays, and Taiwan."""
_PORT = re.compile(r"^(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<four>[0-9.]+))(?::\d+)?$", re.ASCII | re.IGNORECASE)
V4_BITS, V6_BITS = 24, 48
"""What counts as one network: own choice, the smallest blocks that are routed on their own."""


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """A mail service that writes a mailbox in several ways (`mail_services.toml`)."""

    domains: tuple[str, ...]
    ignored: str = ""
    alike: str = ""
    tag: str = ""


def email(text: str) -> str:
    """An e-mail address as the same mailbox always has it. Raises Unusable.

    Small letters; the domain in its ASCII form; a tag after `+` is left out (`wang+vote@…` is `wang@…`). Dots stay but
    where a service does not look at them: elsewhere they tell people apart.
    """
    local, domain = _parts(text)
    service = _services().get(domain)
    local = local.partition("+")[0] or local
    if service is not None:
        for sign in service.tag:
            local = local.partition(sign)[0] or local
        local = "".join(one for one in local if one not in service.ignored) or local
        local = "".join(service.alike[0] if one in service.alike else one for one in local)
        domain = service.domains[0]
    return f"{local}@{domain}"


def sendable(text: str) -> str:
    """The address that a mail goes to: as it was written, tag and all, at the domain that `email` reads."""
    _local, domain = _parts(text)
    return f"{unicodedata.normalize('NFKC', text).strip().rpartition('@')[0]}@{domain}"


def domain_of(address: str) -> str:
    """The domain of an address that somebody registered: who owns it may make any number of domains below."""
    domain = address.rpartition("@")[2]
    return registered(domain) or domain


def phone(text: str) -> str:
    """A mobile number as +86… or +…: blanks, dashes and brackets do not count. Raises Unusable."""
    told = _FILLING.sub("", _plain(text))
    told = f"+{told[2:]}" if told.startswith("00") else told
    home = told.removeprefix("+86")
    home = home[2:] if home.startswith("86") and len(home) == 13 else home
    if _MOBILE.match(home) and (not told.startswith("+") or told.startswith("+86")):
        return f"+86{home}"
    told = _TRUNK.sub(r"+\g<country>", told)
    if _ABROAD.match(told) and not told.startswith("+86"):
        return told
    raise Unusable("手机号码不对；请填写 11 位手机号码，境外号码以 + 和国家代码开头 (no mobile number).")


def network(address: str) -> str:
    """The network of an address: that of /24, or of /48 for version 6; empty where the address is of no network that
    tells people apart (this machine, a private network, nonsense)."""
    written = _PORT.match(address.strip())
    plain = (written["six"] or written["four"]) if written else address.strip()
    try:
        found = ipaddress.ip_address(plain)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_private or found.is_link_local or found.is_unspecified:
        return ""
    bits = V4_BITS if found.version == 4 else V6_BITS
    return str(ipaddress.ip_network((found, bits), strict=False))


def _parts(text: str) -> tuple[str, str]:
    """What stands before the @ and the domain in ASCII. Raises Unusable where it is no address."""
    local, at, domain = _plain(text).rpartition("@")
    try:
        domain = domain.rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not at or not _LOCAL.match(local) or not _DOMAIN.match(domain) or len(local) + len(domain) >= MOST_EMAIL:
        raise Unusable("邮箱地址不对；请填写完整的邮箱地址，例如 name@example.cn (no e-mail address).")
    return local, domain


@cache
def _services() -> Mapping[str, Service]:
    read = tomllib.loads(Path(__file__).with_name("mail_services.toml").read_text("utf-8"))
    return {domain: one for one in convert(read["service"], list[Service]) for domain in one.domains}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
