"""column-empty: a column that lists no item and shows nothing else either.

The judgement is by contrast: an empty column holds no link, no text, no form, picture, frame or file that other pages
of the site do not hold as well (all that stands on many pages is template). A column whose content may be fetched by
a script of its own is not judged.
"""

import re
from collections.abc import Iterator, Sequence

from govgauge import lazy_re
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_view import unique_columns
from govgauge.audits.other_bodies import of_other_bodies
from govgauge.audits.own_content import OwnContent, own_content
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.gather import urls
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind, PageKind
from govgauge.structure.model import Column
from govgauge.structure.script_made import is_empty_shell
from govgauge.structure.site import Site

NOT_LISTS = frozenset({ColumnKind.HOME, ColumnKind.SEARCH, ColumnKind.SITEMAP, ColumnKind.ABOUT, ColumnKind.REQUEST})
"""Kinds that are tools or single pages: they need no items."""

TRAIL = lazy_re.compile(r"位置\s*[:：]|位置是|首页\s*[>＞»/→-]")
"""A line that says where the page stands."""

SAYS_NOTHING = lazy_re.compile(
    r"首\s?页|第一页|[上下][一1]?页|[末尾]页|最后一页|转到?|跳转|共\s*\d*\s*[条页篇]?(?:记录)?|当前|第\s*\d*|页次?|每页|条|GO|"
    r"(?:暂时?|目前)?(?:没有|无|未)(?:找到)?(?:任何|相关|符合条件的)*(?:信息|数据|内容|记录|文章|资料|结果)?|(?:栏目|页面|内容)?(?:正在)?"
    r"(?:建设|更新|完善|整理)中|敬请(?:期待|关注)|发布时间|标题|序号|日期|抱歉|对不起",
    re.IGNORECASE,
)
"""Paging, heads of lists, and the ways to say that nothing is there."""

WORD = lazy_re.compile(r"\w")


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号, 空白栏目: a column that never had content."""

    most_own_chars: int = 20
    """Characters that an empty page may show beside its name, its trail, its paging and 暂无信息 and the like."""
    most_article_chars: int = 80
    """Text up to which a page with the address of a column, taken for an article, may be an empty column."""


META = Meta(
    id="column-empty",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "home", "columns", "articles", "pages", "targets", "html_of"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：空白栏目",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，栏目无从检查。")
    others = of_other_bodies(site)
    known = [*site.columns.values(), *([] if site.facts.budget_exhausted else _unlisted(site, params))]
    columns = unique_columns(column for column in known if column.kind not in NOT_LISTS and column.url not in others)
    if not columns:
        return not_applicable(META, "没有发现栏目。")
    seen = [column for column in columns if _was_seen(column, site)]
    if not seen:
        return not_observable(META, "栏目页均未能取得或由脚本生成，无法判断是否有内容。")
    findings = [_finding(column) for column in without_content(seen, columns, site, params)]
    facts: dict[str, Fact] = {"judged": len(seen), "empty": len(findings)}
    return judged(META, findings, value=by_share(len(findings), len(seen)), data=facts)


def without_content(seen: Sequence[Column], columns: Sequence[Column], site: Site, params: Params) -> list[Column]:
    """Those of the columns seen that hold nothing of their own. `columns` are all, for comparison."""
    bare = [column for column in seen if _looks_bare(column) and _was_seen(column, site)]
    filled, others = _contrast(bare, columns, site) if bare else ([], [])
    return [
        column for column in bare if _is_empty(column, own_content(site.html_of(column.url), filled, others), params)
    ]


def _unlisted(site: Site, params: Params) -> Iterator[Column]:
    """Pages with the address of a column that hold so little that they were taken for short articles.

    Only a complete visit tells that no list holds such a page.
    """
    forms = {urls.template(column.url) for column in site.columns.values() if column.items}
    for url, page in site.pages.items():
        if url in site.columns or page.kind not in (PageKind.ARTICLE, PageKind.COLUMN, PageKind.OTHER):
            continue
        article = site.articles.get(url)
        short = article is None or (article.article.text_chars <= params.most_article_chars and not article.list_title)
        if short and urls.template(url) in forms and urls.template(url) != url and page.column_url != url:
            yield Column(url=url, name=page.heading or page.title, kind=ColumnKind.OTHER)


def _was_seen(column: Column, site: Site) -> bool:
    page, target = site.pages.get(column.url), site.targets.get(column.url)
    if page is None or page.soft_error or not page.exchange.ok or page.kind is PageKind.FRAME:
        return False
    if target is not None and target.soft_error:
        return False
    return not is_empty_shell(site.html_of(column.url), page.text_chars)


def _looks_bare(column: Column) -> bool:
    return not column.items and not column.sub_columns and not column.item_count


def _contrast(bare: Sequence[Column], columns: Sequence[Column], site: Site) -> tuple[list[str], list[str]]:
    """Sources of some pages with content, the home page first, and of some of the bare ones."""
    lists = [column.url for column in columns if column.items]
    articles = [url for url, page in site.pages.items() if page.kind is PageKind.ARTICLE]
    full = dict.fromkeys([site.facts.home, *lists[:8], *articles[:4]])
    return [html for url in full if (html := site.html_of(url))], [site.html_of(column.url) for column in bare[:8]]


def _is_empty(column: Column, own: OwnContent | None, params: Params) -> bool:
    if own is None or own.things:
        return False
    words = "".join(SAYS_NOTHING.sub("", line) for line in own.lines if not TRAIL.search(line))
    left = WORD.findall(words.replace(column.name, "") if column.name else words)
    return len(left) <= params.most_own_chars


def _finding(column: Column) -> Finding:
    return Finding(audit=META.id, page=column.url, slug="empty", data={"column": column.name or column.url})
