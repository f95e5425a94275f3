"""ipv6: the host has no AAAA record, or none of its IPv6 addresses takes a connection."""

from collections.abc import Sequence

from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.audits.verdict import judged, not_observable, passed
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.site import Site

META = Meta(
    id="ipv6",
    version=1,
    group=Group.REACH,
    extent=Extent.HOME,
    needs=("facts", "network"),
    params=Params,
    source="推进互联网协议第六版（IPv6）规模部署行动计划（厅字〔2017〕47号）；中网办发文〔2021〕15号",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    network = site.network
    if network.private_address:
        return not_observable(META, "网站是从本地或指定的地址访问的，看不到它在公网上的 IPv6 情况。")
    if not network.resolver_works or not (network.ipv4 or network.ipv6):
        return not_observable(META, "检查所在的网络没有得到网站域名的解析结果。")
    if not network.ipv6:
        return _fault(site, "no-aaaa", value=0.0)
    if network.ipv6_reachable is None:
        return passed(META, {"address": network.ipv6[0]})
    if not network.ipv6_reachable:
        return _fault(site, "unreachable", value=0.5)
    return passed(META, {"address": network.ipv6[0]})


def _fault(site: Site, reason: str, *, value: float) -> Result:
    data: dict[str, Fact] = {"host": site.facts.host, "address": "、".join(site.network.ipv6[:3])}
    finding = Finding(audit=META.id, page=site.facts.home, target=reason, slug=reason, data=data)
    return judged(META, [finding], value=value, data=data)
