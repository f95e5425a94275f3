"""guide-element-missing: a service guide lacks one of the eight element classes, or gives it without content."""

from collections.abc import Sequence

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_points
from govgauge.outcomes import Finding, Result
from govgauge.structure.guides import CLASSES
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """census-2015: 2 points for each missing class, at most 16; the same class in many items counts once."""

    points_per_class: float = 2.0
    most_points: float = 16.0


META = Meta(
    id="guide-element-missing",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "guides", "pages"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：服务；国办发〔2015〕15号 普查评分表 办事指南",
)
NAMES = {
    "name": "事项名称",
    "basis": "设定依据",
    "conditions": "申请条件",
    "materials": "办理材料",
    "place": "办理地点",
    "time": "办理时间",
    "phone": "联系电话",
    "process": "办理流程",
}
VETO_CLASSES = 4
"""V6: an item that lacks so many classes counts towards the veto."""


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，办事指南无从检查。")
    guides = {url: guide for url, guide in site.guides.items() if not _is_unseen(site, url)}
    if not guides:
        if site.guides:
            return not_observable(META, "办事指南由脚本生成，无法检查要素。")
        return not_applicable(META, "没有发现办事指南页面。")
    findings = [
        Finding(
            audit=META.id, page=url, target=name, slug="missing", data={"name": NAMES[name], "guide": guide.name[:60]}
        )
        for url, guide in guides.items()
        for name in CLASSES
        if not guide.elements.get(name)
    ]
    classes = {finding.target for finding in findings}
    faulty = {finding.page for finding in findings}
    grave = sum(1 for url in faulty if len(CLASSES) - len(guides[url].elements) >= VETO_CLASSES)
    given = 1 - len(findings) / (len(CLASSES) * len(guides))
    value = by_points(params.points_per_class * len(classes), params.most_points, sound=given)
    data = {"guides": len(guides), "faulty": len(faulty), "lacking_four": grave}
    return judged(META, findings, value=value, data=dict(data))


def _is_unseen(site: Site, url: str) -> bool:
    page = site.pages.get(url)
    return page is not None and page.script_only
