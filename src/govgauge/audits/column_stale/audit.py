"""column-stale: the newest item of a column is older than the window of its kind.

A column that only leads to others is judged through them. Closed chapters (topics, terms of office, past years) are
not expected to grow. What was not fully seen is not judged.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.audits.addresses import folder, place
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_view import (
    descendants,
    has_undated_unseen,
    is_closed_chapter,
    newest_is_certain,
    only_repeats_children,
    unique_columns,
)
from govgauge.audits.dating import newest_of
from govgauge.audits.other_bodies import of_other_bodies
from govgauge.audits.unread_columns import unread_columns
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.windows import SPAN_OF, Span, Windows
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.document_dates import ARABIC
from govgauge.structure.model import Column
from govgauge.structure.site import Site

STANDING = lazy_re.compile(r"制度|章程|职责|职能|公约|守则|权责|权力|目录|指南|清单")
"""Words of names of columns that hold standing texts, whatever kind their other words suggest (规章制度)."""


class Params(Base, frozen=True):
    """Windows by class of column.

    国办秘函〔2019〕19号: news 2 weeks, notices and policies 6 months; 国办发〔2015〕15号: personnel and plans 1 year.
    What is published once a year by 31 March (budgets, annual reports) gets 15 months.
    """

    news_days: int = 14
    """要闻动态: days; the bound itself is fresh."""
    notice_months: int = 6
    """通知公告、政策文件: months."""
    yearly_months: int = 12
    """人事信息、规划计划: months."""
    annual_months: int = 15
    """Budgets and annual reports: months."""
    min_undated: int = 2
    """Items without any date that a column must have before it counts as not updated for that reason."""


META = Meta(
    id="column-stale",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "home", "columns", "articles", "targets", "pages", "text_of", "links", "uses"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：栏目不更新；国办发〔2015〕15号 普查评分表：基本信息更新情况",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，栏目无从检查。")
    windows = Windows(params.news_days, params.notice_months, params.yearly_months, params.annual_months)
    others = of_other_bodies(site)
    candidates = [
        column
        for column in unique_columns(site.columns.values())
        if column.kind in SPAN_OF and column.url not in others
    ]
    findings: list[Finding] = []
    spans: Counter[str] = Counter()
    seen = 0
    unread = unread_columns(site) if candidates else {}
    for column in candidates:
        if _is_passed_over(column, site) or _may_have_fresh_parts(column, unread):
            continue
        verdict = _newest(column, site, params)
        if verdict is None:
            continue
        seen += 1
        newest, slug = verdict
        span = SPAN_OF[column.kind]
        opens = windows.opens(span, site.facts.as_of)
        if newest is not None and newest >= opens:
            continue
        spans[span] += 1
        findings.append(_finding(column, _listed(column, newest, site.facts.as_of), slug, opens, site.facts.as_of))
    if not seen:
        if candidates:
            return not_observable(META, "栏目内容由脚本生成、未完整取得或没有可识别的日期，无法判断是否更新。")
        return not_applicable(META, "没有发现有更新期限要求的栏目。")
    facts: dict[str, Fact] = {"judged": seen, "stale": len(findings), **{span.value: spans[span] for span in Span}}
    return judged(META, findings, value=by_share(len(findings), seen), data=facts)


def aged_by_their_lists(site: Site) -> frozenset[str]:
    """URLs of the columns whose own first page tells how old their newest item is: nothing below them that may be
    newer, no closed chapter, no second name of another one, no page of another body. Reads no text of pages.
    """
    others = of_other_bodies(site)
    return frozenset(
        column.url
        for column in unique_columns(site.columns.values())
        if column.kind in SPAN_OF
        and column.url not in others
        and not column.sub_columns
        and not _is_passed_over(column, site)
        and newest_of(column, site.articles, site.facts.as_of) is not None
        and newest_is_certain(column)
        and not has_undated_unseen(column, site.articles)
    )


def _is_passed_over(column: Column, site: Site) -> bool:
    if (
        column.script_only
        or not column.items
        or STANDING.search(column.name)
        or is_closed_chapter(column, site.columns)
    ):
        return True
    return only_repeats_children(column, site.columns)


def _may_have_fresh_parts(column: Column, unread: Mapping[str, list[str]]) -> bool:
    """Whether a column below this one was not read: its items may be newer."""
    here = place(column.url).partition("?")[0]
    below = (folder(column.url) if "." in here.rpartition("/")[2] else here) + "/"
    return any(place(url).startswith(below) and column.url in pages for url, pages in unread.items())


def _newest(column: Column, site: Site, params: Params) -> tuple[date | None, str] | None:
    """The newest date and the slug that goes with it; None where it is not certain."""
    as_of = site.facts.as_of
    family = [column, *descendants(column, site.columns)]
    days = [day for member in family if (day := newest_of(member, site.articles, as_of))]
    if days:
        certain = newest_is_certain(column) and not has_undated_unseen(column, site.articles)
        hidden = any(member.script_only for member in family)
        return (max(days), "stale") if certain and not hidden else None
    if len(column.items) < params.min_undated or not column.complete or len(family) > 1:
        return None
    return (None, "undated") if all(_says_no_date(item.url, site) for item in column.items) else None


def _listed(column: Column, newest: date | None, as_of: date) -> date | None:
    """The newest date that readers see in the list; `newest` (which counts hidden dates too) where it shows none."""
    return column.newest if column.newest is not None and column.newest <= as_of else newest


def _says_no_date(url: str, site: Site) -> bool:
    """Whether an article was read and shows no date at all, not even in its text."""
    facts = site.articles.get(url)
    if facts is None:
        return False
    article = facts.article
    if article.published or article.meta_date or article.url_date or article.dateline or article.published_text:
        return False
    return not ARABIC.search(site.text_of(url))


def _finding(column: Column, newest: date | None, slug: str, opens: date, as_of: date) -> Finding:
    shown = newest.isoformat() if newest else ""
    return Finding(
        audit=META.id,
        page=column.url,
        target=shown,
        slug=slug,
        data={
            "column": column.name or column.url,
            "kind": SPAN_OF[column.kind].value,
            "newest": shown,
            "days": (as_of - newest).days if newest else 0,
            "since": opens.isoformat(),
            "items": column.item_count or len(column.items),
        },
    )
