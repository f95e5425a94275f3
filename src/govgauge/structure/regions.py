"""Which part of the page a block belongs to, from its element and the names it carries."""

import re
from functools import lru_cache

from govgauge.gather.artifacts import Region
from govgauge.structure.outline import Block, Outline

_WORD_END = r"(?![a-z])"
_FOOT = re.compile(
    rf"(?<![a-z])(?:foot|footer|bottom|copyright|copy_?right|friend_?links?|yqlj|links?|ylink|yq_?link|banquan|dibu){_WORD_END}|foot(?:er)?(?![a-z])"
)
_NAV = re.compile(
    rf"(?<![a-z])(?:nav|navi|navbar|navigation|menu|menus|mainnav|topnav|top_?nav|sonnav|subnav|sub_?menu|daohang|dh|header|head|top|tops|topbar|logo|search|toolbar|mbx|dqwz|crumbs?|breadcrumbs?|position|weizhi|location|wz|dqwzhi|lang){_WORD_END}"
    rf"|(?:nav|menu)(?![a-z])|header(?![a-z])"
)
_SIDE = re.compile(
    rf"(?<![a-z])(?:side|sidebar|aside|sider|hot|rank|ranking|recommend|relate|related|relative|xgwz|xgxx|tuijian|phb|leftnav|left_?menu|left_?nav|prevnext|pre_?next|sxy|share|bdsharebuttonbox|float|floatbar|piaofu){_WORD_END}"
)


def region_of(outline: Outline, block: Block | None) -> Region:
    """The nearest ancestor that says where it stands decides; nothing said means the main part."""
    return _regions(outline)[block.index] if block is not None else Region.MAIN


def _regions(outline: Outline) -> list[Region]:
    """The region of every block, computed once for an outline."""
    if len(outline.regions) == len(outline.blocks):
        return outline.regions
    regions = outline.regions = []
    half_page = (outline.chars(outline.body) if outline.body else 0) / 2
    for block in outline.blocks:
        above = regions[block.parent.index] if block.parent is not None else Region.MAIN
        own = _TAGS.get(block.tag) or (_by_names(block.names) if block.names and block.tag != "body" else None)
        # A frame named `header` or `top` that holds most of the page says nothing about its parts.
        regions.append(own if own is not None and outline.chars(block) <= half_page else above)
    return regions


_TAGS = {"nav": Region.NAV, "footer": Region.FOOT, "aside": Region.SIDE}


@lru_cache(maxsize=8192)
def _by_names(names: str) -> Region | None:
    if _FOOT.search(names):
        return Region.FOOT
    if _NAV.search(names):
        return Region.NAV
    return Region.SIDE if _SIDE.search(names) else None
