"""No ten-digit site code on the home page, or one of a wrong form."""

from collections.abc import Sequence

from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.outcomes import Finding, Result
from govgauge.structure.mark_numbers import is_site_code, site_code_fault
from govgauge.structure.site import Site


class Params(BaseParams, frozen=True):
    """`hidden_value`: value 0…1 of a site whose code stands in a meta tag only. The guideline asks for it at the foot
    of the page; a machine-readable code still serves half of its purpose (own estimate)."""

    hidden_value: float = 0.5


META = Meta(
    id="site-code",
    version=2,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，页面标识",
)


_SLUGS = {"digits": "malformed", "placeholder": "placeholder", "prefix": "unknown-prefix"}


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """Form only: ten digits that begin with a province, or bm and eight digits. Codes in comments and scripts that
    contradict the shown one are told as facts, not as a fault: which of them is wrong cannot be known from here."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if is_site_code(marks.site_code):
        others = {code for code in (marks.meta_site_code, *marks.other_site_codes) if code not in ("", marks.site_code)}
        return verdict.passed(META, {"code": marks.site_code, "other_codes": " ".join(sorted(others))})
    if marks.site_code:
        return home_marks.missing(META, site, _SLUGS[site_code_fault(marks.site_code)], target=marks.site_code)
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    if is_site_code(marks.meta_site_code):
        facts = {"code": marks.meta_site_code}
        return home_marks.missing(META, site, "not-shown", value=params.hidden_value, data=facts)
    return home_marks.missing(META, site, "missing")
