"""The home page names no hosting body, or gives no way to reach it."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site


class Params(BaseParams, frozen=True):
    """`half_value`: value 0…1 when one of body and contact is there (the guideline asks for both; own estimate)."""

    half_value: float = 0.5


META = Meta(
    id="host-body",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面标识",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """Owner or publisher count as host; telephone, mailbox, address or a page of contacts count as contact."""
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    marks = home_marks.marks_of(site)
    if marks.host_body and marks.contact:
        return verdict.passed(META, {"body": marks.host_body, "contact": marks.contact})
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    if marks.host_body:
        return home_marks.missing(META, site, "no-contact", value=params.half_value, data={"body": marks.host_body})
    if marks.contact:
        return home_marks.missing(META, site, "no-body", value=params.half_value)
    return home_marks.missing(META, site, "missing")
