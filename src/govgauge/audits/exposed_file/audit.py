"""exposed-file: a file that must not be public answers, and holds what its path says.

The visit asks once for a short list of well-known paths; nothing is tried, guessed or broken. A site that answers
every path with a page of its own is not flagged: only the content decides.
"""

from collections.abc import Iterator, Sequence

from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.audits.exposed_file.signatures import SIGNATURES, recognise
from govgauge.audits.verdict import failed, not_observable, passed
from govgauge.gather.artifacts import OURS, Purpose
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Target
from govgauge.structure.site import Site

META = Meta(
    id="exposed-file",
    version=1,
    group=Group.SAFETY,
    extent=Extent.HOME,
    needs=("facts", "targets", "html_of"),
    params=Params,
    source="GB/T 31506—2022 政府门户网站系统安全技术指南；OWASP WSTG-CONF-04",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    asked = list(_asked(site))
    answered = [target for target in asked if target.exchange.failure not in OURS and target.exchange.status]
    if not answered:
        return not_observable(META, "没有探测过不应公开的文件，或探测被网站拒绝。")
    findings = []
    for target in answered:
        exchange = target.exchange
        if not exchange.ok or (exchange.final_url and exchange.final_url != exchange.url):
            continue
        signature = recognise(_path(exchange.url), site.html_of(exchange.url))
        if signature is not None:
            findings.append(
                Finding(audit=META.id, page=exchange.url, slug=signature.kind, data={"path": _path(exchange.url)})
            )
    return failed(META, findings) if findings else passed(META, {"asked": len(answered)})


def _asked(site: Site) -> Iterator[Target]:
    """The answers to the questions of the passive list."""
    for url, target in site.targets.items():
        if target.exchange.purpose is Purpose.PROBE and any(one.path.search(_path(url)) for one in SIGNATURES):
            yield target


def _path(url: str) -> str:
    rest = url.partition("://")[2].partition("?")[0]
    return "/" + rest.partition("/")[2]
