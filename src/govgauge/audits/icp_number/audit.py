"""No ICP record number on the home page, or one that cannot be right."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.mark_numbers import icp_fault
from govgauge.structure.provinces import ICP_MISTAKEN
from govgauge.structure.site import Site

META = Meta(
    id="icp-number",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国务院令第292号第十二条；国办发〔2017〕47号",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """The number must be there, with enough digits and a province as the filing system writes it."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if marks.icp:
        return _judged(site, marks.icp)
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    if marks.icp_url:
        return verdict.not_observable(META, "页脚有到备案系统的链接，但没有文字，备案号可能只在图片上。")
    return home_marks.missing(META, site, "missing")


def _judged(site: Site, number: str) -> Result:
    fault = icp_fault(number)
    if fault == "prefix":
        wrong = next((char for char in ICP_MISTAKEN if number.find(char) >= 0), "")
        facts = {"wrong": wrong, "right": ICP_MISTAKEN[wrong]}
        return home_marks.missing(META, site, "wrong-prefix", target=number, data=facts)
    if fault:
        return home_marks.missing(META, site, "malformed", target=number)
    return verdict.passed(META, {"number": number})
