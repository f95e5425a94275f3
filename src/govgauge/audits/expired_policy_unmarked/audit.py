"""expired-policy-unmarked: a policy past its own validity, or abolished by another on the site, is not marked as such.

The end of a policy is taken from its own words or table only; a later document on the site that prolongs it or confirms
it speaks for it. Abolition counts when the abolishing document is itself on the site, in force, and names the number.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure import document_number
from govgauge.structure.model import Policy
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """行政规范性文件管理 (国办发〔2018〕37号): documents past their validity lose their force and are marked."""

    grace_days: int = 30
    """Days after the end in which the mark may be set. No source gives a number: the allowance is our own."""


META = Meta(
    id="expired-policy-unmarked",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "policies", "articles", "columns"),
    params=Params,
    source="国办发〔2018〕37号；2025 指标体系 政策发布",
)
_MARKED = lazy_re.compile(r"失效|废止|过期|作废|停止执行|已修[改订]|不再执行|无效|已被|继续有效|延期|延续")
"""Marks that tell how things stand; a document marked as prolonged is no forgotten one either."""
_PROLONGED = lazy_re.compile(r"延长|延续|继续有效|继续执行|延期|有效期")


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策文件无从检查。")
    if not site.policies:
        return not_applicable(META, "没有发现政策文件页面。")
    prolonging = [title for title in _titles(site) if _PROLONGED.search(title)]
    ended_by = _abolitions(site, params)
    findings: list[Finding] = []
    for url, policy in site.policies.items():
        if _is_marked(site, url, policy):
            continue
        finding = _expired(url, policy, site.facts.as_of, params, prolonging) or _abolished(url, policy, ended_by)
        if finding is not None:
            findings.append(finding)
    return judged(
        META, findings, value=by_share(len(findings), len(site.policies)), data={"policies": len(site.policies)}
    )


def _titles(site: Site) -> Iterable[str]:
    for facts in site.articles.values():
        yield facts.article.title
    for column in site.columns.values():
        for item in column.items:
            yield item.title


def _is_marked(site: Site, url: str, policy: Policy) -> bool:
    """Marked on the page, in its title, in the list's title, or by the name of the column that holds it."""
    place = site.articles.get(url)
    column = site.columns.get(place.column_url) if place else None
    words = [policy.validity, policy.title, place.list_title if place else "", column.name if column else ""]
    return policy.validity == "否" or any(_MARKED.search(text) for text in words)


def _expired(url: str, policy: Policy, as_of: date, params: Params, prolonging: list[str]) -> Finding | None:
    if policy.expires is None or (as_of - policy.expires).days <= params.grace_days:
        return None
    core = _core(policy.title)
    if any((core and core in _plain(title)) or (policy.number and policy.number in title) for title in prolonging):
        return None
    day = policy.expires.isoformat()
    return Finding(
        audit=META.id,
        page=url,
        target=day,
        slug="expired",
        data={"title": policy.title[:60], "day": day},
        excerpt=policy.validity,
    )


def _abolished(url: str, policy: Policy, ended_by: dict[str, tuple[str, str]]) -> Finding | None:
    if not policy.number:
        return None
    ending = ended_by.get(document_number.normal(policy.number))
    if ending is None or ending[0] == url:
        return None
    data = {"title": policy.title[:60], "number": policy.number, "by": ending[1]}
    return Finding(audit=META.id, page=url, target=ending[1], slug="abolished", data=dict(data), source=ending[0])


def _abolitions(site: Site, params: Params) -> dict[str, tuple[str, str]]:
    """Abolished number → URL and number (or title) of the document that abolishes it and is in force by now."""
    found: dict[str, tuple[str, str]] = {}
    for url, policy in site.policies.items():
        start = policy.effective or policy.written or policy.published
        if start is None or (site.facts.as_of - start).days <= params.grace_days:
            continue
        for number in policy.abolishes:
            found.setdefault(document_number.normal(number), (url, policy.number or policy.title[:60]))
    return found


def _plain(title: str) -> str:
    return re.sub(r"[\s《》〈〉“”\"（）()【】\[\]、，]", "", title)


def _core(title: str) -> str:
    """The name of what a notice issues, else the words after 关于; short names are no proof."""
    quoted = re.search(r"《([^《》]{4,})》", title)
    core = quoted.group(1) if quoted else re.sub(r"^.{0,30}?关于(?:印发|公布|发布)?|的?(?:通知|公告|决定)$", "", title)
    core = _plain(core)
    return core if len(core) >= 6 else ""
