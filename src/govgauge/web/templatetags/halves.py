"""The half of a text `中文 English` that the reader's language asks for."""

import re

from django import template

from govgauge.web.display import is_english

register = template.Library()
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@register.filter
def half(text: str) -> str:
    """Up to and with the last Chinese sign, or what stands behind it; the whole where there is but one tongue."""
    signs = [found.end() for found in CHINESE.finditer(text)]
    if not signs:
        return text
    first, rest = text[: signs[-1]], text[signs[-1] :]
    return (rest.strip() or first) if is_english() else first.strip()
