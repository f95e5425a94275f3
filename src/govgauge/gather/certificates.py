"""Which certificate authorities are trusted."""

import ssl
from pathlib import Path

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
