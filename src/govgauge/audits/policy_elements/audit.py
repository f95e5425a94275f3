"""policy-elements: a policy page does not say its title, document number, issuer, date or validity.

An element is missing when its label stands there with nothing beside it, when the page says it nowhere, or when a page
leaves out a label that most policies of the site show. What a column of 规范性文件 lists must show its number with or
without a table: such documents are numbered before they are issued. Laws and regulations carry no number and name their
maker in their title. Validity is asked only where the site itself shows it.
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
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Article, ArticleFacts, Policy
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
    needs=("facts", "pages", "policies", "articles", "columns", "text_of"),
    params=Params,
    source="2025 指标体系 政策发布；国办秘函〔2019〕19号 信息发布；国办发〔2018〕37号 统一登记、统一编号、统一印发",
)
NAMES = {"title": "标题", "number": "发文字号", "issuer": "发文机关", "date": "成文或发布日期", "validity": "有效性"}
_LAW = lazy_re.compile(r"(?:(?<![办做方])法|条例|规则|章程|准则)(?:[（(][^（()）]{1,20}[)）])*(?:[（(【].*)?$")
_NORMATIVE = lazy_re.compile(r"规范性文件")
_DOCUMENT = lazy_re.compile(r"(?:通知|意见|办法|规定|细则|决定|方案|措施|规程)(?:[（(][^（()）]{1,20}[)）])*$|印发")
_NO_DOCUMENT = lazy_re.compile(
    r"解读|图解|问答|征求|征集|备案|清理(?:结果|目录)|目录$|公示|制定计划|召开|说明$|报告$|统计|一图"
)
"""What stands in such a column beside the documents: their interpretations, drafts, lists and reports."""
_ORDER = lazy_re.compile(
    r"(?:令|公告|通告)[^\n]{0,8}第?\s*[\d一二三四五六七八九十〇]+\s*号|第\s*[\d一二三四五六七八九十百〇]+\s*号"
)
_CITED = lazy_re.compile(r"》[\s“”]*[（(][^（）()]{2,40}号[)）]")
"""Another document with its number, as texts cite it."""
_WHOLE_CHARS = 200
"""With less text a page only announces a document."""
_HEAD_CHARS = 400
"""The number stands above the text, or in the sentence that puts rules in force."""
_TABLED = 3
"""Labels that make the elements of a page a table, whose silence says something."""


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策文件无从检查。")
    unnumbered = _unnumbered(site)
    if not site.policies and not unnumbered:
        return not_applicable(META, "没有发现政策文件页面。")
    customs = _customs(list(site.policies.values()), params)
    missing = {
        url: [name for name in missing_elements(policy, site.articles.get(url), customs) if name in params.elements]
        for url, policy in site.policies.items()
    }
    if "number" in params.elements:
        for url in unnumbered:
            if "number" not in missing.setdefault(url, []):
                missing[url].append("number")
    findings = [
        Finding(
            audit=META.id,
            page=url,
            target=name,
            slug="missing",
            data={"name": NAMES[name], "title": _title(site, url)[:60]},
        )
        for url, names in missing.items()
        for name in names
    ]
    faulty = len({finding.page for finding in findings})
    value = by_share(faulty, len(missing))
    bare = set(unnumbered)
    kept = [finding for finding in findings if finding.page in bare]
    kept = template_fault([finding for finding in findings if finding.page not in bare]) + kept
    return judged(META, kept, value=value, data={"policies": len(missing), "faulty": faulty})


def _title(site: Site, url: str) -> str:
    return site.policies[url].title if url in site.policies else site.articles[url].article.title


def _unnumbered(site: Site) -> list[str]:
    """Documents in columns of normative documents whose pages show no number, neither at their head nor in their title.

    A page that offers the document as a file or as pictures may show the number there; below a text that is signed with
    its date, a file is but an annex.
    """
    places = {
        column.url
        for column in site.columns.values()
        if column.kind is ColumnKind.POLICY and _NORMATIVE.search(column.name)
    }
    return [
        url
        for url, facts in site.articles.items()
        if facts.column_url in places and _is_bare_document(facts.article) and not _shows_number(site, url)
    ]


def _is_bare_document(article: Article) -> bool:
    title = re.sub(r"\s", "", article.title)
    if not _DOCUMENT.search(title) or _NO_DOCUMENT.search(title) or _LAW.search(title):
        return False
    elsewhere = article.images or article.media or (article.attachments and article.dateline is None)
    return article.text_chars >= _WHOLE_CHARS and not elsewhere


def _shows_number(site: Site, url: str) -> bool:
    known = site.policies.get(url)
    if known is not None and known.number:
        return True
    head = _CITED.sub("", f"{site.articles[url].article.title}\n{site.text_of(url)[:_HEAD_CHARS]}")
    return bool(document_number.every(head)) or bool(_ORDER.search(head))


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
