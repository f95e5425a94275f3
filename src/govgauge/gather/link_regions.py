"""In which part of a page a link stands: navigation, foot, side, or the main part."""

import re
from functools import lru_cache

import turbohtml

from govgauge.gather.artifacts import Region

_NAV = re.compile(
    r"(?:^|[\s_-])(?:(?:main|sub|top|left|head|site|second|side|m)?[_-]?(?:nav|menu)(?:s|bar|box|list|\d*)?"
    r"|navigation|navbar|navigator|header|page-?head|top|top-?bar|topnav|bread-?crumbs?|crumbs?|dqwz|weizhi"
    r"|position|location)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"(?:^|[\s_-])(?:page-?)?(?:footer|foot|copy-?right|banquan|bottom)(?:s|er|box|wrap|\d*)?(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(?:^|[\s_-])(?:side|side-?bar|aside)(?:s|box|\d*)?(?=$|[\s_\d-])", re.IGNORECASE)
_BY_TAG = {"nav": Region.NAV, "header": Region.NAV, "footer": Region.FOOT, "aside": Region.SIDE}
_NEVER = frozenset(
    ("a", "b", "body", "center", "dd", "dt", "em", "font", "h1", "h2", "h3", "html", "i", "li", "tbody", "tr")
)
"""Elements that are never a part of the page by themselves: their names are not looked at."""

_WHOLE_PAGE = 0.7
"""A container that holds more than this share of all links is no part of the page, whatever its name."""

_FEW_LINKS = 10


class Regions:
    """The regions of one page. `of` answers for any element; answers are kept for the ancestors met on the way."""

    def __init__(self, document: turbohtml.Document) -> None:
        self._known: dict[object, Region] = {}
        self._links = len(document.find_all("a"))

    def of(self, element: turbohtml.Node) -> Region:
        """The region of an element: that of its nearest named ancestor; all that lies in a foot is foot."""
        known = self._known
        node = element.parent
        answer = known.get(node)
        if answer is None and isinstance(node, turbohtml.Element) and node.tag in _NEVER:
            node = node.parent
            answer = known.get(node)
        if answer:
            return answer
        passed: list[turbohtml.Element] = []
        while isinstance(node, turbohtml.Element) and node not in known:
            passed.append(node)
            node = node.parent
        region = known.get(node, Region.MAIN)
        for ancestor in reversed(passed):
            if region is not Region.FOOT and ancestor.tag not in _NEVER:
                region = self._named(ancestor) or region
            known[ancestor] = region
        return region

    def _named(self, element: turbohtml.Element) -> Region | None:
        region = _region_named(element.tag, element.attr("class") or "", element.attr("id") or "")
        return None if region and self._holds_the_page(element) else region

    def _holds_the_page(self, element: turbohtml.Element) -> bool:
        most = self._links * _WHOLE_PAGE
        return self._links > _FEW_LINKS and len(element.find_all("a", limit=self._links)) > most


@lru_cache(8192)
def _region_named(tag: str, classes: str, identity: str) -> Region | None:
    if tag in ("html", "body"):
        return None
    names = f"{classes} {identity}"
    if _FOOT.search(names):
        return Region.FOOT
    if _NAV.search(names):
        return Region.NAV
    if _SIDE.search(names):
        return Region.SIDE
    return _BY_TAG.get(tag)
