"""In which part of a page a link stands: navigation, foot, side, or the main part."""

import re
from collections.abc import Mapping
from functools import lru_cache

import turbohtml

from govgauge import lazy_re
from govgauge.gather.artifacts import Region

_NAV = lazy_re.compile(
    r"(?:^|[\s_-])(?:(?:main|sub|top|left|head|site|second|side|m)?[_-]?(?:nav|menu)(?:s|bar|box|list|\d*)?"
    r"|navigation|navbar|navigator|header|page-?head|top|top-?bar|topnav|bread-?crumbs?|crumbs?|dqwz|weizhi"
    r"|position|location)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_FOOT = lazy_re.compile(
    r"(?:^|[\s_-])(?:page-?)?(?:footer|foot|copy-?right|banquan|bottom)(?:s|er|box|wrap|\d*)?(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_SIDE = lazy_re.compile(r"(?:^|[\s_-])(?:side|side-?bar|aside)(?:s|box|\d*)?(?=$|[\s_\d-])", re.IGNORECASE)
_BY_TAG = {"nav": Region.NAV, "header": Region.NAV, "footer": Region.FOOT, "aside": Region.SIDE}
_NEVER = frozenset(
    ("a", "b", "body", "center", "dd", "dt", "em", "font", "h1", "h2", "h3", "html", "i", "li", "tbody", "tr")
)
"""Elements that are never a part of the page by themselves: their names are not looked at."""

_MAY_BE_PARTS = ",".join(("[class]", "[id]", *_BY_TAG))

_WHOLE_PAGE = 0.7
"""A container that holds more than this share of all links is no part of the page, whatever its name."""

_FEW_LINKS = 10


class Regions:
    """The regions of one page. `names` are the lower-case ids and classes of its elements (see `named_elements`)."""

    def __init__(self, document: turbohtml.Document, names: Mapping[turbohtml.Element, str]) -> None:
        by_tag = [element for tag in _BY_TAG for element in document.find_all(tag)]
        if by_tag:
            named = [(element, names.get(element, "")) for element in document.select(_MAY_BE_PARTS)]
        else:
            named = [(element, words) for element, words in names.items() if _region_named(words)]
        links = len(document.find_all("a"))
        most = int(links * _WHOLE_PAGE) if links > _FEW_LINKS else links
        self._parts: dict[turbohtml.Node, Region] = {}
        for element, words in named:
            tag = element.tag
            region = _region_named(words) or _BY_TAG.get(tag)
            if region and tag not in _NEVER and len(element.find_all("a", limit=most + 1)) <= most:
                self._parts[element] = region

    def of(self, element: turbohtml.Node) -> Region:
        """The region of an element: that of its nearest named ancestor; all that lies in a foot is foot."""
        if not self._parts:
            return Region.MAIN
        around = [part for ancestor in element.ancestors if (part := self._parts.get(ancestor))]
        return Region.FOOT if Region.FOOT in around else around[0] if around else Region.MAIN

    def of_all(self, tags: list[str]) -> dict[turbohtml.Element, Region]:
        """The regions of the elements of these tags; those in the main part are left out."""
        foot = Region.FOOT
        regions: dict[turbohtml.Element, Region] = {}
        for part, region in self._parts.items():  # outer ones come before inner ones
            for element in part.iter_elements(tags):
                if regions.get(element) is not foot:
                    regions[element] = region
        return regions


@lru_cache(8192)
def _region_named(names: str) -> Region | None:
    if _FOOT.search(names):
        return Region.FOOT
    if _NAV.search(names):
        return Region.NAV
    return Region.SIDE if _SIDE.search(names) else None
