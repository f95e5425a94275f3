"""No site map."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.audits.home_links import home_links
from govgauge.audits.other_bodies import of_other_bodies
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import PageKind
from govgauge.structure.site import Site

META = Meta(
    id="sitemap-link",
    version=3,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=(*home_marks.NEEDS, "pages", "links"),
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面标识",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """A link of that name or address on the home page, or one without such a name to a page that is a site map.

    The home page alone decides (页面标识 are asked of its foot): a map that only other pages lead to is not offered.
    """
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    marks = home_marks.marks_of(site)
    if marks.sitemap_url:
        return verdict.passed(META, {"sitemap": marks.sitemap_url})
    leads = {link.url for link in home_links(site)}
    others = of_other_bodies(site)
    for page in site.pages.values():
        if page.kind is PageKind.SITEMAP and page.url in leads and page.url not in others:
            return verdict.passed(META, {"sitemap": page.url})
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")
