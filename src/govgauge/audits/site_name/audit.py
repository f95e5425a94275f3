"""The site has no name, or is not named after the body that runs it."""

from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.outcomes import Finding, Result
from govgauge.structure import site_names, spam_words
from govgauge.structure.site import Site

_SPECIAL = lazy_re.compile(
    r"政务服务|公共资源|信用|招聘|考试|招生|公积金|采购|热线|开放平台|数据|查询|博物|图书|旅游|投资|招商"
)
"""Sites of one service, which the guideline lets carry the name of the service."""


class Params(BaseParams, frozen=True):
    """`other_name_value`: value 0…1 of a site that has a name, but not that of its body (own estimate)."""

    other_name_value: float = 0.5


META = Meta(
    id="site-name",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，名称规范",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """Title, SiteName and the words of the logo are looked at together: one that names a public body is enough."""
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    marks = home_marks.marks_of(site)
    title = site.home.title if site.home is not None else ""
    if spam_words.is_spam(title):
        return home_marks.missing(META, site, "tampered", target=title)
    name = marks.site_name
    if site_names.is_empty(name):
        return home_marks.missing(META, site, "missing", target=title)
    if site_names.names_body(name):
        return verdict.passed(META, {"name": name})
    if _SPECIAL.search(name):
        return verdict.not_applicable(META, f"“{name}”是专项业务网站，不要求以机构名称命名。")
    return home_marks.missing(META, site, "other-name", target=name, value=params.other_name_value)
