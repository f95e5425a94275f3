"""Which program this is, as far as judgements depend on it."""

import hashlib
from functools import cache

from govgauge import __version__
from govgauge.audits.catalogue import all_audits
from govgauge.systems.canonical import dumped


@cache
def program() -> str:
    """The version with the beginning of a hash over the versions of all audits: equal programs judge equally."""
    audits = {name: audit.meta.version for name, audit in sorted(all_audits().items())}
    return f"{__version__}-{hashlib.sha256(dumped(audits)).hexdigest()[:8]}"
