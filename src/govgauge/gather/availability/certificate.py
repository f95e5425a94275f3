"""Reading the certificate that libcurl saw, and why it was not believed."""

import re
from datetime import UTC, datetime

import pycurl

from govgauge import lazy_re
from govgauge.gather.availability.opening import Certificate

_NAME = lazy_re.compile(r"DNS:([^,\s]+)|IP Address:([^,\s]+)")
_COMMON_NAME = lazy_re.compile(r"CN\s*=\s*([^,/]+)")
MOST_NAMES = 20
"""Names kept of a certificate; those of shared hosts have hundreds."""

_EXPIRED, _NOT_YET_VALID, _WRONG_NAME = 10, 9, 62
_UNKNOWN_ISSUER = frozenset({2, 18, 19, 20, 21, 24, 27})
"""OpenSSL's X509_V_ERR_*: issuer not found, self-signed, chain not complete, invalid authority, not trusted."""


def seen(easy: pycurl.Curl, host: str) -> Certificate | None:
    """The server's certificate of a finished transfer; None when it showed none, or none that can be read."""
    chain = easy.getinfo(pycurl.INFO_CERTINFO)
    if not chain:
        return None
    fields = dict(pair for pair in chain[0] if len(pair) == 2)
    try:
        ends = datetime.strptime(fields.get("Expire date", ""), "%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    subject, issuer = fields.get("Subject", ""), fields.get("Issuer", "")
    listed = fields.get("X509v3 Subject Alternative Name", "")
    names = [name or address for name, address in _NAME.findall(listed)]
    if not names and (common := _COMMON_NAME.search(subject)):
        names = [common[1].strip()]
    return Certificate(
        host=host, subject=subject[:200], issuer=issuer[:200], names=tuple(names[:MOST_NAMES]), not_after=ends
    )


def fault(result: int, detail: str) -> str:
    """Why a certificate was not believed, from OpenSSL's verdict and libcurl's words."""
    said = detail.lower()
    if result == _EXPIRED or "expired" in said:
        return "expired"
    if result == _NOT_YET_VALID or "not yet valid" in said:
        return "not-yet-valid"
    if result == _WRONG_NAME or re.search(r"subject name|does not match|no alternative certificate", said):
        return "wrong-name"
    if result in _UNKNOWN_ISSUER or re.search(r"self.signed|issuer", said):
        return "unknown-issuer"
    return "other"
