"""broken-download: an attachment cannot be fetched, is empty, or is an error page in the guise of a file."""

from collections.abc import Iterable, Sequence

from govgauge.audits.addresses import suffix
from govgauge.audits.audit import Group, Meta
from govgauge.audits.foreign_hosts import Network
from govgauge.audits.link_faults import fault, is_download
from govgauge.audits.link_report import LinkParams, report
from govgauge.audits.local_files import on_page
from govgauge.audits.verdict import not_applicable, not_observable
from govgauge.gather.artifacts import OURS, Exchange, LinkKind, Purpose
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Target
from govgauge.structure.page import Page
from govgauge.structure.site import Site

KINDS = frozenset({LinkKind.A, LinkKind.AREA, LinkKind.SCRIPTED, LinkKind.OPTION, LinkKind.FRAME})

NEVER_HTML = frozenset(
    {"pdf", "zip", "rar", "7z", "gz", "tgz", "tar", "docx", "xlsx", "pptx", "ofd", "ceb", "cebx", "caj"}
)
"""Endings whose files cannot begin like a web page. Office's older formats can: it saves them as HTML."""

CLOSED_DOORS = ("login", "logon", "signin", "sso", "/cas/", "/cas?", "passport", "captcha", "verify", "auth")
"""Words of an address to which a visitor without an account is sent."""


class Params(LinkParams, frozen=True):
    """Points and folding as for all links (国办发〔2015〕15号: 附件 count like links)."""


META = Meta(
    id="broken-download",
    version=3,
    group=Group.UPKEEP,
    needs=("facts", "pages", "targets", "network", "uses"),
    params=Params,
    source="国办发〔2015〕15号 普查评分表：网站可用性—链接可用性（附件）",
)


def inspect(page: Page, _params: Params) -> Iterable[Finding]:
    """Attachments that lie on the author's own computer (`file:///C:/…`)."""
    return on_page(page, META.id, "a", downloads=True)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，附件无从检查。")
    network = Network(site.facts.home, site.network, site.targets.values())
    offered = {url: target for url, target in site.targets.items() if _is_offered(url, target)}
    tried = {url: target for url, target in offered.items() if target.exchange.failure not in OURS}
    if not tried and not observed:
        if offered:
            return not_observable(META, "附件均未能取得（被拦截、被禁止访问或超出检查范围）。")
        return not_applicable(META, "所检查的页面没有附件。")
    faults = {url: slug for url, target in tried.items() if (slug := fault(target, network) or _wrong_content(target))}
    return report(META, site, params, faults, KINDS, checked=len(tried), more=observed)


def _is_offered(url: str, target: Target) -> bool:
    """Archives and databases of which we asked by ourselves whether they lie open are offered by nobody."""
    return target.exchange.purpose is not Purpose.PROBE and is_download(url, target)


def _wrong_content(target: Target) -> str:
    """The slug for an answer of status 200 that is not the file: `nothing` or `page`; empty for a good one."""
    exchange = target.exchange
    if not exchange.ok or exchange.purpose is Purpose.EXTERNAL or _leads_to_a_closed_door(exchange):
        return ""
    if target.content == "empty" and exchange.size == 0 and exchange.header("content-length") in ("", "0"):
        return "" if exchange.truncated else "nothing"
    ending = suffix(target.url)
    if target.content != "html" or ending in ("", "txt", "xml"):
        return ""
    if ending in NEVER_HTML or exchange.media_type in ("text/html", "application/xhtml+xml"):
        return "page"
    return ""


def _leads_to_a_closed_door(exchange: Exchange) -> bool:
    final = exchange.final_url.lower()
    return final != exchange.url.lower() and any(word in final for word in CLOSED_DOORS)
