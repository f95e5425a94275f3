"""References that scripts write in conventions known from Chinese content systems."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

import turbohtml

from govgauge import lazy_re

PAGES_LIMIT = 1000
"""More list pages of one column than these are not named by one script call."""

FEW_LINKS = 3
"""A page with no more links than these may be one that only leads on by script."""

_CALL = lazy_re.compile(
    r"(?:window\s*\.\s*open|(?:location|window\.location)\s*\.\s*(?:replace|assign))\s*\(\s*(?:\"([^\"]+)\"|'([^']+)')"
    r"|location(?:\s*\.\s*href)?\s*=\s*(?:\"([^\"]+)\"|'([^']+)')(?!\s*\+)"
)
_JOINED = lazy_re.compile(r"^\s*\+")
_DATASTORE = lazy_re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)
_CREATE_PAGE = lazy_re.compile(
    r"createPage\w*\(\s*(?:[\"'][\w-]*[\"']\s*,\s*)?(\d+)\s*,\s*(\d+)\s*,\s*[\"']([\w./-]+)[\"']\s*,\s*[\"'](\w+)[\"']"
)
_PAGER = lazy_re.compile(r"Pager\(\s*\{[^}]*\}", re.DOTALL)
_PAGER_FIELD = lazy_re.compile(r"\b(size|current|prefix|suffix)\s*:\s*[\"']?([\w./-]+)")
_COUNTED = lazy_re.compile(r"var\s+(countPage|currentPage)\s*=\s*(\d+)")
_FILE_NAME = lazy_re.compile(r"(.*?)(?:_\d+)?\.(\w+)")
_SCRIPT_COMMENT = lazy_re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*|<!--|-->", re.DOTALL)


def targets_of(call: str) -> Iterator[str]:
    """What a piece of script opens by `window.open('…')` or `location.href='…'`; nothing when it is put together."""
    for found in _CALL.finditer(call):
        if not _JOINED.match(call[found.end() :]):
            yield next(part for part in found.groups() if part)


def datastore_items(scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Links and their words in the records of `<script type="text/xml"><datastore>` lists (大汉 and kin)."""
    for script in scripts:
        records = _DATASTORE.findall(script) if "<record>" in script else []
        if records:
            for element in turbohtml.parse_fragment("".join(records)).find_all("a"):
                words = " ".join(element.text.split()) or (element.attr("title") or "").strip()
                yield element.attr("href") or "", words


def paging(scripts: Iterable[str], base: str) -> Iterator[str]:
    """The other pages of a list whose paging is written by TRS scripts: `index.html`, `index_1.html`, …

    On the first page all of them, on the others the neighbours only: the list is complete once, and stays short.
    """
    for script in scripts:
        if "createPage" in script:
            for found in _CREATE_PAGE.finditer(script):
                # With the id of an element before them, pages are counted from 1.
                first = 0 if found.group().partition("(")[2].lstrip()[:1].isdigit() else 1
                yield from _pages(int(found[1]), int(found[2]) - first, found[3], found[4])
        elif "Pager(" in script:
            for call in _PAGER.findall(script):
                fields = dict(_PAGER_FIELD.findall(call))
                if fields.keys() >= {"size", "prefix", "suffix"}:
                    yield from _pages(
                        _number(fields["size"]), _number(fields.get("current", "")), fields["prefix"], fields["suffix"]
                    )
        elif "countPage" in script:
            counted = dict(_COUNTED.findall(script))
            name = _FILE_NAME.fullmatch(base.partition("?")[0].rpartition("/")[2] or "index.html")
            if len(counted) == 2 and name:
                yield from _pages(int(counted["countPage"]), int(counted["currentPage"]), name[1], name[2])


def redirections(scripts: Iterable[str]) -> Iterator[str]:
    """Where scripts that run at once lead to; to be asked on pages with hardly a link only."""
    for script in scripts:
        if "location" in script:
            yield from targets_of(_SCRIPT_COMMENT.sub("", script))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _pages(count: int, current: int, prefix: str, suffix: str) -> Iterator[str]:
    last = min(count, PAGES_LIMIT)
    for number in range(1, last) if current <= 0 else (current - 1, current + 1):
        if number >= last:
            continue
        name = f"{prefix}_{number}" if number else prefix
        yield f"{quote(name)}.{suffix}"
