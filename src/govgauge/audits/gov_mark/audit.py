"""No 党政机关 mark on the home page, or one that does not lead to its record."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site

META = Meta(
    id="gov-mark",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面标识",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """Pass when the mark leads to its record, or a script of the issuing centre draws it."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if marks.gov_mark_url:
        return verdict.passed(META, {"mark": marks.gov_mark_url})
    if marks.gov_mark_picture:
        return home_marks.missing(META, site, "not-linked", data={"picture": marks.gov_mark_picture})
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")
