"""old-news-kept: articles of news columns that are older than five years and still served.

An article's date is the newest of what its page and its list show, so that one slip of the pen accuses nobody.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_view import is_closed_chapter
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.windows import months_before
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ArticleFacts
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办发〔2017〕47号 (信息归档): news is filed away after some years; the assessment takes five."""

    years: int = 5
    """Age above which a news item should have been filed away; exactly so old is not too old."""
    most_per_column: int = 200
    """Findings kept for one column; the others are counted in the result."""


META = Meta(
    id="old-news-kept",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "columns", "articles"),
    params=Params,
    source="国办发〔2017〕47号 政府网站发展指引：信息归档；年度评估指标：长期未清理的新闻类信息",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，无从检查。")
    news = {url for url, column in site.columns.items() if column.kind is ColumnKind.NEWS and not _is_kept(url, site)}
    if not news:
        return not_applicable(META, "没有发现新闻类栏目。")
    limit = months_before(site.facts.as_of, 12 * params.years)
    dated = [
        (url, facts, day) for url, facts in site.articles.items() if facts.column_url in news and (day := _date(facts))
    ]
    if not dated:
        return not_observable(META, "新闻类栏目的文章均未取得，或没有可识别的日期。")
    old = [entry for entry in dated if entry[2] < limit]
    kept: Counter[str] = Counter()
    findings = []
    for url, facts, day in old:
        kept[facts.column_url] += 1
        if kept[facts.column_url] <= params.most_per_column:
            findings.append(_finding(url, facts, day, site, params))
    facts_said: dict[str, Fact] = {"judged": len(dated), "old": len(old), "untold": len(old) - len(findings)}
    return judged(META, findings, value=by_share(len(old), len(dated)), data=facts_said)


def _is_kept(url: str, site: Site) -> bool:
    """Topics, terms of office and archives are kept on purpose."""
    return is_closed_chapter(site.columns[url], site.columns)


def _date(facts: ArticleFacts) -> date | None:
    shown = [day for day in (facts.article.published, facts.list_date) if day is not None]
    return max(shown, default=None)


def _finding(url: str, facts: ArticleFacts, day: date, site: Site, params: Params) -> Finding:
    column = site.columns[facts.column_url]
    return Finding(
        audit=META.id,
        page=url,
        target=day.isoformat(),
        slug="old",
        data={
            "title": facts.article.title or facts.list_title,
            "column": column.name or column.url,
            "date": day.isoformat(),
            "years": params.years,
        },
        excerpt=facts.article.published_text,
    )
