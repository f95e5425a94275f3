"""old-site-entry: a link leads into an old version of the site that is still served.

Shown by the words of the link (旧版, 原网站, 返回老版), or by an address such as /old/ whose page bears the name of the
site. 旧版图书 and 老年版 are no old sites; a dead entrance is a broken link, not an entrance.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from govgauge import lazy_re
from govgauge.audits.addresses import INDEX, place
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.foreign_hosts import Network
from govgauge.audits.link_report import USES_READ
from govgauge.audits.verdict import judged, not_observable, template_fault
from govgauge.gather import urls
from govgauge.gather.artifacts import Link, LinkKind
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import LinkUse, Site

SITE = r"(?:官网|官方网站|政府网站?|门户网站?|政务网站?|网站|网页|站点|主页|首页)"
OLD = r"(?:旧版?的?|老版?的?|原|原版|历史版|(?:19|20)\d\d(?:年)?版)"
WORDS = lazy_re.compile(
    rf"(?:点击|欢迎)?(?:进入|返回|回到|访问|浏览|查看|切换到?|切换至|转到|前往)?(?:本站|本网|我?[市县区省州局委厅办](?:人民)?(?:政府)?|政府)?"
    rf"(?:{OLD}{SITE}|{SITE}{OLD}|[旧老]版|旧站|老站|历史版本)"
    rf"(?:入口|链接|地址|回顾|浏览|存档|归档|访问|首页)?"
    rf"(?:[（(][^（）()]{{0,12}}[）)])?(?:[>»→]+)?"
)
"""The whole of a link's words, never a part: 旧版身份证换领 and 关于停用旧版网站的通知 are articles."""

_AGE = lazy_re.compile("[旧老原历版]")
"""One of these stands in all WORDS."""

OTHERS = lazy_re.compile(r"老年|长者|适老|关怀|无障碍|大字|读屏|敬老|养老")
"""Words of editions for the elderly, for which `/old/` is a usual address."""

OLD_FOLDER = lazy_re.compile(
    r"/(?:old|oldsite|old_?web|old_?version|jiuban|lb|jb|lbwz|jbwz|bak|backup|(?:19|20)\d\d)/", re.IGNORECASE
)
FRONT_SLASHES = 4
"""Slashes in the address of a folder's front door at most: `http://a.gov.cn/old/index.html`."""
OLD_HOST = lazy_re.compile(r"(?:www-?)?(?:old|oldsite|oldweb|jiuban)\d*\.", re.IGNORECASE)


class Params(Base, frozen=True):
    """国办发〔2017〕47号: with a new edition the old one is closed, and its contents are moved or filed."""

    template_pages: int = 5
    """An entrance on more pages than that stands in a template and is said once."""


META = Meta(
    id="old-site-entry",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "home", "pages", "targets", "network", "links", "uses"),
    params=Params,
    source="国办发〔2017〕47号 政府网站发展指引：网站改版与历史数据迁移；年度评估指标：旧版网站入口",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，无从检查。")
    found = [_finding(use) for use in _entries(site)]
    kept = template_fault(found, at_most=params.template_pages)
    return judged(META, kept, value=0.0, data={"entries": len({finding.target for finding in kept})})


def _entries(site: Site) -> Iterator[LinkUse]:
    """Every page's link into an old edition, the edition's own pages left out."""
    network = Network(site.facts.home, site.network, site.targets.values())
    seen: dict[Link, bool] = {}
    for use in site.links():
        if use.link not in seen:
            seen[use.link] = _is_entry(use.link, site, network)
    words = {(link.url, link.text) for link, entry in seen.items() if entry}
    for url, uses in site.uses({url for url, _ in words}, USES_READ).items():
        holders = {use.page: use for use in reversed(uses) if (url, use.link.text) in words}
        yield from (use for use in reversed(holders.values()) if not use.page.startswith(_inside(url)))


def _is_entry(link: Link, site: Site, network: Network) -> bool:
    if link.kind not in (LinkKind.A, LinkKind.AREA) or not _may_be_old(link):
        return False
    if place(link.url) == place(site.facts.home) or not urls.is_same_owner(site.facts.home, link.url):
        return False
    if not _is_served(link.url, site) or network.may_be_ours(site.targets[link.url]):
        return False
    return bool(WORDS.fullmatch(_folded(link.text))) or _bears_the_name(link, site)


def _inside(url: str) -> str:
    """What the addresses of the old edition's own pages begin with: their links among themselves are no entrances."""
    return url.partition("?")[0].rpartition("/")[0] + "/" if urlsplit(url).path.strip("/") else url


def _may_be_old(link: Link) -> bool:
    if not _AGE.search(link.text) and not _is_old_address(link.url):
        return False
    text = _folded(link.text)
    if OTHERS.search(text):
        return False
    return bool(WORDS.fullmatch(text)) if len(text) <= 30 and text else False or _is_old_address(link.url)


def _is_old_address(url: str) -> bool:
    """Whether the address is the front door of a folder or host for an old edition (never a page deep inside)."""
    if url.partition("?")[0].count("/") > FRONT_SLASHES:
        return False
    parts = urlsplit(url)
    path = INDEX.sub("/", parts.path)
    front = path in ("", "/")
    return bool(OLD_FOLDER.fullmatch(path if path.endswith("/") else path + "/")) or (
        front and bool(OLD_HOST.match(parts.netloc))
    )


def _is_served(url: str, site: Site) -> bool:
    target = site.targets.get(url)
    return target is not None and target.exchange.ok and not target.soft_error


def _bears_the_name(link: Link, site: Site) -> bool:
    """For an address alone: the page behind it has the title of the site's own home page."""
    page = site.pages.get(site.targets[link.url].exchange.final_url or link.url)
    if site.home is None or page is None or OTHERS.search(page.title):
        return False
    here, there = _folded(site.home.title), _folded(page.title)
    return len(here) >= 4 and here == there and _is_old_address(page.url)


def _folded(text: str) -> str:
    return "".join(text.split()).strip("[]【】·•|-—>»《》“”")


def _finding(use: LinkUse) -> Finding:
    text = " ".join(use.link.text.split())
    return Finding(
        audit=META.id,
        page=use.page,
        target=use.link.url,
        slug="entry",
        data={"text": text[:60] or "（无文字）"},
        excerpt=text,
    )
