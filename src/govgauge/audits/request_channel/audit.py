"""request-channel: no entrance for requesting information (依申请公开), or no online form behind it.

An entrance that leads to another host is one, and what stands there is not judged. A form counts on the entrance page
and on the pages of the same site that it leads to by words of applying; a frame, a login or a script may hide one, so
pages with these are not judged either.
"""

import re
from collections import Counter
from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.entrances import Entrance, Wanted, find
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, judged, not_observable, passed
from govgauge.gather import links, urls
from govgauge.gather.artifacts import OURS, LinkKind
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """政府信息公开条例 第二十七条、第二十九条: anyone may request information, by post, fax or in electronic form."""

    value_without_form: float = 0.5
    """What an entrance without an online form is worth."""


META = Meta(
    id="request-channel",
    version=2,
    group=Group.DISCLOSURE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "links", "html_of"),
    params=Params,
    source="政府信息公开条例 第二十七条、第二十九条",
)
WANTED = {
    "request": Wanted(lazy_re.compile(r"依?申请公开|依申请|公开申请|申请信息公开"), frozenset({ColumnKind.REQUEST})),
}
_APPLYING = lazy_re.compile(
    r"(?:在线|网上|我要|立即|提交|公民|法人|个人|单位|填写|开始)?申请(?:表|公开|入口|系统|人)?|下一步|同意|登录|平台|受理"
)
_HIDDEN = lazy_re.compile(
    r"<iframe|<frame\b|登录|login|window\.open|window\.location|location\.href|\.ajax\(|axios|<form\b|type=[\"']?submit",
    re.IGNORECASE,
)
_SEARCH = lazy_re.compile(r"search|query|sousuo|jiansuo|was5", re.IGNORECASE)
_SEARCH_BOX = lazy_re.compile(
    r"<form\b[^>]*(?:search|query|sousuo|jiansuo|was5)[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE
)
_ADDRESS = lazy_re.compile(r"申请表|电子邮箱|电子邮件|E-?mail|@", re.IGNORECASE)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，依申请公开入口无从检查。")
    entrance = find(site, WANTED).get("request")
    if entrance is None:
        reason = blind_spot(site) or _disclosed_elsewhere(site)
        if reason:
            return not_observable(META, reason)
        return failed(META, [Finding(audit=META.id, page=site.facts.home, target="entrance", slug="entrance")])
    if urls.host(entrance.url) != site.facts.host:
        return passed(META, {"entrance": entrance.url})
    reached, doubtful = _has_form(site, entrance)
    if reached:
        return passed(META, {"entrance": entrance.url})
    if doubtful or blind_spot(site):
        return not_observable(META, "依申请公开页面由脚本、框架或登录保护，无法判断有没有在线申请表。")
    finding = Finding(
        audit=META.id,
        page=site.facts.home,
        target="form",
        slug="form",
        data={"entrance": entrance.url},
        source=entrance.url,
    )
    return judged(META, [finding], value=params.value_without_form)


def _disclosed_elsewhere(site: Site) -> str:
    """A disclosure platform on another host may hold the entrance."""
    for use in site.links():
        if (
            "公开" in use.link.text
            and urls.host(use.link.url) not in ("", site.facts.host)
            and re.search(r"^(?:政府|政务)?信息公开(?:专栏|平台|目录|网)?$|^政务公开$", use.link.text)
        ):
            return "政府信息公开内容在其他网站上，依申请公开入口不在本次访问范围内。"
    return ""


def _has_form(site: Site, entrance: Entrance) -> tuple[bool, bool]:
    """Whether a form was found, and whether one may be hidden from us."""
    waiting = [entrance.url, *(column.url for column in site.columns.values() if column.kind is ColumnKind.REQUEST)]
    entered = set(waiting)
    leads = _applying_links(site, entered)
    doubtful = False
    for url in dict.fromkeys([*waiting, *leads]):
        page = site.pages.get(url)
        if page is not None and any(_is_own_form(form, site) for form in page.forms):
            return True, False
        if urls.host(url) != site.facts.host:
            return True, False
        target = site.targets.get(url)
        if page is None:
            doubtful = doubtful or target is None or target.exchange.failure in OURS or target.exchange.ok
        elif page.script_only or _hides_more(site.html_of(url), site.html_of(site.facts.home)):
            doubtful = True
    return False, doubtful


def _is_own_form(action: str, site: Site) -> bool:
    """Whether a form belongs to this page and not to the search box of every page."""
    return not _SEARCH.search(action) and (site.home is None or action not in site.home.forms)


def _applying_links(site: Site, pages: set[str]) -> list[str]:
    """Where pages lead by words of applying. A mail address or a form to download is no online form."""
    template = {link.url for link in site.home.links} if site.home else set()
    return [
        link.url
        for page in pages
        for link in links.extract(site.html_of(page).encode(), page)
        if link.kind in (LinkKind.A, LinkKind.FRAME, LinkKind.SCRIPTED, LinkKind.FORM)
        and re.match(r"https?:", link.url)
        and link.url not in template
        and link.url != page
        and len(link.text) <= 16
        and _APPLYING.search(link.text)
        and not _ADDRESS.search(link.text)
        and "公开指南" not in link.text
    ]


def _hides_more(html: str, home: str) -> bool:
    """Whether a page has more frames, forms, logins or scripted ways than the home page, which has the template's."""
    here, there = (Counter(_HIDDEN.findall(_SEARCH_BOX.sub("", source))) for source in (html, home))
    return any(count > there[words] for words, count in here.items())
