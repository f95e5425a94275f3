"""Filters and tags by which templates show values: durations, points, two-tongued sentences, bars."""

from datetime import datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext
from msgspec import Struct

from govgauge.office.models import FindingLook, RemedyState
from govgauge.office.queries.reasons import in_chinese, in_english
from govgauge.web import remedy_words, words
from govgauge.web.display import is_english

register = template.Library()
MINUTE, HOUR, DAY = 60, 3600, 86400


class Segment(Struct, frozen=True):
    """A part of a bar: a class of the style sheet, what it is, and how many."""

    kind: str
    title: str
    count: int


class Drawn(Struct, frozen=True):
    """A part of a bar with its place, in hundredths of the whole."""

    kind: str
    title: str
    count: int
    start: str
    width: str


@register.filter
def tongue(sentence: str) -> str:
    """The half of a sentence `中文 (English)` that the reader's language asks for."""
    return in_english(sentence) if is_english() else in_chinese(sentence)


@register.filter
def grouped(number: int | str | None) -> str:
    """A whole number with its thousands apart."""
    return "—" if number is None or isinstance(number, str) else f"{number:,}"


@register.filter
def points(value: Decimal | float | None) -> str:
    """Points with two decimals."""
    return "—" if value is None else f"{value:.2f}"


@register.filter
def rate(value: float) -> str:
    """A rate with as many decimals as mean something."""
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


@register.filter
def lasting(seconds: float | timedelta | None) -> str:
    """A length of time in its two largest units."""
    if seconds is None:
        return "—"
    whole = int(seconds.total_seconds() if isinstance(seconds, timedelta) else seconds)
    if whole < MINUTE:
        return gettext("%(n)s 秒") % {"n": whole}
    if whole < HOUR:
        return gettext("%(m)s 分 %(s)s 秒") % {"m": whole // MINUTE, "s": whole % MINUTE}
    if whole < DAY:
        return gettext("%(h)s 小时 %(m)s 分") % {"h": whole // HOUR, "m": whole % HOUR // MINUTE}
    return gettext("%(d)s 天 %(h)s 小时") % {"d": whole // DAY, "h": whole % DAY // HOUR}


@register.filter
def since(later: datetime, earlier: datetime) -> timedelta:
    """The time between two moments."""
    return later - earlier


@register.filter
def share_of(part: float | None, whole: float | None) -> str:
    """A share in per cent, without decimals unless it is all but nothing or all but everything."""
    if not whole or part is None:
        return "—"
    percent = 100 * float(part) / float(whole)
    return f"{percent:.1f}%" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f}%"


@register.filter
def task_words(name: str) -> str:
    """A task in words."""
    return words.task(name)


@register.filter
def word_of(value: str, table: str) -> str:
    """The words of a value: of `ROUND_STATES`, `JOB_STATES`, `ENTRY_STATES`, `STAGES` or `LANES`."""
    return str(getattr(words, table).get(value, value))


@register.filter
def cut_to(value: str, decimals: int = 2) -> str:
    """An exact decimal text cut to some decimals, for showing only."""
    return f"{Decimal(value):.{decimals}f}" if value else ""


@register.filter
def named(value: str, names: dict[str, str]) -> str:
    """What a value is called; itself where it has no name."""
    return names.get(value, value)


@register.filter
def remedy_word(value: str) -> str:
    """The words of a remedy's state."""
    return str(remedy_words.STATES.get(value, value))


@register.filter
def look_words(look: FindingLook) -> str:
    """What came of a look that a body asked for."""
    told = str(remedy_words.LOOKS[look.seen])
    return f"{timezone.localdate(look.asked_at)} {told}"


@register.filter
def remedy_tone(value: str) -> str:
    """The class of a remedy's state."""
    return remedy_words.TONES.get(RemedyState(value), "")


@register.filter
def web_only(url: str) -> str:
    """An address as a link may have it: none but http and https."""
    return url if url.lower().startswith(("http://", "https://")) else ""


@register.inclusion_tag("parts/bar.html")
def bar(segments: list[Segment], label: str = "") -> dict[str, object]:
    """A bar of several parts, with their numbers for those who do not see it."""
    whole = sum(segment.count for segment in segments)
    drawn, start = [], 0.0
    for segment in segments:
        width = 100 * segment.count / whole if whole else 0.0
        if segment.count:
            drawn.append(Drawn(segment.kind, segment.title, segment.count, f"{start:.3f}", f"{width:.3f}"))
        start += width
    told = "，".join(f"{one.title} {one.count}" for one in drawn) or gettext("还没有")
    return {"drawn": drawn, "told": f"{label}：{told}" if label else told}


@register.inclusion_tag("parts/range.html")
def point_range(low: Decimal | None, high: Decimal | None, full: int = 100) -> dict[str, object]:
    """A range of points as a bar: what is sure, and what is still open."""
    if low is None or high is None:
        return {"known": False}
    first, last = (min(100.0, max(0.0, 100 * float(value) / full)) for value in (low, high))
    return {
        "known": True,
        "low": low,
        "high": high,
        "first": f"{first:.2f}",
        "rest": f"{max(0.0, last - first):.2f}",
    }
