"""open-dataset-description: the page of a dataset does not say what its fields are.

Where no dataset of the site shows its fields and the pages are partly made by a script, nothing is judged.
"""

import re
from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site

META = Meta(
    id="open-dataset-description",
    version=2,
    group=Group.DISCLOSURE,
    needs=("facts", "datasets", "pages", "html_of"),
    params=Params,
    source="2025 指标体系 数据开放：数据项说明",
)
_SCRIPTED = lazy_re.compile(r"v-for=|ng-repeat|axios|\.ajax\(|\$\.(?:get|post|getJSON)\(|fetch\(", re.IGNORECASE)


def judge(site: Site, _params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，开放数据无从检查。")
    if not site.datasets:
        return not_applicable(META, "没有发现开放数据集页面。")
    bare = [url for url, dataset in site.datasets.items() if not dataset.fields_described]
    unseen = {url for url in bare if _filled_later(site, url)}
    judged_count = len(site.datasets) - len(unseen)
    if not judged_count:
        return not_observable(META, "数据集页面的数据项由脚本载入，无法判断。")
    findings = [
        Finding(audit=META.id, page=url, slug="undescribed", data={"title": site.datasets[url].title[:60]})
        for url in bare
        if url not in unseen
    ]
    return judged(META, findings, value=by_share(len(findings), judged_count), data={"datasets": judged_count})


def _filled_later(site: Site, url: str) -> bool:
    page = site.pages.get(url)
    return (page is not None and page.script_only) or _SCRIPTED.search(site.html_of(url)) is not None
