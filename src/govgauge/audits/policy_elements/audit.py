"""policy-elements: a policy page does not say its title, document number, issuer, date or validity.

An element is missing when its label stands there with nothing beside it, when the page says it nowhere, or when a page
leaves out a label that most policies of the site show. Laws and regulations carry no number and name their maker in
their title. Validity is asked only where the site itself shows it.
"""

import re
from collections.abc import Sequence
from functools import cache

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_applicable, not_observable, template_fault
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure import document_number
from govgauge.structure.element_table import vocabulary
from govgauge.structure.model import ArticleFacts, Policy
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """2025 指标体系 政策发布: a policy shows title, document number, issuer, date and validity."""

    elements: tuple[str, ...] = ("title", "number", "issuer", "date", "validity")
    shown_by_most: float = 0.5
    """Share of the site's policies that show their validity, above which a page without it stands out."""
    fewest_policies: int = 4
    """So many policies are needed before the others can be called the custom of the site."""


META = Meta(
    id="policy-elements",
    version=2,
    group=Group.DISCLOSURE,
    needs=("facts", "pages", "policies", "articles"),
    params=Params,
    source="2025 指标体系 政策发布；国办秘函〔2019〕19号 信息发布",
)
NAMES = {"title": "标题", "number": "发文字号", "issuer": "发文机关", "date": "成文或发布日期", "validity": "有效性"}
_LAW = lazy_re.compile(r"(?:法|条例|规则|章程|准则)(?:[（(][^（()）]{1,20}[)）])*(?:[（(【].*)?$")
_TABLED = 3
"""Labels that make the elements of a page a table, whose silence says something."""


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策文件无从检查。")
    if not site.policies:
        return not_applicable(META, "没有发现政策文件页面。")
    customs = _customs(list(site.policies.values()), params)
    findings = [
        Finding(
            audit=META.id, page=url, target=name, slug="missing", data={"name": NAMES[name], "title": policy.title[:60]}
        )
        for url, policy in site.policies.items()
        for name in missing_elements(policy, site.articles.get(url), customs)
        if name in params.elements
    ]
    faulty = len({finding.page for finding in findings})
    value = by_share(faulty, len(site.policies))
    return judged(META, template_fault(findings), value=value, data={"policies": len(site.policies), "faulty": faulty})


def missing_elements(policy: Policy, place: ArticleFacts | None, customs: frozenset[str]) -> list[str]:
    """Ids of the elements that a policy's page does not give. `customs`: elements that most policies here show."""
    labels, blank = set(policy.labels), set(policy.blank)
    tabled = len(labels) >= _TABLED
    is_law = _LAW.search(policy.title) is not None
    published = policy.written or policy.published or (place and (place.article.published or place.list_date))
    left_out = {name for name in customs if tabled and not labels & _labels(name)}
    missing: list[str] = []
    if not policy.title.strip():
        missing.append("title")
    if not is_law and not policy.number and (tabled or blank & _labels("number")):
        missing.append("number")
    nameless = (tabled and not policy.issuer) or blank & _labels("issuer") or "issuer" in left_out
    if not is_law and nameless and not _names_issuer(policy):
        missing.append("issuer")
    if not published and (tabled or policy.number):
        missing.append("date")
    if (blank & _labels("validity") and not policy.validity) or (
        "validity" in left_out and not _shows_validity(policy)
    ):
        missing.append("validity")
    return missing


def _customs(policies: list[Policy], params: Params) -> frozenset[str]:
    """Elements whose label most policies of the site show."""
    if len(policies) < params.fewest_policies:
        return frozenset()
    return frozenset(
        name
        for name in ("issuer", "validity")
        if sum(1 for policy in policies if set(policy.labels) & _labels(name)) > params.shown_by_most * len(policies)
    )


@cache
def _labels(field: str) -> frozenset[str]:
    return vocabulary("policy").labels_of(field)


def _shows_validity(policy: Policy) -> bool:
    return bool(policy.validity or policy.expires)


def _names_issuer(policy: Policy) -> bool:
    """An order names its issuer in its number: 交通运输部令2019年第1号."""
    return bool(re.search(r"[一-鿿]{3,}(?:令|公告|通告)", document_number.normal(policy.number)))
