"""orphan-page: a page is served, but no link of the site leads to it: it was found by its site map file alone.

Said only after a complete visit: a link may stand on a page that was not visited, or in a list that a script makes.
"""

from collections import defaultdict
from collections.abc import Container, Sequence

from govgauge.audits.addresses import is_same_page, place, suffix
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.link_faults import ATTACHMENTS, IMAGES
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.gather import urls
from govgauge.gather.artifacts import Failure, Purpose, Skipped
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import PageFacts
from govgauge.structure.site import Site

NO_CONTENT = frozenset(
    {PageKind.HOME, PageKind.ERROR, PageKind.FRAME, PageKind.SEARCH, PageKind.FORM, PageKind.SITEMAP}
)
"""Pages that are no content of their own."""

MAP_FILE = "sitemap.xml"
"""How such a page was found: by the file that is made for search engines."""


class Params(Base, frozen=True):
    """年度评估: 下沉数据. Without numbers in any document."""

    most: int = 200
    """Findings kept; the others are counted in the result."""


META = Meta(
    id="orphan-page",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "pages", "targets", "columns", "links"),
    params=Params,
    source="年度评估：下沉数据（前台无入口仍可访问的页面）",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，无从检查。")
    maps = {
        url
        for target in site.targets.values()
        if target.exchange.purpose is Purpose.SITEMAP and target.exchange.ok
        for url in (target.url, target.exchange.final_url)
    }
    listed = {url: page for url, page in site.pages.items() if _is_from_map(page, maps)}
    if not listed:
        return not_applicable(META, "网站没有供搜索引擎使用的 sitemap 文件，或其中没有导航之外的页面。")
    reason = _incomplete(site)
    if reason:
        return not_observable(META, reason)
    linked = _linked(site, listed)
    suspects = [url for url in listed if place(url) not in linked]
    by_name = defaultdict[str, list[str]](list)
    for url in site.pages:
        by_name[_name(url)].append(url)
    orphans = [
        url for url in suspects if not any(is_same_page(url, other) for other in by_name[_name(url)] if other != url)
    ]
    findings = [_finding(url, site) for url in orphans[: params.most]]
    facts: dict[str, Fact] = {
        "judged": len(site.pages),
        "orphans": len(orphans),
        "untold": len(orphans) - len(findings),
    }
    return judged(META, findings, value=by_share(len(orphans), len(site.pages)), data=facts)


def _name(url: str) -> str:
    """The last step of a place: equal for all addresses of one article."""
    return place(url).partition("?")[0].rpartition("/")[2]


def _is_from_map(page: PageFacts, maps: set[str]) -> bool:
    referrer = page.exchange.referrer
    from_map = referrer in maps or referrer.partition("?")[0].lower().endswith(("sitemap.xml", "sitemap_index.xml"))
    return from_map and page.exchange.ok and not page.soft_error and page.kind not in NO_CONTENT


def _incomplete(site: Site) -> str:
    """Why a missing link may only be unseen; empty after a complete visit."""
    if site.facts.budget_exhausted or any(_hides_pages(skipped, site.facts.home) for skipped in site.facts.skipped):
        return "网站页面没有全部检查，未见链接不等于没有链接。"
    if any(column.script_only or not column.complete for column in site.columns.values()):
        return "部分栏目的列表由脚本生成或没有取全，未见链接不等于没有链接。"
    if any(page.script_only for page in site.pages.values()):
        return "部分页面的内容由脚本生成，未见链接不等于没有链接。"
    unread = (Failure.ROBOTS, Failure.BUDGET, Failure.BLOCKED)
    if any(t.exchange.failure in unread and t.exchange.purpose is Purpose.PAGE for t in site.targets.values()):
        return "部分页面被拦截或禁止访问，未见链接不等于没有链接。"
    return ""


def _hides_pages(skipped: Skipped, home: str) -> bool:
    """Whether pages of the site were left out, not only pictures, files, scripts or foreign links."""
    if skipped.reason.startswith("budget-") or not urls.is_same_site(skipped.example, home):
        return False
    return suffix(skipped.example) not in IMAGES | ATTACHMENTS | {"js", "css"}


def _linked(site: Site, listed: Container[str]) -> set[str]:
    """The places to which links lead, before and after redirects. Links of the `listed` pages lead nowhere: to follow
    them one must have come there already."""
    places = set[str]()
    for use in site.links():
        if use.page not in listed:
            places.add(place(use.link.url))
    for url, target in site.targets.items():
        if place(url) in places and target.exchange.final_url:
            places.add(place(target.exchange.final_url))
    return places


def _finding(url: str, site: Site) -> Finding:
    title = site.pages[url].heading or site.pages[url].title or url
    return Finding(audit=META.id, page=url, target=MAP_FILE, slug="orphan", data={"title": title})
