"""The source of a page without what no reader sees: comments, and what its scripts hold apart from the rest."""

import re

from govgauge import lazy_re

_HIDDEN = lazy_re.compile(
    r"<!--(?:-?>|.*?--!?>|.*\Z)|<script\b[^>]*>(?P<script>.*?)(?:</script\s*>|\Z)|<(?P<tag>style|template)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def shown(html: str) -> str:
    """The source without comments, scripts, styles and templates, each of which leaves a space."""
    return _HIDDEN.sub(" ", html)


def scripts(html: str) -> str:
    """What stands inside the scripts of a page, in order; scripts in comments do not run."""
    return "\n".join(match["script"] for match in _HIDDEN.finditer(html) if match["script"])
