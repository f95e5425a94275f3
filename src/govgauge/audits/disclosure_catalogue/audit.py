"""disclosure-catalogue: no catalogue of what is disclosed, or a catalogue table without its elements.

The elements are asked of a catalogue that is shown as a table with labelled columns. A label that stands on the pages
of the items instead counts as given. A column of disclosure that is not called a catalogue is one where it gives its
items an index or a table; a plain list of news is none.
"""

import re
from collections.abc import Sequence
from itertools import islice

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_view import descendants
from govgauge.audits.entrances import Wanted, find
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, judged, not_observable, passed
from govgauge.audits.worth import by_share
from govgauge.gather import urls
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """政府信息公开条例 第十二条: the catalogue holds index, name, summary and day of each item."""

    elements: tuple[str, ...] = ("index", "name", "summary", "date")
    pages_looked_at: int = 30
    """Pages of items on which a label may stand instead of in the table."""


META = Meta(
    id="disclosure-catalogue",
    version=2,
    group=Group.DISCLOSURE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "links", "articles", "html_of"),
    params=Params,
    source="政府信息公开条例 第十二条",
)
WANTED = {
    "catalogue": Wanted(
        lazy_re.compile(r"公开(?:基本|标准|事项|标准化)?目录|主动公开"), frozenset({ColumnKind.CATALOGUE})
    ),
    "disclosure": Wanted(
        lazy_re.compile(r"公开内容|(?:政府|政务)?信息公开(?:专栏|平台)?$|^政务公开$"),
        frozenset({ColumnKind.DISCLOSURE}),
    ),
}
"""Catalogues by name, and what may be one without the name."""
_LOADED = lazy_re.compile(
    r"<i?frame\b|ztree|dtree|treeview|\.ajax\s*\(|getJSON|\$\.(?:post|get)\s*\(|v-for|ng-repeat", re.IGNORECASE
)
"""Signs of a page that fetches its catalogue."""
_GAP = r"(?:\s|&nbsp;|&emsp;|&ensp;|\u3000)*"
LABELS = {
    "index": (f"索{_GAP}引{_GAP}号|索取号|信息索引|目录编号", "索引号"),
    "name": (f"名{_GAP}称|标{_GAP}题|公开事项|信息名称|事项名称", "名称"),
    "summary": (f"内{_GAP}容{_GAP}概{_GAP}述|内容描述|内容摘要|公开内容|概{_GAP}述|摘{_GAP}要", "内容概述"),
    "date": (f"(?:生成|发布|成文|发文|公开|产生|更新){_GAP}(?:日期|时间)|公开时限|日{_GAP}期", "生成日期"),
}
"""Element id → words of its label (regular expression), its name on screen."""
FEWEST_LABELS = 2
_INDEX = lazy_re.compile(LABELS["index"][0])
_PLAIN = "plain"
"""Said of a column of disclosure that lists its items like news."""
_HEAD_ROW = lazy_re.compile(r"<(?:tr|thead|dl|ul)\b[^>]*>(.{0,2500}?)</(?:tr|thead|dl|ul)>", re.DOTALL | re.IGNORECASE)
_CELL = lazy_re.compile(
    r"<(?:th|td|dt|dd|li|span)\b[^>]*>((?:(?!<(?:th|td|dt|dd|li|a)\b).){0,120}?)</(?:th|td|dt|dd|li|span)>",
    re.DOTALL | re.IGNORECASE,
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，信息公开目录无从检查。")
    found = find(site, WANTED)
    entrance = found.get("catalogue") or found.get("disclosure")
    if entrance is None:
        return _missing(site)
    if urls.host(entrance.url) != site.facts.host:
        return passed(META, {"catalogue": entrance.url})
    if "catalogue" not in found and (reason := _is_no_catalogue(site, entrance.url, params)):
        return not_observable(META, reason) if reason != _PLAIN else _missing(site)
    catalogues = [column for column in site.columns.values() if column.kind is ColumnKind.CATALOGUE]
    asked = [name for name in params.elements if name in LABELS]
    for column in catalogues:
        heads = head_labels(site.html_of(column.url))
        if len(heads) < FEWEST_LABELS:
            continue
        items = islice((item.url for item in column.items), params.pages_looked_at)
        elsewhere = " ".join(site.html_of(url) for url in items if url in site.pages)
        missing = [name for name in asked if name not in heads and not re.search(LABELS[name][0], elsewhere)]
        findings = [
            Finding(audit=META.id, page=column.url, target=name, slug="element", data={"name": LABELS[name][1]})
            for name in missing
        ]
        return judged(META, findings, value=by_share(len(missing), len(asked)), data={"catalogue": column.url})
    return passed(META, {"catalogue": entrance.url})


def _missing(site: Site) -> Result:
    if reason := blind_spot(site):
        return not_observable(META, reason)
    return failed(META, [Finding(audit=META.id, page=site.facts.home, target="catalogue", slug="catalogue")])


def _is_no_catalogue(site: Site, url: str, params: Params) -> str:
    """Why a column of disclosure is not, or not surely, a catalogue; empty where it is one."""
    top = site.columns.get(url)
    family = [top, *descendants(top, site.columns)] if top is not None else []
    disclosing = [column for column in site.columns.values() if column.kind is ColumnKind.DISCLOSURE]
    pages = list(dict.fromkeys([url, *(column.url for column in [*family, *disclosing])]))[: params.pages_looked_at]
    sources = [site.html_of(page) for page in pages]
    if any(len(head_labels(source)) >= FEWEST_LABELS for source in sources):
        return ""
    items = islice((item.url for column in [*family, *disclosing] for item in column.items), params.pages_looked_at)
    read = [page for page in items if page in site.pages]
    if any(_INDEX.search(source) for source in [*sources, *(site.html_of(page) for page in read)]):
        return ""
    page = site.pages.get(url)
    home = site.html_of(site.facts.home)
    loads = any(len(_LOADED.findall(source)) > len(_LOADED.findall(home)) for source in sources)
    if page is None or not page.exchange.ok or page.script_only or loads or not read:
        return "信息公开页面的内容由脚本、框架载入或未能读到，无法判断有没有公开目录。"
    return _PLAIN


def head_labels(html: str) -> set[str]:
    """Element ids whose labels head the columns of a table or list of the page; empty when there is no such head."""
    for row in _HEAD_ROW.finditer(html):
        cells = [re.sub(r"<[^>]+>|&\w+;|\s", "", cell) for cell in _CELL.findall(row.group(1))]
        found = {name for name, (words, _label) in LABELS.items() for cell in cells if re.fullmatch(words, cell)}
        if len(found) >= FEWEST_LABELS:
            return found
    return set()
