"""Tags by which portal pages show indexes, ranges and addresses of publications."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from govgauge.analysis.groups import Spread
from govgauge.analysis.shares import shown
from govgauge.office.models import PublishedSubject
from govgauge.office.queries.published_lists import is_open
from govgauge.web.portal import charts, words
from govgauge.web.portal.reading import Reading
from govgauge.web.templatetags.shown import Segment

register = template.Library()
LINES = re.compile(r"（第 [\d、至 ]+ 行）|[，、]?第 [\d、至 ]+ 行")
"""Lines of the text that an indicator system was copied from: editors look there, readers cannot."""
GRADE_KINDS = ("grade-0", "grade-1", "grade-2", "grade-3", "grade-4", "grade-5", "grade-6")


@register.simple_tag
def of_round(reading: Reading, name: str, group: int | None = None) -> str:
    """The address of a page of the same publication; `group` is a place counted from 0."""
    return reading.address(name) if group is None else reading.address(name, group=group + 1)


@register.filter
def index(value: float | None) -> str:
    """An index with three decimals."""
    return "—" if value is None else shown(value)


@register.filter
def weight(value: Decimal | None) -> str:
    """Points without zeros behind them; a dash where an indicator is not assessed."""
    return "—" if value is None else f"{value.normalize():f}"


@register.filter
def index_pair(pair: Sequence[float] | None) -> str:
    """What is sure of an index and what it may become."""
    if not pair:
        return "—"
    low, high = shown(pair[0]), shown(pair[1])
    return low if low == high else f"{low}–{high}"


@register.filter
def sure_index(row: PublishedSubject) -> SafeString | str:
    """The total index of a subject; while something is open it is at least that."""
    if row.index is None or not is_open(row):
        return index(row.index)
    return format_html(
        '<span aria-hidden="true">≥</span><span class="sr-only">{}</span>{}', _("至少"), index(row.index)
    )


@register.filter
def change(value: float | None) -> SafeString | str:
    """How an index changed, with a sign that is read aloud."""
    if value is None:
        return "—"
    text = shown(abs(value))
    if not any(digit in text for digit in "123456789"):
        return _("持平")
    up = value > 0
    return _moved("up" if up else "down", _("上升") if up else _("下降"), text)


@register.filter
def places_up(value: int | None) -> SafeString | str:
    """By how many places somebody rose or fell."""
    if value is None:
        return ""
    if value == 0:
        return _("持平")
    return _moved("up" if value > 0 else "down", _("上升") if value > 0 else _("下降"), str(abs(value)))


@register.filter
def without_lines(note: str) -> str:
    """A note on an indicator system without the lines of its source."""
    return LINES.sub("", note)


@register.filter
def state_word(state: str) -> str:
    """What became of a subject."""
    return str(words.STATES.get(state, state))


@register.filter
def outcome_word(outcome: str) -> str:
    """What a check brought."""
    return str(words.OUTCOMES.get(outcome, outcome))


@register.filter
def outcome_tone(outcome: str) -> str:
    """The class of an outcome's tag."""
    return words.TONES.get(outcome, "")


@register.filter
def step_word(kind: str) -> str:
    """A step of a publication."""
    return str(words.STEPS.get(kind, kind))


@register.filter
def form_word(form: str) -> str:
    """What kind of file it is."""
    return words.FORMS.get(form, form.upper())


@register.inclusion_tag("portal/parts/range_bar.html")
def range_bar(spread: Spread) -> dict[str, object]:
    """A bar from the lowest to the highest index with a mark at the mean."""
    return {"range": charts.range_of(spread)}


@register.inclusion_tag("parts/bar.html")
def grade_bar(grades: Sequence[tuple[str, object]]) -> dict[str, object]:
    """The grades of a group as one bar."""
    from govgauge.web.templatetags.shown import bar  # noqa: PLC0415 - the same drawing with other parts

    return bar(segments(grades))


@register.filter
def segments(grades: Sequence[tuple[str, object]]) -> list[Segment]:
    """The grades of a group as parts of a bar, the best first."""
    return [
        Segment(GRADE_KINDS[min(place, len(GRADE_KINDS) - 1)], name, getattr(share, "numerator", 0))
        for place, (name, share) in enumerate(grades)
    ]


def _moved(way: str, word: str, text: str) -> SafeString:
    sign = "▲" if way == "up" else "▼"
    return format_html(
        '<span class="moved is-{}"><span aria-hidden="true">{}</span><span class="sr-only">{}</span> {}</span>',
        way,
        sign,
        word,
        text,
    )
