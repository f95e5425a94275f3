"""No site map."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import PageKind
from govgauge.structure.site import Site

META = Meta(
    id="sitemap-link",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=(*home_marks.NEEDS, "pages"),
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面标识",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """A link of that name or address on the home page, or a site map reached from any page."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if marks.sitemap_url:
        return verdict.passed(META, {"sitemap": marks.sitemap_url})
    reached = next((page.url for page in site.pages.values() if page.kind is PageKind.SITEMAP), "")
    if reached:
        return verdict.passed(META, {"sitemap": reached})
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")
