"""search-engine-presence: robots.txt or the pages themselves close columns and articles to search engines."""

import re
from collections.abc import Iterable, Iterator, Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta, Params
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.gather import robots, urls
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind, PageKind
from govgauge.structure.page import Page
from govgauge.structure.site import Site

ENGINES = ("Baiduspider", "Sogou", "bingbot")
"""Search engines by their product tokens; 360 cannot be named by a token of RFC 9309."""

_CLOSED = lazy_re.compile(r"(?:^|[\s,;])(?:noindex|none)(?=$|[\s,;])", re.IGNORECASE)
_FOR_ENGINES = ("robots", "baiduspider", "bingbot", "sogou")
_NOT_FOR_ENGINES = frozenset(
    {ColumnKind.SEARCH, ColumnKind.SITEMAP, ColumnKind.MAILBOX, ColumnKind.REQUEST, ColumnKind.OTHER, ColumnKind.ABOUT}
)
"""Columns that a site may keep from search engines with good reason: forms, and what is found by other ways."""

_PRIVATE = lazy_re.compile(
    r"搜索|检索|登录|登陆|注册|后台|管理|邮箱|信箱|English|繁|手机|无障碍|适老|地图|用户|个人|我的|投诉|留言|咨询|首页",
    re.IGNORECASE,
)
_CONTENT = frozenset({PageKind.HOME, PageKind.COLUMN, PageKind.ARTICLE, PageKind.POLICY, PageKind.GUIDE})

META = Meta(
    id="search-engine-presence",
    version=2,
    group=Group.REACH,
    needs=("facts", "home", "pages", "columns", "network"),
    params=Params,
    source="国办发〔2017〕47号 政府网站发展指引；RFC 9309",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """A page that tells search engines not to list it, in a meta tag or a header."""
    for element in page.document.find_all("meta"):
        name = (element.attr("name") or "").lower()
        if name in _FOR_ENGINES and _CLOSED.search(element.attr("content") or ""):
            yield _finding(page.url, "noindex", "noindex", element.attr("content") or "")
            return
    for header, value in page.exchange.headers:
        if header.lower() == "x-robots-tag" and ":" not in value and _CLOSED.search(value):
            yield _finding(page.url, "noindex", "noindex-header", value)
            return


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # contract of all audits
    network = site.network
    body = network.robots_body.encode() if 200 <= network.robots_status < 300 else b""
    if not site.facts.home_ok and not body:
        return not_observable(META, "首页没有打开，也没有读到 robots.txt。")
    home = site.facts.home
    if engine := _kept_out(body, home):
        finding = _finding(urls.origin(home) + "/robots.txt", "disallow-all", "disallow-all", engine)
        return judged(META, [finding], value=0.0, data={"engine": engine})
    closed = list(_closed_columns(site, body))
    hidden = [
        finding for finding in observed if finding.page in site.pages and site.pages[finding.page].kind in _CONTENT
    ]
    if not closed and not hidden:
        return passed(META, {"columns": len(site.columns)})
    share = len(closed) / max(1, len(_columns(site))) + len(hidden) / max(1, len(site.pages))
    return judged(
        META, [*closed, *template_fault(hidden)], value=1.0 - share, data={"columns": len(closed), "pages": len(hidden)}
    )


def _closed_columns(site: Site, body: bytes) -> Iterator[Finding]:
    if not body:
        return
    file = urls.origin(site.facts.home) + "/robots.txt"
    for url, name in _columns(site).items():
        if urls.is_same_site(url, site.facts.home) and (engine := _kept_out(body, url)):
            yield Finding(
                audit=META.id,
                page=file,
                target=f"disallow:{url}",
                slug="disallow",
                data={"detail": engine, "column": name, "url": url},
            )


def _columns(site: Site) -> dict[str, str]:
    """Names of public columns by URL: those read, and those that the home page's navigation names but robots.txt
    kept us from, too."""
    named = {hint.url: hint.name for hint in (site.home.column_hints if site.home else ()) if hint.origin == "nav"}
    columns = {url: name for url, name in named.items() if url not in site.columns and not _PRIVATE.search(name)}
    return columns | {url: one.name for url, one in site.columns.items() if one.kind not in _NOT_FOR_ENGINES}


def _kept_out(body: bytes, url: str) -> str:
    """The first search engine that may not fetch a URL; empty when all may."""
    return next((engine for engine in ENGINES if body and not robots.allowed(body, engine, url)), "")


def _finding(page: str, target: str, slug: str, detail: str) -> Finding:
    return Finding(
        audit=META.id, page=page, target=target, slug=slug, data={"detail": detail[:80]}, excerpt=detail[:200]
    )
