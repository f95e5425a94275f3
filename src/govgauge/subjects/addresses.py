"""When two addresses are one site: scheme, case, default port and name of the start page make no other site."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

START_PAGE = re.compile(r"/(?:index|default|home|main)\.(?:s?html?|jspx?|aspx?|php|do)$", re.IGNORECASE)
UNFIT = re.compile(r'[\s<>"]')
DEFAULT_PORTS = (80, 443)
SCHEMES = ("http", "https")


@lru_cache(maxsize=65_536)
def site_identity(url: str) -> str | None:
    """The form in which addresses of one site are equal; None when it is no address of a site."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in SCHEMES or "." not in host or UNFIT.search(url):
        return None
    shown = f":{port}" if port and port not in DEFAULT_PORTS else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{_ascii(host)}{shown}{START_PAGE.sub('', parts.path).rstrip('/')}{query}"


def _ascii(host: str) -> str:
    if host.isascii():
        return host.casefold()
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host.casefold()
