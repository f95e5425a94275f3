"""Which part of the page a block belongs to, from its element and the names it carries."""

import re
from functools import lru_cache

from govgauge.gather.artifacts import Region

_WORDS = {
    Region.FOOT: (
        "foot footer bottom copyright copy_right friendlink friendlinks friend_link friend_links yqlj link links ylink "
        "yq_link banquan dibu yqljbox footbox"
    ),
    Region.NAV: (
        "nav navi navbar navigation menu menus mainnav topnav top_nav sonnav subnav sub_menu daohang dh header head top "
        "tops topbar logo search toolbar mbx dqwz crumb crumbs breadcrumb breadcrumbs position weizhi location wz dqwzhi "
        "lang banner"
    ),
    Region.SIDE: (
        "side sidebar aside sider hot rank ranking recommend relate related relative xgwz xgxx tuijian phb leftnav "
        "left_menu left_nav prevnext pre_next sxy share bdsharebuttonbox float floatbar piaofu"
    ),
}
_PATTERNS = [
    (region, re.compile(rf"(?<![a-z])(?:{'|'.join(words.split())})(?![a-z])")) for region, words in _WORDS.items()
]
_ENDINGS = [
    (Region.FOOT, re.compile(r"foot(?:er)?(?![a-z])")),
    (Region.NAV, re.compile(r"(?:nav|menu|header)(?![a-z])")),
]

BY_TAG = {"nav": Region.NAV, "footer": Region.FOOT, "aside": Region.SIDE}
"""Elements that say by themselves where they stand."""


@lru_cache(maxsize=8192)
def by_names(names: str) -> Region | None:
    """The region that an element's id and classes (lower case) speak of; None when they say nothing."""
    for region, pattern in (*_PATTERNS[:1], *_ENDINGS[:1], *_PATTERNS[1:2], *_ENDINGS[1:], *_PATTERNS[2:]):
        if pattern.search(names):
            return region
    return None
