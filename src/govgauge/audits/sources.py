"""The source of a page without what no reader sees: comments, and what its scripts hold apart from the rest."""

import re
from functools import lru_cache

from govgauge import lazy_re

_HIDDEN = lazy_re.compile(
    r"<!--(?:-?>|.*?--!?>|.*\Z)|<script\b[^>]*>(?P<script>.*?)(?:</script\s*>|\Z)|<(?P<tag>style|template)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


KEPT = 4
"""Pages kept at hand: one audit after the other looks at that of the home page."""


@lru_cache(maxsize=KEPT)
def shown(html: str) -> str:
    """The source without comments, scripts, styles and templates, each of which leaves a space."""
    return _HIDDEN.sub(" ", html)


@lru_cache(maxsize=KEPT)
def scripts(html: str) -> str:
    """What stands inside the scripts of a page, in order; scripts in comments do not run."""
    return "\n".join(match["script"] for match in _HIDDEN.finditer(html) if match["script"])
