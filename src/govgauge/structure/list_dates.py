"""Dates as lists show them: whole, split over two boxes, or without their year."""

import datetime
import re
from datetime import date
from functools import lru_cache

from msgspec import Struct

from govgauge import lazy_re

_YEAR = r"((?:19[89]|20[0-4])\d)"
_TIME = r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?)?"
_WHOLE = lazy_re.compile(
    rf"(?<!\d){_YEAR}\s?(?:[-–—./]|年)\s?(0?[1-9]|1[0-2])\s?(?:[-–—./]|月)\s?(3[01]|[12]\d|0?[1-9])(?!\d)\s?日?{_TIME}"
)
_PLAIN = lazy_re.compile(rf"(?<!\d){_YEAR}(0[1-9]|1[0-2])(3[01]|[12]\d|0[1-9])(?!\d)")
_DAY_THEN_MONTH = lazy_re.compile(
    rf"(?<!\d)(3[01]|[12]\d|0?[1-9])日?[\s/]+{_YEAR}(?:[-./\s]|年)\s?(1[0-2]|0?[1-9])月?(?!\d)"
)
_MONTH_THEN_DAY = lazy_re.compile(
    rf"(?<!\d){_YEAR}(?:[-./\s]|年)\s?(1[0-2]|0?[1-9])月?\s+(3[01]|[12]\d|0?[1-9])日?(?!\d)"
)
_MONTH_DAY_YEAR = lazy_re.compile(
    rf"(?<!\d)(1[0-2]|0?[1-9])(?:[-./]|月)(3[01]|[12]\d|0?[1-9])日?[\s/]+{_YEAR}年?(?!\d)"
)
_SHORT_YEAR = lazy_re.compile(r"^\W*(\d\d)[-./](0[1-9]|1[0-2])[-./](3[01]|[12]\d|0[1-9])\W*$")
_MONTH_DAY = lazy_re.compile(rf"^\W*(1[0-2]|0?[1-9])\s?(?:[-./]|月)\s?(3[01]|[12]\d|0?[1-9])\s?日?\W*?{_TIME}\W*$")
_DIGIT = lazy_re.compile(r"\d")
_RANGE = lazy_re.compile(r"至|到|~|～|—|－|--")
_PUBLISHED = lazy_re.compile(r"(?:发布|公布|发文|公开|更新|上传|时间|日期)(?:时间|日期)?\s*[:：]?\s*$")
_WRITTEN = lazy_re.compile(r"(?:成文|印发|生成|截止|结束|施行|实施|失效|废止)(?:时间|日期)?\s*[:：]?\s*$")


class Shown(Struct, frozen=True):
    """A date as a list shows it. `date` is None when the year is missing; then month and day tell the rest."""

    text: str
    date: datetime.date | None = None
    month: int = 0
    day: int = 0


@lru_cache(maxsize=4096)
def find(text: str) -> Shown | None:
    """The date that stands in the words beside a title; None when there is none. White space must be folded.

    With several dates the one called the publishing date counts, the first of a range, else the latest: a document is
    never published before it is written.
    """
    if not _DIGIT.search(text):
        return None
    matches = [(match, made) for match in _WHOLE.finditer(text) if (made := _made(match[1], match[2], match[3]))]
    if matches:
        match, made = _chosen(text, matches)
        return Shown(match[0].strip(), made)
    for pattern, order in ((_DAY_THEN_MONTH, (2, 3, 1)), (_MONTH_THEN_DAY, (1, 2, 3)), (_MONTH_DAY_YEAR, (3, 1, 2))):
        match_ = pattern.search(text)
        if match_ and (made_ := _made(*(match_[place] for place in order))):
            return Shown(match_[0].strip(), made_)
    return _compact(text)


@lru_cache(maxsize=4096)
def at_edge(title: str) -> tuple[str, Shown | None]:
    """Split a title that carries its own date in brackets or behind white space: the clean title, and the date."""
    if not title or not (title[-1] in "0123456789)）]】〕日" or title[0] in "0123456789(（[【〔"):
        return title, None
    match = _EDGE_END.search(title) or _EDGE_START.search(title)
    if not match:
        return title, None
    shown = find(match[0].strip(" ()（）[]【】〔〕|·-")) or find(match[0])
    rest = (title[: match.start()] + title[match.end() :]).strip()
    if not shown or not rest:
        return title, None
    # A content system adds 2025-11-05; an editor who writes 2025年11月5日 means it as part of the title.
    return (title if "年" in match[0] else rest), shown


def at_line_edge(line: str) -> Shown | None:
    """The date of a long line: labelled as publishing date, or standing alone at its end or start."""
    labelled = _LABELLED.search(line)
    if labelled:
        return find(labelled[0])
    for match in (_LAST.search(line), _FIRST.match(line)):
        if match:
            return find(match[0].strip(" []()（）【】"))
    return None


_LABELLED = lazy_re.compile(rf"(?:发布|公布|发文|公开|更新|上传)?(?:时间|日期|日间)\s*[:：]?\s*{_WHOLE.pattern}")
_LAST = lazy_re.compile(rf"(?:^|[\s\[(（【|：:]){_WHOLE.pattern}\s*[\])）】]?$")
_FIRST = lazy_re.compile(rf"^[\[(（【]?{_WHOLE.pattern}(?=[\s\])）】|])")
_EDGE_END = lazy_re.compile(
    rf"(?:\s*[(（\[【〔]\s*(?:{_WHOLE.pattern}|(?:1[0-2]|0?[1-9])[-/](?:3[01]|[12]\d|0?[1-9]))\s*[)）\]】〕]|"
    rf"\s+{_WHOLE.pattern})\s*$"
)
_EDGE_START = lazy_re.compile(
    rf"^(?:[(（\[【〔]\s*(?:{_WHOLE.pattern}|(?:1[0-2]|0?[1-9])[-/](?:3[01]|[12]\d|0?[1-9]))\s*[)）\]】〕]|"
    rf"{_WHOLE.pattern}\s+)"
)


def _chosen(text: str, matches: list[tuple[re.Match[str], date]]) -> tuple[re.Match[str], date]:
    if len(matches) == 1:
        return matches[0]
    for match, made in matches:
        if _PUBLISHED.search(text[: match.start()]) and not _WRITTEN.search(text[: match.start()]):
            return match, made
    first, second = matches[0][0], matches[1][0]
    if _RANGE.search(text[first.end() : second.start()]):
        return matches[0]
    unmarked = [pair for pair in matches if not _WRITTEN.search(text[: pair[0].start()])] or matches
    return max(unmarked, key=lambda pair: pair[1])


def _compact(text: str) -> Shown | None:
    """Short forms, believed only when nothing else stands there."""
    short = _SHORT_YEAR.match(text)
    if short and (made := _made("20" + short[1], short[2], short[3])):
        return Shown(text, made)
    month_day = _MONTH_DAY.match(text)
    if month_day:
        return Shown(text, None, int(month_day[1]), int(month_day[2]))
    plain = _PLAIN.search(text)
    if plain and plain[0] == text.strip(" ()[]（）") and (made := _made(plain[1], plain[2], plain[3])):
        return Shown(plain[0], made)
    for word in text.split():
        if word != text and (month_day := _MONTH_DAY.match(word)) and word[0] in "[(（【":
            return Shown(word, None, int(month_day[1]), int(month_day[2]))
    return None


def made(year: int, month: int, day: int) -> date | None:
    """That day; None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _made(year: str, month: str, day: str) -> date | None:
    return made(int(year), int(month), int(day))
