"""mixed-content: an HTTPS page loads scripts, styles, pictures or frames over HTTP."""

from collections.abc import Iterable, Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.verdict import judged, not_applicable, not_observable, passed, template_fault
from govgauge.gather import urls
from govgauge.gather.artifacts import LinkKind
from govgauge.outcomes import Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

ACTIVE = frozenset({LinkKind.SCRIPT, LinkKind.STYLE, LinkKind.FRAME})
"""Parts that browsers refuse outright (Mixed Content, 5.2): the page breaks."""

LOADED = ACTIVE | {LinkKind.IMG, LinkKind.MEDIA}
_TRUSTED_HOST = lazy_re.compile(r"localhost|127\.\d+\.\d+\.\d+|\[::1\]|.+\.localhost")
"""Hosts that browsers trust without encryption (Secure Contexts, 3.1)."""

_UPGRADE = "upgrade-insecure-requests"

META = Meta(
    id="mixed-content",
    version=2,
    group=Group.SAFETY,
    needs=("facts", "pages"),
    params=Params,
    source="W3C Mixed Content；W3C Upgrade Insecure Requests",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """Parts over HTTP on a page over HTTPS, unless the page has browsers fetch them over HTTPS."""
    if not page.url.startswith("https:"):
        return
    plain = {
        link.url: link.kind
        for link in page.links
        if link.kind in LOADED and link.url.startswith("http:") and not _TRUSTED_HOST.fullmatch(urls.host(link.url))
    }
    if not plain or _upgraded(page):
        return
    for url in _only_without_scripts(page) & plain.keys():
        del plain[url]
    for url, kind in plain.items():
        slug = "active" if kind in ACTIVE else "passive"
        yield Finding(audit=META.id, page=page.url, target=url, slug=slug, data={"kind": kind.value})


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    secure = sum(1 for url in site.pages if url.startswith("https:"))
    if not secure:
        return not_applicable(META, "网站没有用 HTTPS 提供网页。")
    if not observed:
        return passed(META, {"pages": secure})
    affected = len({finding.page for finding in observed})
    return judged(
        META, template_fault(observed), value=1.0 - affected / secure, data={"pages": secure, "affected": affected}
    )


def _upgraded(page: Page) -> bool:
    """Whether a policy in the headers or in a meta tag turns the references into HTTPS."""
    if any(
        name.lower() == "content-security-policy" and _UPGRADE in value.lower() for name, value in page.exchange.headers
    ):
        return True
    return any(
        _UPGRADE in (element.attr("content") or "").lower()
        for element in page.document.select('meta[http-equiv="Content-Security-Policy" i]')
    )


def _only_without_scripts(page: Page) -> set[str]:
    """URLs of parts in `<noscript>`: hardly a browser loads them."""
    inside = set(page.document.select("noscript img,noscript iframe,noscript link"))
    within: set[str] = set()
    outside: set[str] = set()
    for element in page.document.select("img,iframe,script,link"):
        url = urls.absolute(page.url, element.attr("src") or element.attr("href") or "")
        if url:
            (within if element in inside else outside).add(url)
    return within - outside
