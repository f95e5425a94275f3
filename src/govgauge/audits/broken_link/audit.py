"""broken-link: a link leads to a page that does not answer, or answers with an error page.

Only what was seen twice counts; what kept the visitor out (robots, refusal, challenge, budget) never does. Foreign
hosts are judged only while our own way to them works.
"""

from collections.abc import Iterable, Iterator, Sequence

from govgauge.audits.audit import Group, Meta
from govgauge.audits.foreign_hosts import Network
from govgauge.audits.link_faults import fault, is_download
from govgauge.audits.link_report import LinkParams, report
from govgauge.audits.local_files import on_page
from govgauge.audits.verdict import not_observable
from govgauge.gather.artifacts import OURS, LinkKind, Purpose
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Target
from govgauge.structure.page import Page
from govgauge.structure.site import Site

KINDS = frozenset({LinkKind.A, LinkKind.AREA, LinkKind.FRAME, LinkKind.REFRESH, LinkKind.OPTION, LinkKind.SCRIPTED})
PURPOSES = frozenset({Purpose.PAGE, Purpose.EXTERNAL, Purpose.IMAGE})

INVENTED = "-not-here.html"
"""How the address ends that the visitor makes up to see what the site answers (gather.probing)."""


class Params(LinkParams, frozen=True):
    """Points and folding as for all links (国办发〔2015〕15号, 首页可用性与链接可用性)."""

    foreign: bool = True
    """Whether links to other bodies' hosts are judged as well."""


META = Meta(
    id="broken-link",
    version=3,
    group=Group.UPKEEP,
    needs=("facts", "pages", "targets", "network", "uses"),
    params=Params,
    source="国办发〔2015〕15号 普查评分表：网站可用性—链接可用性；国办秘函〔2019〕19号",
)


def inspect(page: Page, _params: Params) -> Iterable[Finding]:
    """Links to files on the author's own computer (`file:///C:/…`)."""
    return on_page(page, META.id, "a", downloads=False)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，链接无从检查。")
    network = Network(site.facts.home, site.network, site.targets.values())
    judged = {url: target for url, target in site.targets.items() if _is_judged(target, network, params)}
    if not judged:
        return not_observable(META, "没有取得任何链接的访问结果。")
    faults = {url: slug for url, target in judged.items() if (slug := fault(target, network))}
    faults |= {url: "same-as-nothing" for url in _same_as_nothing(site) if url in judged and url not in faults}
    pages = sum(target.exchange.purpose is not Purpose.IMAGE for target in judged.values())
    return report(META, site, params, faults, KINDS, checked=pages, more=observed)


def _same_as_nothing(site: Site) -> Iterator[str]:
    """Pages whose answer is, byte for byte, the one that the site gives for an address that cannot exist.

    Not where that answer is the home page or a shell for scripts: a browser may show something else there.
    """
    home = site.targets.get(site.facts.home)
    nothing = next((target for target in site.targets.values() if _is_invented(target)), None)
    if home is None or nothing is None or not nothing.exchange.ok or not nothing.exchange.sha256:
        return
    body = nothing.exchange.sha256
    same = [url for url, page in site.pages.items() if page.exchange.sha256 == body and url != nothing.url]
    if home.exchange.sha256 != body and not any(site.pages[url].script_only for url in same):
        yield from same


def _is_invented(target: Target) -> bool:
    """Whether this is the address that the visitor made up, so that it cannot exist."""
    return target.exchange.purpose is Purpose.PROBE and target.url.endswith(INVENTED)


def _is_judged(target: Target, network: Network, params: Params) -> bool:
    exchange = target.exchange
    if exchange.purpose not in PURPOSES or exchange.failure in OURS or is_download(target.url, target):
        return False
    return params.foreign or not network.is_foreign(target.url)
