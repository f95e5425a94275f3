"""site-unreachable: the home page does not open within the limit in too large a share of the probes.

A single visit makes few probes. With fewer than `min_probes` only the two clear cases are judged: the home page
opened every time, or it never opened in at least two observations.
"""

from collections import Counter
from collections.abc import Sequence

from govgauge.audits.addresses import never_resolves
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_observable, passed
from govgauge.gather.artifacts import Failure
from govgauge.outcomes import Finding, Result
from govgauge.structure.model import Probe
from govgauge.structure.site import Site

UNCLEAR = frozenset(
    {Failure.BLOCKED, Failure.ROBOTS, Failure.BUDGET, Failure.TLS, Failure.PROTOCOL, Failure.TOO_LARGE, Failure.BOMB}
)
"""Outcomes that do not show a closed site: we were kept out, or our client is stricter than a browser."""

ENDED = frozenset({Failure.CLOSED})
"""Outcomes of a site that tells that it was given up or has moved: no failure of one that is to open."""

OK = "ok"


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号 (站点无法访问): not open within 15 s in 5 % or more of the probes of a week."""

    limit_seconds: float = 15.0
    """A home page that takes longer than this counts as not open; exactly this long still opens."""
    veto_share: float = 0.05
    """Share of failed probes from which the site fails (the bound itself fails: “5%以上(含)”)."""
    min_probes: int = 20
    """Fewer probes than a day's (20) say nothing about a share."""
    min_seen: int = 2
    """Observations that a site which never opened needs: what costs points is seen twice."""


META = Meta(
    id="site-unreachable",
    version=2,
    group=Group.UPKEEP,
    extent=Extent.HOME,
    needs=("facts", "probes", "targets", "network"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：站点无法访问；国办发〔2015〕15号 普查评分表：首页可用性",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    outcomes = _outcomes(site, params)
    clear = [(at, outcome) for at, outcome in outcomes if outcome not in UNCLEAR | ENDED]
    if outcomes and not clear and outcomes[-1][1] in ENDED:
        return not_observable(META, "网站公告已关闭或迁移，应核实并更新名单，不按无法访问认定。")
    if outcomes and not clear:
        return not_observable(META, "网站拒绝了检查程序的访问，或其证书、协议使检查程序无法判断，不能认定无法访问。")
    failed = [(at, outcome) for at, outcome in clear if outcome != OK]
    if failed and _resolver_in_doubt(site, failed):
        return not_observable(META, "检查所在的网络不能解析域名，无法判断网站是否可以访问。")
    if len(clear) < params.min_probes and 0 < len(failed) < len(clear):
        return not_observable(META, f"共观测 {len(clear)} 次，失败 {len(failed)} 次，次数太少，不能计算不可用比例。")
    if len(failed) == len(clear) < params.min_seen:
        return not_observable(META, "首页只观测到一次打不开，需再次观测才能认定。")
    share = len(failed) / len(clear)
    if not failed or share < params.veto_share:
        return passed(META, {"probes": len(clear), "failed": len(failed), "percent": round(share * 100, 2)})
    kind = Counter(outcome for _, outcome in failed).most_common(1)[0][0]
    finding = Finding(
        audit=META.id,
        page=site.facts.home,
        target=kind,
        slug="never-opened" if len(failed) == len(clear) else "often-closed",
        data={"probes": len(clear), "failed": len(failed), "percent": round(share * 100, 2), "kind": _named(kind)},
        seen_at=tuple(at for at, _ in failed),
    )
    return judged(META, [finding], value=0.0, data=finding.data)


def _outcomes(site: Site, params: Params) -> list[tuple[str, str]]:
    """Every observation of the home page as (time, outcome): the probes, else what the visit itself saw."""
    if site.probes:
        return [(probe.at, _outcome(probe, params)) for probe in site.probes]
    if site.facts.home_ok:
        return [(site.facts.started_at, OK)]
    home = site.targets.get(site.facts.home)
    if home is None:
        return [(site.facts.started_at, site.facts.home_failure or Failure.TIMEOUT.value)]
    exchange = home.exchange
    failure = exchange.failure.value if exchange.failure else f"http-{exchange.status}"
    times = home.seen_at or (exchange.started_at,)
    return [(at, _class(failure)) for at in times]


def _outcome(probe: Probe, params: Params) -> str:
    if probe.outcome == OK:
        return OK if probe.seconds <= params.limit_seconds else Failure.TIMEOUT.value
    return _class(probe.outcome)


def _class(outcome: str) -> str:
    """One word for one kind of failure: a refusal by status is a refusal."""
    return Failure.BLOCKED.value if outcome in ("http-401", "http-403", "http-412", "http-429", "http-521") else outcome


def _resolver_in_doubt(site: Site, failed: list[tuple[str, str]]) -> bool:
    dns_only = all(outcome == Failure.DNS for _, outcome in failed)
    return dns_only and not site.network.resolver_works and not never_resolves(site.facts.home)


NAMES = {
    "dns": "域名不能解析",
    "refused": "服务器拒绝连接",
    "connect": "无法连接服务器",
    "reset": "连接被中断",
    "timeout": "等待超时",
    "slow": "内容迟迟传不完",
    "empty": "返回空白内容",
    "redirect-loop": "反复跳转",
    "wrong-content": "打开的是服务器默认页、维护公告或域名停放页",
}


def _named(kind: str) -> str:
    return NAMES.get(kind, f"错误代码 {kind.removeprefix('http-')}")
