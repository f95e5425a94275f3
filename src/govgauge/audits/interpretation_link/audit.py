"""interpretation-link: a policy and its interpretation do not link to each other.

Only pairs that are beyond doubt are judged. A page whose box of related documents is filled by a script is left out.
"""

import re
from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.addresses import place
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.interpretation_pairs import Pair, interpretations, pairs
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.gather.artifacts import LinkKind
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.site import Site

META = Meta(
    id="interpretation-link",
    version=2,
    group=Group.DISCLOSURE,
    needs=("facts", "articles", "columns", "policies", "links", "uses", "html_of"),
    params=Params,
    source="2025 指标体系 政策解读：解读材料与政策文件相互关联；国办发〔2017〕47号 解读回应",
)
_RELATED = lazy_re.compile(
    r"相关(?:解读|政策|链接|文件|文章|信息|阅读|稿件|报道|新闻)|政策原文|原文链接|解读链接|关联(?:文件|解读|政策)|政策解读\s*<"
)
EVERY_USE = 100_000
"""More pages than any document is linked from."""
_SCRIPT_REACH = 1200
"""Characters behind the words of a box of related documents within which its script stands."""


def judge(site: Site, _params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策解读无从检查。")
    known = pairs(site)
    if not known:
        return _unpaired(site)
    linked = _linked(site, known)
    findings = []
    for pair in known:
        there, back = (place(pair.policy), place(pair.interpretation)), (place(pair.interpretation), place(pair.policy))
        if there not in linked and not _filled_by_script(site.html_of(pair.policy)):
            findings.append(_finding(pair.policy, pair.interpretation, "policy", pair))
        if back not in linked and not _filled_by_script(site.html_of(pair.interpretation)):
            findings.append(_finding(pair.interpretation, pair.policy, "interpretation", pair))
    return judged(META, findings, value=by_share(len(findings), 2 * len(known)), data={"pairs": len(known)})


def _unpaired(site: Site) -> Result:
    """Why no pair is known: interpretations were read but match no policy, or are listed but could not be read."""
    listed = [
        item for column in site.columns.values() if column.kind is ColumnKind.INTERPRETATION for item in column.items
    ]
    if interpretations(site.articles, site.columns) or any(item.url in site.articles for item in listed):
        return not_applicable(META, "没有发现能与政策文件对应的解读。")
    if listed:
        return not_observable(META, "解读栏目列出的解读未能打开，无法判断是否与政策文件相互关联。")
    return not_applicable(META, "没有读到政策解读。")


def _linked(site: Site, known: list[Pair]) -> set[tuple[str, str]]:
    pages = {url for pair in known for url in (pair.policy, pair.interpretation)}
    ends = {place(url) for url in pages}
    spellings = {use.link.url for use in site.links() if place(use.link.url) in ends}
    return {
        (place(use.page), place(use.link.url))
        for uses in site.uses(spellings, EVERY_USE).values()
        for use in uses
        if use.page in pages and use.link.kind in (LinkKind.A, LinkKind.AREA, LinkKind.SCRIPTED)
    }


def _finding(page: str, other: str, slug: str, pair: Pair) -> Finding:
    data = {"policy": pair.title[:60], "interpretation": pair.interpretation_title[:60]}
    return Finding(audit=META.id, page=page, target=other, slug=slug, data=dict(data))


def _filled_by_script(html: str) -> bool:
    for match in _RELATED.finditer(html):
        after = html[match.end() : match.end() + _SCRIPT_REACH]
        if re.search(r"<script|v-for|ng-repeat", after, re.IGNORECASE) and not re.search(
            r"</(?:table|footer)>", after[:60]
        ):
            return True
    return False
