"""URLs that never end: paths that repeat themselves, calendars, and lists that only lead on to themselves."""

import re
from array import array
from collections import defaultdict

from govgauge import lazy_re
from govgauge.gather import rank, urls

LONGEST_URL = 2000
"""Characters; browsers and servers of the time take little more."""
DEEPEST_PATH = 20
"""Segments of a path."""
BARREN_CALENDAR = 24
"""Pages that differ only in a date or a page number and lead to nothing but their like, before they are left."""
BARREN_QUERY = 1000
"""The same for any other template with a query. A template without one ends by itself: its pages lie on a disk."""
KEY_SETS = 24
"""Different sets of parameter names under one path, before further ones are left."""
_DATE_OR_PAGE = lazy_re.compile(
    r"[?&;](?:y|year|nian|m|mon|month|yue|d|day|date|rq|riqi|week|from|to|start|end|p|pg|page|pageno|pageindex|pagenum|"
    r"currentpage|curpage|offset|index)=|"
    r"/(?:19|20|21)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?(?:0?[1-9]|[12]\d|3[01]))?/?$",
    re.IGNORECASE,
)
"""A date or a page number in the query, or a path that ends in a date without a file: `/calendar/2025/11`."""


def is_endless(url: str) -> bool:
    """Whether the form of a URL alone shows that it comes from a link that lengthens itself."""
    if len(url) > LONGEST_URL:
        return True
    path = url.partition("?")[0]
    segments = path.split("/")[3:]
    return len(segments) > DEEPEST_PATH or _repeats(segments)


def _repeats(segments: list[str]) -> bool:
    """`/a/a/a/` and `/a/b/a/b/`: one folder three times in a row, or several twice; the file at the end is no part."""
    folders = segments[:-1]
    count = len(folders)
    if count < 3 or len(set(folders)) == count:
        return False
    for width in range(1, count // 2 + 1):
        times = 3 if width == 1 else 2
        for start in range(count - width * times + 1):
            piece = folders[start : start + width]
            if all(folders[start + width * n : start + width * (n + 1)] == piece for n in range(1, times)):
                return not _is_dated(piece)
    return False


def _is_dated(piece: list[str]) -> bool:
    """Folders made of numbers may repeat by chance: /2020/12/2020/12 is odd but ends."""
    return all(part.isdigit() for part in piece)


class Traps:
    """Watches, level by level, which URL templates lead to nothing but themselves."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._template_of: array[int] = array("l")
        self._pages: defaultdict[int, int] = defaultdict(int)
        self._barren: defaultdict[int, int] = defaultdict(int)
        self._key_sets: defaultdict[int, set[int]] = defaultdict(set)

    def visit(self, order: int, url: str) -> None:
        """A page is visited at a place of the visit."""
        number = self._number(url)
        while len(self._template_of) <= order:
            self._template_of.append(-1)
        self._template_of[order] = number
        self._pages[number] += 1

    def level(self, candidates: list[tuple[str, int]]) -> None:
        """All links that a level brought: templates that led to others are fruitful."""
        fruitful = {parent for url, key in candidates if (parent := self._parent(key)) != self._number(url)}
        for number, count in self._pages.items():
            self._barren[number] = 0 if number in fruitful else self._barren[number] + count
        self._pages.clear()

    def caught(self, url: str, key: int) -> bool:
        """Whether a candidate belongs to a template that only ever led to itself, and was found by it."""
        number = self._number(url)
        if self._parent(key) == number and self._barren[number] >= BARREN_CALENDAR:
            if _DATE_OR_PAGE.search(url.partition("//")[2].partition("/")[2]):
                return True
            return "?" in url and self._barren[number] >= BARREN_QUERY
        return self._combines(url)

    def _combines(self, url: str) -> bool:
        path, mark, query = url.partition("?")
        if not mark:
            return False
        names = hash(frozenset(piece.partition("=")[0] for piece in query.split("&")))
        known = self._key_sets[hash(path)]
        if names in known:
            return False
        if len(known) >= KEY_SETS:
            return True
        known.add(names)
        return False

    def _parent(self, key: int) -> int:
        order = rank.order_of(key)
        return self._template_of[order] if order < len(self._template_of) else -1

    def _number(self, url: str) -> int:
        return self._numbers.setdefault(urls.template(url), len(self._numbers))
