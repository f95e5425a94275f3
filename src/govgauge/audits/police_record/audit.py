"""No 公安备案 number on the home page, or one that cannot be right."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.mark_numbers import is_police_number
from govgauge.structure.site import Site

META = Meta(
    id="police-record",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="公安部令第33号第十二条；国办发〔2017〕47号",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """The number must be there: eleven to fourteen digits that begin with a province."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if is_police_number(marks.police):
        return verdict.passed(META, {"number": marks.police})
    if marks.police:
        return home_marks.missing(META, site, "malformed", target=marks.police)
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    if marks.police_url:
        return verdict.not_observable(META, "页脚有到公安备案平台的链接，但没有文字，备案号可能只在图片上。")
    return home_marks.missing(META, site, "missing")
