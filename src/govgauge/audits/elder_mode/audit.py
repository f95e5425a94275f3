"""elder-mode: the home page offers no mode for the elderly."""

from collections.abc import Sequence

from govgauge.audits import home_marks, reading_aids, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site

META = Meta(
    id="elder-mode",
    version=1,
    group=Group.REACH,
    extent=Extent.HOME,
    needs=(*home_marks.NEEDS, "html_of"),
    params=Params,
    source="国办发〔2020〕45号；工信部信管〔2020〕200号；互联网网站适老化通用设计规范（2021）",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    """An entrance by its words or names. A barrier-free tool may hold the mode inside: then it is not observable."""
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    marks = home_marks.marks_of(site)
    if sign := marks.elder or reading_aids.elder_sign(site):
        return verdict.passed(META, {"sign": sign})
    if marks.accessibility or reading_aids.accessibility_sign(site):
        return verdict.not_observable(META, "首页有无障碍工具，适老模式可能在工具之内，需人工打开查看。")
    if reading_aids.head_is_elsewhere(site):
        return verdict.not_observable(META, "首页的页头由另外的文件载入，静态页面里看不到其中的入口。")
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")
