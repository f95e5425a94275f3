"""Which certificate authorities are trusted, and until when a server's certificate is valid."""

import ssl
from contextlib import closing
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

import pycurl

from govgauge.gather.plan import Plan

PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)
"""Where Debian, Fedora, Alpine and SUSE keep them; libcurl in a wheel knows only the place of its builder."""


def trusted_file(wanted: str) -> str:
    """The file of trusted authorities: `wanted` where given, else this machine's own; empty when there is none."""
    if wanted:
        return wanted
    standard = ssl.get_default_verify_paths().cafile
    return next((place for place in (standard, *PLACES) if place and Path(place).is_file()), "")


def expiry(url: str, plan: Plan) -> str:
    """The day (ISO) on which the certificate of a server ends, valid or not; empty when none was shown."""
    with closing(pycurl.Curl()) as easy:
        options = [
            (pycurl.URL, url),
            (pycurl.NOBODY, 1),
            (pycurl.NOSIGNAL, 1),
            (pycurl.USERAGENT, plan.user_agent),
            (pycurl.SSL_VERIFYPEER, 0),
            (pycurl.SSL_VERIFYHOST, 0),
            (pycurl.OPT_CERTINFO, 1),
            (pycurl.CONNECTTIMEOUT_MS, ceil(plan.limits.connect_seconds * 1000)),
            (pycurl.TIMEOUT_MS, ceil(plan.limits.first_byte_seconds * 1000)),
        ]
        if plan.connect_to:
            options += [(pycurl.CONNECT_TO, list(plan.connect_to)), (pycurl.PROXY, "")]
        for option, value in options:
            easy.setopt(option, value)
        try:
            easy.perform()
        except pycurl.error:
            return ""
        chain = easy.getinfo(pycurl.INFO_CERTINFO)
    text = next((value for name, value in (chain[0] if chain else ()) if name == "Expire date"), "")
    try:
        return datetime.strptime(text, "%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""
