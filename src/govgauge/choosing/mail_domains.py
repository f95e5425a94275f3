"""What the domain of an e-mail address says of its owner, beside the address of a site."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from publicsuffixlist import PublicSuffixList

from govgauge.gather import urls
from govgauge.word_enum import WordEnum


class Nearness(WordEnum):
    """How near a mail domain is to a site."""

    SAME = "same"
    """The domain of the mail is that of the site: wuhan.gov.cn and www.wuhan.gov.cn."""
    OWNER = "owner"
    """Both lie under one registered domain: jxj.wuhan.gov.cn and www.wuhan.gov.cn."""


def nearness(email: str, site: str) -> Nearness | None:
    """How near the domain of an address is to a site; None when they have nothing to do with each other, when either
    cannot be read, or when the domain is one that everybody can have an address or a page under."""
    mail, host = mail_domain(email), site_domain(site)
    if not mail or not host:
        return None
    if mail == host:
        return Nearness.SAME
    return Nearness.OWNER if registered(mail) == registered(host) else None


@lru_cache(4096)
def mail_domain(email: str) -> str:
    """The domain of an e-mail address in ASCII; empty when it is none, a public ending, or a mail service for all."""
    local, at, domain = email.strip().rpartition("@")
    read = urls.host(f"http://{domain}/") if local and at and not set(domain) & set("/:?#@\\ ") else ""
    return "" if not registered(read) or {read, registered(read)} & _shared("mail") else read


@lru_cache(4096)
def site_domain(site: str) -> str:
    """The domain of a site in ASCII, without `www.`; empty when it is none, or a platform of many."""
    read = urls.host(site if "//" in site else f"http://{site}/")
    return "" if not registered(read) or {read, registered(read)} & _shared("platforms") else read.removeprefix("www.")


@lru_cache(4096)
def registered(domain: str) -> str:
    """The registered domain by the Public Suffix List, wuhan.gov.cn for all under it; empty for endings and numbers."""
    if not domain or "." not in domain or domain.rsplit(".", 1)[-1].isdigit() or ":" in domain:
        return ""
    return _endings().privatesuffix(domain.removeprefix("www.")) or ""


@cache
def _endings() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _shared(kind: str) -> frozenset[str]:
    read = tomllib.loads(Path(__file__).with_name("shared_domains.toml").read_text("utf-8"))
    return frozenset(read[kind])
