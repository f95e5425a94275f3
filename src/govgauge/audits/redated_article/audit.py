"""redated-article: an old article is shown under a new date.

Three signs: the date in its URL lies far before the date shown; the file was last changed before the date shown;
the same text was published in the same column long ago. Only in this direction: an article imported from an older
system has a URL newer than its date, and a page repaired later has a file newer than its date. Living documents
(directories, guides, duties) are dated anew when they change. What is the rule in a column comes from its system.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from govgauge import lazy_re
from govgauge.audits.addresses import is_same_page
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.dating import shown_words
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ArticleFacts
from govgauge.structure.site import Site

LIVING = frozenset(
    {
        ColumnKind.LEADERSHIP,
        ColumnKind.INSTITUTIONS,
        ColumnKind.ABOUT,
        ColumnKind.GUIDES,
        ColumnKind.SERVICES,
        ColumnKind.DISCLOSURE_GUIDE,
        ColumnKind.DISCLOSURE_SYSTEM,
        ColumnKind.CATALOGUE,
        ColumnKind.REQUEST,
        ColumnKind.OPEN_DATA,
        ColumnKind.MAILBOX,
        ColumnKind.CONSULTATION,
    }
)
"""Kinds whose pages are kept up in place."""

LIVING_TITLE = lazy_re.compile(
    r"目录|清单|指南|名录|一览表|名单|简介|简历|概况|职责|职能|通讯录|联系方式|电话|地图|章程|流程图|台账|动态更新|更新至|须知|汇总|设置"
)
"""Words of titles of documents that are kept up in place."""

WEB_BEGAN = date(1995, 1, 1)
"""No page was written before: an earlier time is that of an unset clock (1970, 1980)."""


class Params(Base, frozen=True):
    """国办秘函〔2019〕19号 (伪造发文日期). No document states numbers: wide enough for drafts and repairs."""

    url_days: int = 60
    """Days by which the date in the URL must lie before the date shown: drafts wait for weeks, not for months."""
    file_days: int = 7
    """Days by which the file's last change must lie before the date shown."""
    text_days: int = 180
    """Days by which the same text must have been published earlier in the same column."""
    text_chars: int = 150
    """Characters of main text below which texts are not compared."""
    habit_share: float = 0.5
    """From this share of a column's articles on, the sign is its system's habit and says nothing."""
    habit_from: int = 4
    """A habit needs so many articles."""
    same_file_time: int = 3
    """So many files of one and the same last change were copied together: their time says nothing."""


META = Meta(
    id="redated-article",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "articles", "columns"),
    params=Params,
    source="国办秘函〔2019〕19号 单项否决：伪造发文日期",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，文章无从检查。")
    if not site.articles:
        return not_applicable(META, "没有发现文章。")
    shown = {
        url: facts
        for url, facts in site.articles.items()
        if facts.article.published is not None and facts.article.published <= site.facts.as_of
    }
    if not shown:
        return not_observable(META, "文章页面没有可以识别的发布日期。")
    judgeable = {url: facts for url, facts in shown.items() if not _is_living(facts, site)}
    found: dict[str, Finding] = {}
    for finding in [*_by_url(judgeable, params), *_by_file(judgeable, params), *_by_text(judgeable, params)]:
        found.setdefault(finding.page, finding)
    findings = [found[url] for url in judgeable if url in found]
    facts_said: dict[str, Fact] = {"judged": len(shown), "redated": len(findings)}
    return judged(META, findings, value=by_share(len(findings), len(shown)), data=facts_said)


def _is_living(facts: ArticleFacts, site: Site) -> bool:
    column = site.columns.get(facts.column_url)
    return (column is not None and column.kind in LIVING) or bool(LIVING_TITLE.search(facts.article.title))


def _by_url(articles: dict[str, ArticleFacts], params: Params) -> Iterator[Finding]:
    gap = timedelta(days=params.url_days)
    signs = {
        url: facts.article.url_date
        for url, facts in articles.items()
        if facts.article.url_date is not None and _published(facts) - facts.article.url_date > gap
    }
    dated = {url: facts for url, facts in articles.items() if facts.article.url_date is not None}
    for url, day in _without_habits(signs, dated, params):
        dateline = articles[url].article.dateline
        if dateline is None or _published(articles[url]) - dateline > gap:
            yield _finding(url, articles[url], "url-date", day)


def _by_file(articles: dict[str, ArticleFacts], params: Params) -> Iterator[Finding]:
    gap = timedelta(days=params.file_days)
    together = Counter(facts.last_modified for facts in articles.values())
    signs = {
        url: facts.last_modified
        for url, facts in articles.items()
        if facts.last_modified is not None
        and facts.last_modified >= WEB_BEGAN
        and _published(facts) - facts.last_modified > gap
        and together[facts.last_modified] < params.same_file_time
    }
    dated = {url: facts for url, facts in articles.items() if facts.last_modified is not None}
    for url, day in _without_habits(signs, dated, params):
        yield _finding(url, articles[url], "file-date", day)


def _by_text(articles: dict[str, ArticleFacts], params: Params) -> Iterator[Finding]:
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for url, facts in articles.items():
        if facts.article.text_hash and facts.article.text_chars >= params.text_chars:
            title = "".join(facts.article.title.split())
            groups[facts.column_url, title, facts.article.text_hash].append(url)
    for group in groups.values():
        first, *later = sorted(group, key=lambda url: _published(articles[url]))
        for url in later:
            day = _published(articles[first])
            if (_published(articles[url]) - day).days > params.text_days and not is_same_page(first, url):
                yield _finding(url, articles[url], "text-before", day, first)


def _without_habits(
    signs: dict[str, date], dated: dict[str, ArticleFacts], params: Params
) -> Iterator[tuple[str, date]]:
    """The signs, without those of columns and of folders where most of the articles show them."""
    sizes = Counter(facts.column_url for facts in dated.values())
    numbers = Counter(dated[url].column_url for url in signs)
    whole = len(dated) >= params.habit_from and len(signs) >= params.habit_share * len(dated)
    for url, day in signs.items():
        column = dated[url].column_url
        habit = sizes[column] >= params.habit_from and numbers[column] >= params.habit_share * sizes[column]
        if not habit and not whole:
            yield url, day


def _published(facts: ArticleFacts) -> date:
    return facts.article.published or date.min


def _finding(url: str, facts: ArticleFacts, slug: str, day: date, first: str = "") -> Finding:
    published = _published(facts)
    return Finding(
        audit=META.id,
        page=url,
        target=shown_words(facts.article),
        slug=slug,
        data={
            "title": facts.article.title or facts.list_title,
            "shown": published.isoformat(),
            "earlier": day.isoformat(),
            "days": (published - day).days,
            "first": first,
        },
        excerpt=facts.article.published_text,
    )
