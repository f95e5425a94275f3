"""Dates as Chinese government pages write them: from one date text, from running text, from a URL."""

import re
from datetime import date
from email.utils import parsedate_tz
from functools import lru_cache

from govgauge import lazy_re

FIRST_YEAR = 1991
"""Earlier than the web no page was published; 1900-01-01 and 1970-01-01 are what programs write for nothing."""

LAST_YEAR = 2099

_WIDE = str.maketrans("０１２３４５６７８９－／．：　〇○Ｏ", "0123456789-/.: 零零零")
_HAN_DIGITS = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}
_HAN_DATE = lazy_re.compile(
    r"([一二三四五六七八九零]{4})\s*年\s*([一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)

_FULL = lazy_re.compile(
    r"(?<![\d.])((?:19|20)\d\d)"
    r"(?:\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d.]*\d|\2\d(?!\d?:))"
    r"|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]"
    r"|\s*年\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d))",
)
_FULL_TIGHT = lazy_re.compile(
    r"(?<![\d.])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?=\d\d:\d\d)",
)
"""A time stuck to the day: `2025-11-0510:30`."""

_BARE = lazy_re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:[ T]?\d{2}:?\d{2}(?::?\d{2})?)?(?!\d)")
_DAY_FIRST = lazy_re.compile(r"^\D{0,2}(\d{1,2})\s*日?[\s/|·-]*((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*月?\W*$")
_YEAR_APART = lazy_re.compile(r"^\W*((?:19|20)\d\d)\s*年?[\s/|·-]+(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\W*$")
_YEAR_LAST = lazy_re.compile(r"^\W*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\s/|·-]+((?:19|20)\d\d)\s*年?\W*$")
_NO_YEAR = lazy_re.compile(r"(?<![\d./-])(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*日?(?![\d./-]*\d)(?!\s*[年%])")
_ENGLISH = lazy_re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:,|\b)(?:.*?\s)?((?:19|20)\d\d)\b"
    r"|\b(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}

_URL_DAY = (
    lazy_re.compile(r"/t?((?:19|20)\d\d)(\d\d)(\d\d)_\d+[^/]*$"),
    lazy_re.compile(r"[/_](?:[a-z]{1,8})?((?:19|20)\d\d)[-_/](\d{1,2})[-_/](\d{1,2})(?=[/_.-]|$)"),
    lazy_re.compile(r"/((?:19|20)\d\d)/(\d\d)-?(\d\d)(?=[/_])"),
    lazy_re.compile(r"/(?:[a-z]{1,8})?((?:19|20)\d\d)(\d\d)/?(?<=/)(\d\d)(?=/)"),
    lazy_re.compile(
        r"/(?:[a-z]{1,8}[_-]?)?((?:19|20)\d\d)(\d\d)(\d\d)(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d*)?)?(?=[/_.-]|$)"
    ),
    lazy_re.compile(r"/(?:[a-z]{1,8}[_-]?)?((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?=[/_.-]|$)"),
)
_URL_MONTH = (
    lazy_re.compile(r"/((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?=/)"),
    lazy_re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?=/)"),
)


@lru_cache(4096)
def parse(text: str, *, near: date | None = None) -> date | None:
    """The day that one date text means, as lists show it: `[2025-11-05]`, `2025年11月5日 10:30`, `05 2025-11`, …

    Without a year (`11-05`) the answer is None unless `near` gives the day next to which it must lie (the date in the
    URL, or the day of the visit): then it is the latest such day not more than a month after `near`.
    Two-digit years, impossible days and the empty dates of programs are None.
    """
    text = text.translate(_WIDE).strip()
    found = next(iter(all_in(text)), None)
    if found or not text:
        return found
    for pattern, order in ((_DAY_FIRST, (2, 3, 1)), (_YEAR_APART, (1, 2, 3)), (_YEAR_LAST, (3, 1, 2))):
        match = pattern.match(text)
        if match:
            return day(*(match.group(place) for place in order))
    bare = _BARE.search(text)
    if bare:
        return day(*bare.groups())
    return _english(text) or (_without_year(text, near) if near else None)


def all_in(text: str) -> list[date]:
    """Every full date in a text, in order: with separators, with 年月日, or in Chinese numerals."""
    text = text.translate(_WIDE)
    found = [
        (match.start(), day(*(part for part in match.groups() if part and part.isdigit())))
        for match in _FULL.finditer(text)
    ]
    found += [(match.start(), day(match[1], match[3], match[4])) for match in _FULL_TIGHT.finditer(text)]
    if "年" in text:
        found += [(match.start(), _han_day(match)) for match in _HAN_DATE.finditer(text)]
        found.sort(key=lambda pair: pair[0])
    return [value for _, value in found if value]


def in_url(url: str) -> date | None:
    """The day written into a URL by the CMS: /202511/t20251105_12.html, /art/2025/11/5/art_1_2.html, /2025-11/05/…"""
    path = url.partition("?")[0].lower()
    start = path.find("/", path.find("//") + 2)
    for pattern in _URL_DAY:
        for match in pattern.finditer(path, max(start, 0)):
            value = day(*match.groups())
            if value:
                return value
    return None


def month_in_url(url: str) -> tuple[int, int] | None:
    """Year and month written into a URL, when it names no day: /202511/content_12.html."""
    exact = in_url(url)
    if exact:
        return exact.year, exact.month
    path = url.partition("?")[0]
    for pattern in _URL_MONTH:
        match = pattern.search(path, 8)
        if match and day(match[1], match[2], "1"):
            return int(match[1]), int(match[2])
    return None


def day(year: str, month: str, day_of_month: str) -> date | None:
    """The day of these figures; None when there is none or no page can be so old."""
    try:
        value = date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else None


def _without_year(text: str, near: date) -> date | None:
    match = _NO_YEAR.search(text)
    if match is None:
        return None
    for year in (near.year + 1, near.year, near.year - 1):
        value = day(str(year), match[1], match[3])
        if value and (value - near).days <= 31:
            return value
    return None


def _english(text: str) -> date | None:
    match = _ENGLISH.search(text)
    if match:
        month, number, year, other_number, other_month, other_year = match.groups()
        return day(year or other_year, str(_MONTHS[(month or other_month).lower()]), number or other_number)
    stamp = parsedate_tz(text) if "," in text else None
    return day(str(stamp[0]), str(stamp[1]), str(stamp[2])) if stamp else None


def _han_day(match: re.Match[str]) -> date | None:
    year = "".join(_HAN_DIGITS.get(char, "") for char in match[1])
    return day(year, str(_han_number(match[2])), str(_han_number(match[3]))) if len(year) == 4 else None


def _han_number(text: str) -> int:
    tens, mark, units = text.partition("十")
    if not mark:
        return int(_HAN_DIGITS[tens]) if len(tens) == 1 else 0
    if len(tens) > 1 or len(units) > 1:
        return 0
    return 10 * int(_HAN_DIGITS[tens] if tens else 1) + int(_HAN_DIGITS[units] if units else 0)
