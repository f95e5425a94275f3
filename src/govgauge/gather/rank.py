"""In which order links are followed: a number for each link, small ones first."""

import re
from enum import IntEnum

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
_PAGING = re.compile(
    r"\s*(?:[<>«»‹›]{1,2}|\d{1,4}|[首末尾上下前后][一1]?页|next|prev(?:ious)?|last|first)\s*[>»]?\s*", re.IGNORECASE
)
_MORE = re.compile(r"更多|more|查看全部", re.IGNORECASE)
_CODE_SHIFT, _ORDER_SHIFT = 52, 16
_INDEX_MASK = (1 << _ORDER_SHIFT) - 1
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
    **dict.fromkeys(_PART_SUFFIXES, Code.PART),
    **dict.fromkeys(IMAGE_SUFFIXES, Code.IMAGE),
    **dict.fromkeys(ATTACHMENT_SUFFIXES, Code.ATTACHMENT),
}

PAGES = frozenset({Code.FRAME, Code.COLUMN, Code.PAGING, Code.DETAIL, Code.ASIDE})

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
    return code << _CODE_SHIFT | order << _ORDER_SHIFT | min(index, _INDEX_MASK)


def code_of(number: int) -> int:
    """What the link of a key leads to."""
    return number >> _CODE_SHIFT


def order_of(number: int) -> int:
    """The place in the visit of the page on which the link of a key was found."""
    return number >> _ORDER_SHIFT & _ORDER_MASK


def judge(link: Link) -> Code | None:
    """What a link leads to; None when it is not to be followed at all (forms)."""
    if link.kind is LinkKind.FORM:
        return None
    suffix = _suffix(link.url)
    fixed = _BY_KIND.get(link.kind)
    if fixed is not None and not (fixed is Code.FRAME and suffix in ATTACHMENT_SUFFIXES):
        return fixed
    by_suffix = _BY_SUFFIX.get(suffix)
    if by_suffix is not None and (by_suffix is not Code.PART or link.kind is LinkKind.SCRIPTED):
        return by_suffix
    return _page_code(link)


def _page_code(link: Link) -> Code:
    if link.region is Region.NAV:
        return Code.COLUMN
    if _PAGING.fullmatch(link.text):
        return Code.PAGING
    if _MORE.search(link.text):
        return Code.COLUMN
    return Code.ASIDE if link.region is Region.FOOT else Code.DETAIL


def _suffix(url: str) -> str:
    """Ending of the last path segment, lower case, without the dot."""
    path = url.partition("?")[0]
    last = path[path.rfind("/") + 1 :]
    dot = last.rfind(".")
    return last[dot + 1 :].lower() if dot >= 0 else ""
