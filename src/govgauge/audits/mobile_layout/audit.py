"""mobile-layout: pages show no sign of fitting a phone screen, and the site has no edition for phones.

Only static signs are read: what styles do beyond them is seen in a browser alone. A site with an edition of its own
for phones (m.…, /wap/, an announced alternate address, a redirection by device) fits phones in another way.
"""

import re
from collections.abc import Iterable, Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import PageKind
from govgauge.structure.page import Page
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """GB/T 31506 and the 2025 indicators ask for a layout that fits phones, without figures: own measures."""

    phone_width: int = 600
    """CSS pixels: a fixed viewport above this is made for no phone (the widest phones have some 480)."""
    wide: int = 900
    """CSS pixels from which a fixed body width makes a phone's reader scroll sideways."""
    few_characters: int = 200
    """Pages with less markup than this are doors and frames."""


META = Meta(
    id="mobile-layout",
    version=2,
    group=Group.REACH,
    needs=("facts", "home", "pages", "html_of"),
    params=Params,
    source="国办发〔2017〕47号 政府网站发展指引",
)

_WIDTH = lazy_re.compile(r"(?:^|[\s,;])width\s*=\s*([\w.-]+)", re.IGNORECASE)
_BODY_WIDTH = lazy_re.compile(r"(?:^|;)\s*(?:min-)?width\s*:\s*(\d{3,4})px", re.IGNORECASE)
_MOBILE_ADDRESS = lazy_re.compile(
    r"https?://(?:m|wap|3g|mobile)\.[\w.-]+|[\"'(=]\s*/?(?:wap|mobile|3g|sjb)/(?:index)?[\w.]*[\"')]", re.IGNORECASE
)
_BY_DEVICE = lazy_re.compile(
    r"uaredirect|mobile-agent|isMobile|is_mobile|browserRedirect"
    r"|(?:Android|iPhone|Windows Phone|iPad|MIDP)[\"'|/\w\s,\[\].;()]{0,60}"
    r"(?:iPhone|Android|iPod|BlackBerry|Windows Phone|Mobile)",
    re.IGNORECASE,
)
_EDITION = lazy_re.compile(r"手机版|移动版|手机门户|触屏版|手机网站|WAP版", re.IGNORECASE)
_DEVICES = (
    *("uaredirect", "mobile-agent", "ismobile", "is_mobile", "browserredirect", "android", "iphone", "windows phone"),
    *("ipad", "midp"),
)
"""Without one of these words no device is told from another: most pages have none, and the pattern is dear."""
_PAGES = frozenset({PageKind.HOME, PageKind.COLUMN, PageKind.ARTICLE, PageKind.POLICY, PageKind.GUIDE, PageKind.LETTER})


def inspect(page: Page, params: Params) -> Iterable[Finding]:
    """Why the page cannot fit a phone; nothing when it may, or when it is no whole page."""
    document = page.document
    if len(page.html) < params.few_characters or document.find("frameset") is not None:
        return
    contents = [element.attr("content") or "" for element in document.select('meta[name="viewport" i]')]
    if not contents:
        if not document.select('meta[name="MobileOptimized" i],meta[name="HandheldFriendly" i]'):
            yield _finding(page, "no-viewport", 0)
        return
    stated = _WIDTH.search(contents[-1])
    if stated and stated[1].isdigit() and int(stated[1]) > params.phone_width:
        yield _finding(page, "fixed-viewport", int(stated[1]))
        return
    body = document.find("body")
    wide = _BODY_WIDTH.search(body.attr("style") or "") if body is not None else None
    if wide and int(wide[1]) >= params.wide:
        yield _finding(page, "fixed-width", int(wide[1]))


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok or site.home is None:
        return not_observable(META, "首页没有打开。")
    findings = [finding for finding in observed if _is_page(site, finding.page)]
    if not findings:
        return passed(META, {"pages": len(site.pages)})
    if edition := _phone_edition(site):
        return passed(META, {"edition": edition})
    looked_at = sum(1 for page in site.pages.values() if page.kind in _PAGES)
    affected = len({finding.page for finding in findings})
    data = {"affected": affected, "pages": looked_at}
    return judged(META, template_fault(findings, at_most=1), value=1.0 - affected / max(1, looked_at), data={**data})


def _phone_edition(site: Site) -> str:
    """The sign by which the home page shows an edition for phones; empty when it shows none."""
    source = site.html_of(site.home.url) if site.home else ""
    lowered = source.lower()
    for pattern in (_MOBILE_ADDRESS, _BY_DEVICE, _EDITION):
        if pattern is _BY_DEVICE and not any(word in lowered for word in _DEVICES):
            continue
        found = pattern.search(source)
        if found:
            return found.group()[:60]
    return ""


def _is_page(site: Site, url: str) -> bool:
    page = site.pages.get(url)
    return page is not None and page.kind in _PAGES and not page.soft_error


def _finding(page: Page, reason: str, width: int) -> Finding:
    return Finding(audit=META.id, page=page.url, target=reason, slug=reason, data={"width": width})
