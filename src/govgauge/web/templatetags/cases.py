"""Tags by which templates show cases: the tag of a state, the words of a kind of nomination, points."""

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from govgauge.web.workspace.nominations import words

register = template.Library()


@register.simple_tag
def case_tag(state: str) -> SafeString:
    """Where a case stands, as a tag."""
    return format_html('<span class="tag is-{}">{}</span>', words.TONES.get(state, "plain"), words.STATES[state])


@register.filter
def nomination_word(kind: str) -> str:
    """The words of a kind of nomination."""
    return str(words.KINDS[kind])


@register.filter
def mean_points(value: Decimal | Fraction | None) -> str:
    """Mean points with two decimals; a dash while there is none."""
    return "—" if value is None else f"{float(value):.2f}"
