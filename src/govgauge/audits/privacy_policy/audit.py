"""No privacy statement."""

from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site

_SAYS_PRIVACY = lazy_re.compile(r"隐私|个人信息")
_TITLE = lazy_re.compile(r"隐私(?:权|保护|声明|政策|条款|安全)|个人信息保护(?:声明|政策|条款)")
_TITLE_CHARS = 40

META = Meta(
    id="privacy-policy",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=(*home_marks.NEEDS, "pages", "text_of"),
    params=Params,
    source="个人信息保护法第七条、第十七条；国办发〔2017〕47号",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """A statement of its own, or a general statement (网站声明, 关于我们) whose text speaks of privacy."""
    marks = home_marks.marks_of(site)
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    if marks.privacy_url or (found := _read_statement(site, marks.statement_urls)):
        return verdict.passed(META, {"statement": marks.privacy_url or found})
    unread = [url for url in marks.statement_urls if url not in site.pages or site.pages[url].script_only]
    if unread:
        return verdict.not_observable(META, f"网站声明页面（{unread[0]}）没有读到，其中可能有隐私条款。")
    if reason := home_marks.unseen_foot(site):
        return verdict.not_observable(META, reason)
    return home_marks.missing(META, site, "missing")


def _read_statement(site: Site, statements: Sequence[str]) -> str:
    """The URL of a page that holds the statement; empty when none was read."""
    titled = (url for url, page in site.pages.items() if len(page.title) <= _TITLE_CHARS and _TITLE.search(page.title))
    found = next(titled, "")
    if found:
        return found
    return next((url for url in statements if url in site.pages and _SAYS_PRIVACY.search(site.text_of(url))), "")
