"""No 我为政府网站找错 entrance on the home page."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site

META = Meta(
    id="error-report-link",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面标识",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """The platform's script, a picture that leads there, or a link of that name."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if marks.error_report_url:
        return verdict.passed(META, {"entrance": marks.error_report_url})
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")
