"""https: the home page does not answer over HTTPS, its certificate is invalid, or HTTP does not lead there."""

from collections.abc import Sequence

from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.audits.verdict import judged, not_observable, passed
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.site import Site

PASSING = frozenset({"timeout", "slow", "dns", "blocked", "robots", "budget", "empty", "protocol", "too-large"})
"""Failures of one probe that may be gone at the next, or are ours: they prove no lack of HTTPS."""

META = Meta(
    id="https",
    version=1,
    group=Group.SAFETY,
    extent=Extent.HOME,
    needs=("facts", "network"),
    params=Params,
    source="GB/T 31506—2022 政府门户网站系统安全技术指南；RFC 9110 第 4.2.2 条",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    network = site.network
    if network.https_status is None:
        return not_observable(META, "没有观测到网站的 HTTPS 服务（使用了非常用端口，或从本地地址访问）。")
    certificate = network.https_error.startswith(("certificate:", "tls:"))
    if not network.https_status and not certificate and network.https_error in PASSING:
        return not_observable(META, "HTTPS 只观测到一次未应答，不能认定网站不支持。")
    if certificate:
        detail = network.https_error.partition(":")[2].strip()
        slug = "bad-certificate" if network.https_error.startswith("certificate:") else "bad-handshake"
        return _fault(site, "certificate" if slug == "bad-certificate" else "tls", slug, detail, value=0.0)
    if not network.https_status:
        return _fault(site, "no-https", "no-https", network.https_error, value=0.0)
    if network.https_status >= 400:
        if network.https_status in (401, 403, 429):
            return not_observable(META, "网站拒绝了检查程序的 HTTPS 访问。")
        return _fault(site, "no-https", "https-error", str(network.https_status), value=0.0)
    if network.http_leads_to_https is False:
        return _fault(site, "not-redirected", "not-redirected", "", value=0.5)
    return passed(META, {"expires": network.certificate_expires})


def _fault(site: Site, reason: str, slug: str, detail: str, *, value: float) -> Result:
    data: dict[str, Fact] = {"detail": detail[:80] or reason}
    finding = Finding(audit=META.id, page=site.facts.home, target=reason, slug=slug, data=data, excerpt=detail)
    return judged(META, [finding], value=value, data=data)
