"""sitemap-mismatch: the page with the site map and the real columns differ.

Two faults: an entry of the map leads to a column that is gone, or a column of the main navigation is missing from the
map, by address and by name. A map that names hardly any of the columns is of another kind (made by a script, a map of
addresses) and is not judged.
"""

from collections.abc import Iterator, Sequence

import turbohtml
from msgspec import Struct

from govgauge.audits.addresses import place
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.foreign_hosts import Network
from govgauge.audits.home_links import home_links
from govgauge.audits.link_faults import fault
from govgauge.audits.other_bodies import of_other_bodies
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.gather import links, urls
from govgauge.gather.artifacts import LinkKind, Region
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind, PageKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site

TOOLS = frozenset({ColumnKind.HOME, ColumnKind.SITEMAP, ColumnKind.SEARCH, ColumnKind.ABOUT})
"""Kinds that a site map need not name."""

FEW_ENTRIES = 4
"""With fewer links in its main part, a page's parts were told apart wrongly, or it is no map."""


class Params(Base, frozen=True):
    """政府网站发展指引 (国办发〔2017〕47号), 网站地图. Without numbers in the document."""

    min_covered: float = 0.5
    """Share of the main columns that a map must name before missing ones count."""
    min_columns: int = 4
    """So many main columns must be known."""


META = Meta(
    id="sitemap-mismatch",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "home", "pages", "columns", "targets", "network", "links", "html_of"),
    params=Params,
    source="国办发〔2017〕47号 政府网站发展指引：网站地图",
)


class _Map(Struct, frozen=True):
    """The entries of one site map page: address and words of each link, and all its words run together."""

    url: str
    entries: tuple[tuple[str, str], ...]
    words: str


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok or site.home is None:
        return not_observable(META, "首页未能打开，无从检查。")
    others = of_other_bodies(site)
    pages = [
        url
        for url, page in site.pages.items()
        if page.kind is PageKind.SITEMAP and page.exchange.ok and url not in others
    ]
    if not pages and any(page.script_only and "地图" in page.title for page in site.pages.values()):
        return not_observable(META, "网站地图由脚本生成，本次检查没有运行脚本。")
    if not pages:
        return not_applicable(META, "没有发现网站地图页面。")
    if site.pages[pages[0]].script_only:
        return not_observable(META, "网站地图由脚本生成，本次检查没有运行脚本。")
    chart = _read(pages[0], site)
    main = list(_main_columns(site))
    if not chart.entries or len(main) < params.min_columns:
        return not_observable(META, "网站地图或主导航的栏目太少，无法比对。")
    missing = [(column, shown) for column, shown in main if not _is_named(column, shown, chart)]
    if len(missing) > (1 - params.min_covered) * len(main):
        return not_observable(META, "网站地图与主导航几乎没有共同栏目，不能确认它就是栏目地图。")
    findings = [*_dead(chart, site), *(_missing(column, shown, chart) for column, shown in missing)]
    facts: dict[str, Fact] = {"entries": len(chart.entries), "columns": len(main), "wrong": len(findings)}
    return judged(META, findings, value=1 - len(findings) / (len(chart.entries) + len(missing)), data=facts)


def _read(url: str, site: Site) -> _Map:
    """The links in the main part of the map page; all of them where its parts cannot be told apart."""
    html = site.html_of(url)
    found = [
        link
        for link in links.from_document(turbohtml.parse(html), html, url)
        if link.kind is LinkKind.A and link.text and urls.is_web(link.url)
    ]
    main = [link for link in found if link.region not in (Region.NAV, Region.FOOT)]
    shown = main if len(main) >= FEW_ENTRIES else found
    return _Map(
        url, tuple((link.url, link.text) for link in shown), "".join("".join(link.text.split()) for link in shown)
    )


def _main_columns(site: Site) -> Iterator[tuple[Column, str]]:
    """The columns of the home page's navigation that were seen and have content, each as the navigation names it."""
    nav: dict[str, str] = {}
    for link in home_links(site):
        if link.region is Region.NAV and link.kind is LinkKind.A and link.text:
            nav.setdefault(place(link.url), link.text)
    for column in site.columns.values():
        shown = nav.get(place(column.url), "")
        if shown and (column.items or column.sub_columns) and column.kind not in TOOLS and column.name:
            yield column, shown


def _is_named(column: Column, shown: str, chart: _Map) -> bool:
    """Whether the map names a column by its address, by its own name or by the navigation's."""
    here = place(column.url)
    named = any("".join(name.split()) in chart.words for name in (column.name, shown))
    return named or any(place(target) == here for target, _ in chart.entries)


def _dead(chart: _Map, site: Site) -> Iterator[Finding]:
    """Entries of the map whose page is gone, once for each address; the links of the home page's frame are left out."""
    network = Network(site.facts.home, site.network, site.targets.values())
    framed = {link.url for link in home_links(site)}
    for target, text in dict(reversed(chart.entries)).items():
        known = site.targets.get(target)
        if known is None or target in framed or not urls.is_same_site(target, site.facts.home):
            continue
        if fault(known, network):
            yield Finding(
                audit=META.id, page=chart.url, target=target, slug="gone", data={"column": text[:40]}, source=target
            )


def _missing(column: Column, shown: str, chart: _Map) -> Finding:
    return Finding(audit=META.id, page=chart.url, target=column.url, slug="missing", data={"column": shown[:40]})
