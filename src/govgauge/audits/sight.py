"""Whether enough of a site was seen to say that something is missing from it."""

from govgauge.gather import urls
from govgauge.gather.artifacts import OURS, LinkKind, Purpose
from govgauge.structure.site import Site

BLOCKED_SHARE = 0.02
"""Share of the site's own pages that were kept from us, above which nothing is called missing."""
FEWEST_LINKS = 8
"""A home page with fewer links than this builds its navigation by script, or is a mere door."""
MENU_LINKS = 20
"""Links to its own pages that a home page with scripted lists must hold for its menus to be seen as a whole."""


def blind_spot(site: Site) -> str:
    """Why nothing can be called missing, as a Chinese sentence; empty when the site was seen as a whole.

    Reads `facts`, `home`, `pages` and `targets`.
    """
    if not site.facts.home_ok or site.home is None:
        return "首页未能打开，无法判断有没有。"
    if site.home.script_only and _own_links(site) < MENU_LINKS:
        return "首页内容由脚本生成，未能看到全部栏目。"
    if sum(1 for link in site.home.links if link.kind in (LinkKind.A, LinkKind.AREA)) < FEWEST_LINKS and (
        len(site.pages) < FEWEST_LINKS
    ):
        return "首页几乎没有可跟进的链接，未能看到全部栏目。"
    if site.facts.budget_exhausted:
        return "网站未访问完（达到页数或时间上限），不能断言缺失。"
    own = [target for target in site.targets.values() if target.exchange.purpose in (Purpose.PAGE, Purpose.HOME)]
    kept = sum(1 for target in own if target.exchange.failure in OURS)
    if own and kept / len(own) > BLOCKED_SHARE:
        return "网站拒绝或限制了部分页面的访问，不能断言缺失。"
    return ""


def _own_links(site: Site) -> int:
    links = site.home.links if site.home else ()
    return len(
        {
            link.url
            for link in links
            if link.kind in (LinkKind.A, LinkKind.AREA) and urls.host(link.url) == site.facts.host
        }
    )
