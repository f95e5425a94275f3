"""Which part of the page a block belongs to, from its element and the names it carries."""

from functools import lru_cache

from govgauge import lazy_re
from govgauge.gather.artifacts import Region

_STRONG = {
    Region.FOOT: (
        "foot footer footbox copyright copy_right friendlink friendlinks friend_link friend_links friend-link yqlj "
        "ylink "
        "yq_link banquan dibu"
    ),
    Region.NAV: (
        "nav navi navbar navigation menu menus mainnav topnav top_nav sonnav subnav sub_menu daohang header topbar "
        "toolbar "
        "mbx dqwz crumb crumbs breadcrumb breadcrumbs weizhi dqwzhi"
    ),
    Region.SIDE: (
        "sidebar aside sider ranking recommend related relative xgwz xgxx tuijian phb leftnav left_menu left_nav "
        "prevnext "
        "pre_next share bdsharebuttonbox floatbar piaofu"
    ),
}
"""Words that tell the region wherever they stand in a name (`page-footer`)."""
_WEAK = {
    Region.FOOT: "bottom link links",
    Region.NAV: "dh head top tops logo search position location wz lang banner",
    Region.SIDE: "side hot rank relate float sxy",
}
"""Words that tell it only as a whole name: `news-top` and `list_link` may be anything."""
_PATTERNS = [
    (
        region,
        lazy_re.compile(
            rf"(?<![a-z])(?:{'|'.join(_STRONG[region].split())})(?![a-z])"
            rf"|(?:^|\s)(?:{'|'.join(_WEAK[region].split())})\d?(?=\s|$)"
        ),
    )
    for region in (Region.FOOT, Region.NAV, Region.SIDE)
]
_ENDINGS = {
    Region.FOOT: lazy_re.compile(r"foot(?:er)?(?![a-z])"),
    Region.NAV: lazy_re.compile(r"(?:nav|menu|header)(?![a-z])"),
}

BY_TAG = {"nav": Region.NAV, "footer": Region.FOOT, "aside": Region.SIDE}
"""Elements that say by themselves where they stand."""


@lru_cache(maxsize=8192)
def by_names(names: str) -> Region | None:
    """The region that an element's id and classes (lower case) speak of; None when they say nothing."""
    for region, pattern in _PATTERNS:
        ending = _ENDINGS.get(region)
        if pattern.search(names) or (ending is not None and ending.search(names)):
            return region
    return None
