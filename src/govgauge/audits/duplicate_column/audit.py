"""duplicate-column: two columns of the same name under one parent, or of the same content.

No doubles are: a column under two spellings of its address, its edition for phones, a parent that shows the list of
its first child, columns of one name under different parents (every office has its 通知公告), and a list that a
template repeats on many pages. Whether it does, only the whole family tells: beside columns that were not read, nothing
is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from govgauge import lazy_re
from govgauge.audits.addresses import folder, place
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_view import ancestors, entry
from govgauge.audits.home_links import home_links
from govgauge.audits.unread_columns import holders_of, unread_columns
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site

OTHER_EDITION = lazy_re.compile(
    r"(?:^|[./])(?:m|wap|mobile|3g|h5|en|english|old|elder|wza|big5|print)(?=[./])", re.IGNORECASE
)
"""Parts of an address that name an edition for other devices or readers."""

NO_NAMES = lazy_re.compile(
    r"更多|more|首页|返回|上一页|下一页|尾页|末页|详情|查看|进入|全部|其他|其它|>+|»|[\d.]*", re.IGNORECASE
)
"""What stands on links without naming a column."""


class Params(Base, frozen=True):
    """年度评估: 栏目重复设置. No document states numbers."""

    min_items: int = 5
    """Items that two columns must both list before the same list counts as the same content."""
    template_columns: int = 3
    """What so many columns share (a list, a name under one parent) comes from their template."""
    shared: float = 0.5
    """Share of common items from which two columns of one name directly under the home page are one."""


META = Meta(
    id="duplicate-column",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "home", "columns", "pages", "targets", "links", "uses"),
    params=Params,
    source="年度评估：栏目重复设置；国办发〔2017〕47号：栏目规划",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，栏目无从检查。")
    columns = [column for column in site.columns.values() if _is_judged(column, site)]
    if not columns:
        return not_applicable(META, "没有发现栏目。")
    found: dict[str, Finding] = {}
    partly_read = holders_of(unread_columns(site))
    left_open = False
    for first, second, slug in [*_same_content(columns, site, params), *_same_name(columns, site, params)]:
        family = (site.facts.home, first.url, second.url, first.parent_url, second.parent_url)
        if partly_read.intersection(map(place, family)):
            left_open = True
        else:
            found.setdefault(second.url, _finding(first, second, slug, site))
    if left_open and not found:
        return not_observable(META, "有些栏目看似重复，但同级栏目没有全部读到，不能断定。")
    order = {column.url: number for number, column in enumerate(columns)}
    findings = sorted(found.values(), key=lambda finding: order[finding.page])
    facts: dict[str, Fact] = {"judged": len(columns), "doubles": len(findings)}
    return judged(META, findings, value=by_share(len(findings), len(columns)), data=facts)


def _is_judged(column: Column, site: Site) -> bool:
    page = site.pages.get(column.url)
    if page is None or not page.exchange.ok or page.soft_error or column.kind is ColumnKind.HOME:
        return False
    return bool(column.items) and not column.script_only and not NO_NAMES.fullmatch(column.name.strip())


def _same_content(columns: Sequence[Column], site: Site, params: Params) -> Iterator[tuple[Column, Column, str]]:
    """Columns that list exactly the same items, in the same order, on all their pages."""
    by_list: dict[tuple[str, ...], list[Column]] = defaultdict(list)
    for column in columns:
        if len(column.items) >= params.min_items:
            by_list[tuple(entry(item) for item in column.items)].append(column)
    for group in by_list.values():
        if len({place(column.url) for column in group}) >= params.template_columns:
            continue
        for first, second in _pairs(group, site):
            if first.item_count == second.item_count and _stand_side_by_side(first, second, site):
                yield first, second, "same-content"


def _same_name(columns: Sequence[Column], site: Site, params: Params) -> Iterator[tuple[Column, Column, str]]:
    by_name: dict[tuple[str, str], list[Column]] = defaultdict(list)
    for column in columns:
        by_name[_named(column), _parent(column, site)].append(column)
    for (name, parent), group in by_name.items():
        if not name or not parent or len({place(column.url) for column in group}) >= params.template_columns:
            continue
        for first, second in _pairs(group, site):
            near = folder(first.url) == folder(second.url) or _common(first, second) >= params.shared
            if near if parent == place(site.facts.home) else True:
                yield first, second, "same-name"


def _pairs(group: Sequence[Column], site: Site) -> Iterator[tuple[Column, Column]]:
    """Each later column of a group with the first that is really another one."""
    kept: list[Column] = []
    for column in group:
        first = next((first for first in kept if not _is_one(first, column, site)), None)
        if first is not None and not any(_is_one(other, column, site) for other in kept):
            yield first, column
        kept.append(column)


def _is_one(first: Column, second: Column, site: Site) -> bool:
    """Two addresses of one column: spellings, redirects, paging, editions, or a parent with its child."""
    if place(first.url) == place(second.url) or first.url in second.pages or second.url in first.pages:
        return True
    one, other = site.pages[first.url].exchange, site.pages[second.url].exchange
    if place(one.final_url or first.url) == place(other.final_url or second.url):
        return True
    if one.sha256 and one.sha256 == other.sha256:
        return place(first.url).rpartition("/")[2] == place(second.url).rpartition("/")[2]
    if _edition(first.url) != _edition(second.url):
        return True
    family = [*ancestors(first, site.columns), *ancestors(second, site.columns)]
    line = any(member.url in (first.url, second.url) for member in family)
    return line or second.url in first.sub_columns or first.url in second.sub_columns


def _stand_side_by_side(first: Column, second: Column, site: Site) -> bool:
    """Whether two columns are surely not parent and child: under one parent, or both offered by the home page."""
    if first.parent_url and first.parent_url == second.parent_url:
        return True
    offered = {place(link.url) for link in home_links(site)}
    return place(first.url) in offered and place(second.url) in offered


def _edition(url: str) -> str:
    parts = urlsplit(url)
    match = OTHER_EDITION.search(f"{parts.netloc}{parts.path}")
    return match.group() if match else ""


def _parent(column: Column, site: Site) -> str:
    return place(column.parent_url) if column.parent_url in site.columns or column.parent_url == site.facts.home else ""


def _common(first: Column, second: Column) -> float:
    one, other = {entry(item) for item in first.items}, {entry(item) for item in second.items}
    return len(one & other) / min(len(one), len(other))


def _named(column: Column) -> str:
    return "".join(column.name.split()).strip("【】[]·•>»")


def _finding(first: Column, second: Column, slug: str, site: Site) -> Finding:
    parent = site.columns.get(second.parent_url)
    return Finding(
        audit=META.id,
        page=second.url,
        target=first.url,
        slug=slug,
        data={
            "column": second.name or second.url,
            "first": first.name or first.url,
            "parent": parent.name if parent and parent.name else "首页",
        },
    )
