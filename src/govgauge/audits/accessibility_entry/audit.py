"""accessibility-entry: the home page offers no barrier-free reading tool."""

from collections.abc import Sequence

from govgauge.audits import home_marks, reading_aids, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site

META = Meta(
    id="accessibility-entry",
    version=1,
    group=Group.REACH,
    extent=Extent.HOME,
    needs=(*home_marks.NEEDS, "html_of"),
    params=Params,
    source="无障碍环境建设法第三十二条；工信部信管〔2020〕200号；GB/T 37668—2019",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    """An entrance by its words, a known script, or names in the source of the home page."""
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    marks = home_marks.marks_of(site)
    if sign := marks.accessibility or marks.elder or reading_aids.accessibility_sign(site):
        return verdict.passed(META, {"sign": sign})
    if reading_aids.head_is_elsewhere(site):
        return verdict.not_observable(META, "首页的页头由另外的文件载入，静态页面里看不到其中的入口。")
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")
