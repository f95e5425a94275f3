"""In which order links are followed: a number for each link, small ones first."""

import re
from enum import IntEnum

from govgauge import lazy_re
from govgauge.gather.artifacts import Link, LinkKind, Region

ATTACHMENT_SUFFIXES = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "wps",
        "et",
        "dps",
        "ofd",
        "ceb",
        "zip",
        "rar",
        "7z",
        "gz",
        "tar",
        "txt",
        "rtf",
        "csv",
        "mp4",
        "mp3",
        "wmv",
        "flv",
        "avi",
        "apk",
        "exe",
    ]
)
IMAGE_SUFFIXES = frozenset(["jpg", "jpeg", "png", "gif", "bmp", "webp", "ico", "svg", "tif", "tiff", "avif"])
_PART_SUFFIXES = frozenset(["js", "css", "json", "woff", "woff2", "ttf"])
_PAGING = lazy_re.compile(
    r"\s*(?:[<>«»‹›]{1,2}|\d{1,4}|[首末尾上下前后][一1]?页|next|prev(?:ious)?|last|first)\s*[>»]?\s*", re.IGNORECASE
)
_MORE = lazy_re.compile(r"更多|more|查看全部", re.IGNORECASE)
SHORT_TEXT = 16
"""Characters; links to further pages and to whole lists have short texts."""
_CODE_SHIFT, _ORDER_SHIFT = 52, 16
_INDEX_MASK = (1 << _ORDER_SHIFT) - 1
_PLACE_MASK = (1 << _CODE_SHIFT) - 1
_ORDER_MASK = (1 << (_CODE_SHIFT - _ORDER_SHIFT)) - 1


class Code(IntEnum):
    """What a link leads to, as far as can be told before it is followed; the order is that of the visit."""

    FRAME = 0
    COLUMN = 1
    PAGING = 2
    DETAIL = 3
    ASIDE = 4
    ATTACHMENT = 5
    IMAGE = 6
    PART = 7


_BY_SUFFIX = {
    **dict.fromkeys(IMAGE_SUFFIXES, Code.IMAGE),
    **dict.fromkeys(ATTACHMENT_SUFFIXES, Code.ATTACHMENT),
}


FILE_KINDS = frozenset({LinkKind.IMG, LinkKind.SCRIPT, LinkKind.STYLE, LinkKind.MEDIA})
"""Kinds of links that never lead to a page."""

_BY_KIND = {
    LinkKind.FRAME: Code.FRAME,
    LinkKind.REFRESH: Code.FRAME,
    LinkKind.IMG: Code.IMAGE,
    LinkKind.SCRIPT: Code.PART,
    LinkKind.STYLE: Code.PART,
    LinkKind.MEDIA: Code.ATTACHMENT,
    LinkKind.OPTION: Code.ASIDE,
}


def key(code: int, order: int, index: int) -> int:
    """One number from what a link leads to, the place of its page in the visit, and its place in the page."""
    return code << _CODE_SHIFT | place(order, index)


def place(order: int, index: int) -> int:
    """The part of a key that says where the link stands: the smaller, the earlier."""
    return order << _ORDER_SHIFT | min(index, _INDEX_MASK)


def place_of(number: int) -> int:
    """Where the link of a key stands; of several links to one URL the first in the order of the visit counts."""
    return number & _PLACE_MASK


def code_of(number: int) -> int:
    """What the link of a key leads to."""
    return number >> _CODE_SHIFT


def order_of(number: int) -> int:
    """The place in the visit of the page on which the link of a key was found."""
    return number >> _ORDER_SHIFT & _ORDER_MASK


def judge(link: Link) -> Code | None:
    """What a link leads to; None when it is not to be followed at all (forms, files that scripts fetch)."""
    if link.kind is LinkKind.FORM:
        return None
    suffix = _suffix(link.url)
    fixed = _BY_KIND.get(link.kind)
    if fixed is not None and not (fixed is Code.FRAME and suffix in ATTACHMENT_SUFFIXES):
        return fixed
    if link.kind is LinkKind.SCRIPTED and suffix in _PART_SUFFIXES:
        return None
    return _BY_SUFFIX.get(suffix) or _page_code(link)


def _page_code(link: Link) -> Code:
    if link.region is Region.NAV:
        return Code.COLUMN
    if len(link.text) <= SHORT_TEXT:
        if _PAGING.fullmatch(link.text):
            return Code.PAGING
        if _MORE.search(link.text):
            return Code.COLUMN
    return Code.ASIDE if link.region is Region.FOOT else Code.DETAIL


def _suffix(url: str) -> str:
    """Ending of the last path segment, lower case, without the dot."""
    end = url.find("?")
    if end < 0:
        end = len(url)
    dot = url.rfind(".", 0, end)
    return url[dot + 1 : end].lower() if dot > url.rfind("/", 0, end) else ""
