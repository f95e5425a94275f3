"""policy-library: no library of policies, one that is not classified, or one that is not kept current.

A dimension counts as offered when its words, or values of it, stand anywhere on the library page, in the names of its
sub-columns, or in the address of a filter. A library made by a script, or on another host, is not judged.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.entrances import Wanted, find
from govgauge.audits.sight import blind_spot
from govgauge.audits.verdict import failed, judged, not_observable, passed
from govgauge.audits.worth import by_share
from govgauge.gather import urls
from govgauge.outcomes import Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """2025 指标体系 政策发布: a library classified by date, validity, kind, level, theme and audience, kept current."""

    dimensions: tuple[str, ...] = ("date", "validity", "kind", "level", "theme", "audience")
    current_days: int = 183
    """国办秘函〔2019〕19号 V4: columns of notices and policies go stale after six months."""


META = Meta(
    id="policy-library",
    version=2,
    group=Group.DISCLOSURE,
    extent=Extent.PRESENCE,
    needs=("facts", "home", "pages", "targets", "columns", "links", "html_of"),
    params=Params,
    source="2025 指标体系 政策发布；国办秘函〔2019〕19号 V4",
)
WANTED = {
    "library": Wanted(
        lazy_re.compile(r"文件库|政策库|法规库|规章库|政策(?:文件|法规)|规范性文件|政府文件"),
        frozenset({ColumnKind.POLICY}),
    )
}
_LIBRARY = lazy_re.compile(r"文件库|政策库|法规库|政策汇编|库$")
_TEMPLATED = lazy_re.compile(r"v-for=|ng-repeat|\{\{", re.IGNORECASE)
_UNSHOWN = lazy_re.compile(
    r"<head\b.*?</head>|<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_FETCHED = lazy_re.compile(r"<iframe|axios|\.ajax\(|\$\.(?:get|post|getJSON)\(|fetch\(", re.IGNORECASE)
DIMENSIONS = {
    "date": (
        "日期",
        r"(?:成文|发布|发文|印发|公布|公开)(?:日期|时间)|按(?:时间|日期|年份|年度)|年份|年度|(?:19|20)\d{2}年|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}",
    ),
    "validity": ("有效性", r"有效性|时效|效力|现行有效|失效|废止|继续有效"),
    "kind": (
        "文种",
        r"文种|公文种类|文件类型|文件种类|体裁|规章|规范性文件|政府令|地方性法规|其他文件|政发|政办发|批复|通知公告|决定",
    ),
    "level": (
        "层级",
        r"层级|级别|国家(?:级|政策|层面|文件)|中央(?:文件|政策)|国务院文件|省级|市级|县级|区级|上级(?:文件|政策)|省(?:政府)?文件|本级|部委文件",
    ),
    "theme": ("主题", r"主题分类|按主题|主题|领域|行业|分类检索|财政金融|科技教育|卫生健康|社会保障|城乡建设|农业农村"),
    "audience": ("受众", r"服务对象|适用对象|受众|面向(?:对象|企业|个人|群体)|按对象|企业|个人|自然人|法人|人群|群体"),
}
"""Dimension id → its name on screen, the words by which a page offers it."""


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策文件库无从检查。")
    libraries = [column for column in site.columns.values() if column.kind is ColumnKind.POLICY]
    library = max(libraries, key=lambda column: _likeness(column, site), default=None)
    entrance = find(site, WANTED).get("library")
    if library is None:
        if entrance is not None and urls.host(entrance.url) != site.facts.host:
            return passed(META, {"library": entrance.url})
        reason = blind_spot(site) or ("政策文件库页面未能读取。" if entrance is not None else "")
        if reason:
            return not_observable(META, reason)
        return failed(META, [Finding(audit=META.id, page=site.facts.home, target="library", slug="library")])
    if not _is_site_wide(library, site) and not blind_spot(site):
        data = {"column": library.name or library.url}
        return failed(
            META, [Finding(audit=META.id, page=site.facts.home, target="library", slug="buried", data=dict(data))]
        )
    html = site.html_of(library.url)
    fetched = not library.items and _FETCHED.search(html)
    if not html or library.script_only or fetched or _TEMPLATED.search(html):
        return not_observable(META, "政策文件库由脚本生成，分类和更新情况无法判断。")
    family = [library, *(column for column in site.columns.values() if column.parent_url == library.url)]
    own = _own_pieces(html, site.html_of(site.facts.home))
    findings = [
        Finding(audit=META.id, page=library.url, target=name, slug="dimension", data={"name": DIMENSIONS[name][0]})
        for name in params.dimensions
        if name in DIMENSIONS and not _offers(name, own, family)
    ]
    findings += _stale(library, libraries, site.facts.as_of, params)
    asked = len(params.dimensions) + 1
    return judged(META, findings, value=by_share(len(findings), asked), data={"library": library.url})


def _likeness(column: Column, site: Site) -> tuple[bool, bool, int, int]:
    """A column called a library first, then one of the whole site, then the one with most sub-columns, the fullest."""
    return (
        _LIBRARY.search(column.name) is not None,
        _is_site_wide(column, site),
        len(column.sub_columns),
        column.item_count or len(column.items),
    )


def _is_site_wide(column: Column, site: Site) -> bool:
    """Whether a column is the site's, not that of one office in it: called a library, linked from the home page, or
    standing at the top or under the disclosure columns."""
    linked = site.home is not None and any(link.url == column.url for link in site.home.links)
    parent = site.columns.get(column.parent_url)
    near = parent is None or parent.kind in (
        ColumnKind.HOME,
        ColumnKind.DISCLOSURE,
        ColumnKind.CATALOGUE,
        ColumnKind.POLICY,
    )
    return linked or near or _LIBRARY.search(column.name) is not None


def _offers(dimension: str, own: list[str], family: list[Column]) -> bool:
    """Whether the library offers a dimension; `own` are the pieces of text that the page has beyond the template."""
    if dimension == "date" and any(item.date for column in family for item in column.items):
        return True
    words = re.compile(DIMENSIONS[dimension][1])
    titles = {item.title for column in family for item in column.items} if dimension != "date" else set()
    return any(words.search(piece) for piece in own if piece not in titles) or any(
        words.search(column.name) for column in family if column is not family[0] or dimension == "kind"
    )


def _own_pieces(html: str, home: str) -> list[str]:
    """The pieces of visible text that stand more often on a page than on the home page."""
    here, there = Counter(_pieces(html)), Counter(_pieces(home))
    return [piece for piece, count in here.items() if count > there[piece]]


def _pieces(html: str) -> list[str]:
    shown = _UNSHOWN.sub(" ", html)
    return [piece.strip() for piece in re.split(r"<[^>]*>", shown) if piece.strip()]


def _stale(library: Column, policies: list[Column], as_of: date, params: Params) -> list[Finding]:
    days = [column.newest for column in policies if column.newest is not None]
    if not days or any(column.script_only for column in policies):
        return []
    newest = max(days)
    if (as_of - newest).days <= params.current_days:
        return []
    return [
        Finding(audit=META.id, page=library.url, target="current", slug="current", data={"newest": newest.isoformat()})
    ]
