"""security-headers: recommended response headers of the home page are missing or do not do what they are for."""

from collections.abc import Sequence

import msgspec

from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_observable
from govgauge.gather import headers
from govgauge.gather.artifacts import Exchange
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """How much one fault costs. GB/T 31506—2022 names the headers as measures, without weights: own choice."""

    cost: float = 0.15
    """Share of the value lost for each header that is missing or wrong."""
    telling_cost: float = 0.05
    """Share lost for each header that only tells the version of the software."""


META = Meta(
    id="security-headers",
    version=1,
    group=Group.SAFETY,
    extent=Extent.HOME,
    needs=("facts", "home", "targets"),
    params=Params,
    source="GB/T 31506—2022 政府门户网站系统安全技术指南；RFC 6797；RFC 7034；W3C CSP Level 3；W3C Referrer Policy",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    exchange = _home(site)
    if not site.facts.home_ok or exchange is None or not exchange.headers:
        return not_observable(META, "首页没有打开，看不到它的响应头。")
    findings = [
        msgspec.structs.replace(finding, page=site.facts.home, source=exchange.final_url or exchange.url)
        for finding in headers.judge(_joined(exchange), exchange.final_url or exchange.url)
    ]
    lost = sum(params.telling_cost if finding.slug == "version" else params.cost for finding in findings)
    return judged(META, findings, value=1.0 - lost, data={"faults": len(findings)})


def _home(site: Site) -> Exchange | None:
    """The answer that brought the home page."""
    for url in (site.facts.home, site.home.url if site.home else ""):
        target = site.targets.get(url)
        if target is not None and target.exchange.ok:
            return target.exchange
    return None


def _joined(exchange: Exchange) -> dict[str, str]:
    """Headers by lower-case name, repeated ones on lines of their own."""
    joined: dict[str, str] = {}
    for name, value in exchange.headers:
        key = name.lower()
        joined[key] = f"{joined[key]}\n{value}" if key in joined else value
    return joined
