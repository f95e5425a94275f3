"""Dates inside official writing: 2018年12月18日, 2018-12-18, 二〇一八年十二月十八日, terms of validity."""

from datetime import date

from govgauge import lazy_re

_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九", "00000123456789")
ARABIC = lazy_re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?")
CHINESE = lazy_re.compile(
    r"([一二][〇零○ＯO一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
COMPACT = lazy_re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def first(text: str) -> date | None:
    """The first date in a text; None when there is none."""
    found = every(text)
    return found[0][1] if found else None


def every(text: str) -> list[tuple[int, date]]:
    """All dates of a text with their places, in order. Impossible dates are left out."""
    found = [(match.start(), day(*match.groups())) for match in ARABIC.finditer(text)]
    if "月" in text:
        found += [
            (match.start(), day(match.group(1).translate(_DIGITS), number(match.group(2)), number(match.group(3))))
            for match in CHINESE.finditer(text)
        ]
    if not found:
        found = [(match.start(), day(*match.groups())) for match in COMPACT.finditer(text)]
    return sorted((at, value) for at, value in found if value is not None)


def day(year: str | int, month: str | int, of_month: str | int) -> date | None:
    """A date from its parts; None when there is no such day."""
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def number(text: str) -> int:
    """A Chinese numeral up to 99; 0 when it is none."""
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    digits = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
    if not mark:
        return digits.get(text, 0)
    return (digits.get(tens, 0) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)


def years_later(start: date, years: int, months: int = 0) -> date:
    """The last day of a term: the day before the same day after `years` and `months`."""
    total = start.year * 12 + start.month - 1 + years * 12 + months
    year, month = divmod(total, 12)
    for of_month in range(start.day, 0, -1):
        value = day(year, month + 1, of_month)
        if value is not None:
            return date.fromordinal(value.toordinal() - 1)
    return start
