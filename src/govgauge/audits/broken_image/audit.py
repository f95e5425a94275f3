"""broken-image: a picture of the page cannot be fetched, or what comes is no picture."""

from collections.abc import Iterable, Sequence

from govgauge.audits.addresses import suffix
from govgauge.audits.audit import Group, Meta
from govgauge.audits.foreign_hosts import Network
from govgauge.audits.link_faults import IMAGES, fault
from govgauge.audits.link_report import LinkParams, report
from govgauge.audits.local_files import on_page
from govgauge.audits.verdict import not_applicable, not_observable
from govgauge.gather.artifacts import OURS, LinkKind, Purpose
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Target
from govgauge.structure.page import Page
from govgauge.structure.site import Site

KINDS = frozenset({LinkKind.IMG})


class Params(LinkParams, frozen=True):
    """Points and folding as for all links (国办发〔2015〕15号: 图片 count like links)."""


META = Meta(
    id="broken-image",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "pages", "targets", "network", "uses"),
    params=Params,
    source="国办发〔2015〕15号 普查评分表：网站可用性—链接可用性（图片）",
)


def inspect(page: Page, _params: Params) -> Iterable[Finding]:
    """Pictures that lie on the author's own computer, as pasted from Word (`file:///C:/…/clip_image001.png`)."""
    return on_page(page, META.id, "img")


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，图片无从检查。")
    network = Network(site.facts.home, site.network, site.targets.values())
    shown = {url: target for url, target in site.targets.items() if _is_picture(target)}
    tried = {url: target for url, target in shown.items() if target.exchange.failure not in OURS}
    if not tried and not observed:
        if shown:
            return not_observable(META, "图片均未能取得（被拦截、被禁止访问或超出检查范围）。")
        return not_applicable(META, "所检查的页面没有图片。")
    faults = {url: slug for url, target in tried.items() if (slug := fault(target, network) or _no_picture(target))}
    return report(META, site, params, faults, KINDS, checked=len(tried), more=observed)


def _is_picture(target: Target) -> bool:
    """Asked for as a picture and named like one: counters and codes made by a program are drawn to no reader."""
    exchange = target.exchange
    if not target.url.startswith(("http://", "https://")):
        return False
    named = suffix(target.url) in IMAGES
    return named if exchange.purpose is not Purpose.IMAGE else named or not suffix(target.url)


def _no_picture(target: Target) -> str:
    exchange = target.exchange
    if not exchange.ok or exchange.purpose is Purpose.EXTERNAL or suffix(target.url) not in IMAGES:
        return ""
    if target.content == "html":
        return "page"
    length = exchange.header("content-length")
    if target.content == "empty" and exchange.size == 0 and length in ("", "0") and not exchange.truncated:
        return "nothing"
    return ""
