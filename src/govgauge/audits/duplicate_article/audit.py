"""duplicate-article: the same article stands twice in one column.

Same means: same title, and the same text to the last number. Periodic notices differ in their numbers, picture pages
and forms have too little text to compare, one page under two addresses is one page (also where a page itself names
another address as its own: views of a list, tabs), and a copy in another column is no fault.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from govgauge import lazy_re
from govgauge.audits.addresses import is_same_page, place, undated_folder
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.dating import shown_date
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.model import Article, ArticleFacts
from govgauge.structure.site import Site

NOISE = lazy_re.compile(r"[\s，。、；：？！“”‘’（）()《》〈〉【】\[\]\-—–_·.,;:?!\"'/|]+")
DIGITS = lazy_re.compile(r"\d+")

Said = tuple[str, tuple[str, ...]]
"""Letters and numbers of a text."""

LARGE_GROUP = 200
"""Articles of one title (公示, 通知) in one column up to which every pair is compared."""


class Params(Base, frozen=True):
    """When two articles are one. No document states numbers: a form or a caption must not be taken for a text."""

    min_chars: int = 60
    """Characters of main text below which texts are not compared."""
    near_share: float = 0.05
    """Share by which the lengths of two texts may differ for them to be compared letter by letter: their marks."""
    near_chars: int = 300
    """Characters that a text which is not identical must have."""


META = Meta(
    id="duplicate-article",
    version=3,
    group=Group.UPKEEP,
    needs=("facts", "articles", "columns", "text_of"),
    params=Params,
    source="年度评估：信息重复发布；国办发〔2017〕47号：信息发布审核",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，文章无从检查。")
    if not site.articles:
        return not_applicable(META, "没有发现文章。")
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    judged_count = 0
    for url, facts in site.articles.items():
        if facts.column_url and facts.article.text_hash and facts.article.text_chars >= params.min_chars:
            judged_count += 1
            by_title[facts.column_url, _folded(facts.article.title or facts.list_title)].append(url)
    if not judged_count:
        return not_observable(META, "文章正文均过短，不能比较是否重复。")
    findings = [
        finding
        for (_, title), whole in by_title.items()
        for group in _comparable(whole, site)
        if title and len(group) > 1
        for finding in _among(group, site, params)
    ]
    order = {url: number for number, url in enumerate(site.articles)}
    findings.sort(key=lambda finding: order[finding.page])
    facts_said: dict[str, Fact] = {"judged": judged_count, "duplicates": len(findings)}
    return judged(META, findings, value=by_share(len(findings), judged_count), data=facts_said)


def _comparable(group: list[str], site: Site) -> list[list[str]]:
    """The group itself, or where it is so large that not all pairs can be compared, those of identical texts."""
    if len(group) <= LARGE_GROUP:
        return [group]
    by_text: dict[str, list[str]] = defaultdict(list)
    for url in group:
        by_text[site.articles[url].article.text_hash].append(url)
    return [members[:LARGE_GROUP] for members in by_text.values()]


def _among(group: list[str], site: Site, params: Params) -> Iterator[Finding]:
    """Findings for articles of one title in one column; each later one is said once, against the earliest."""
    firsts: list[str] = []
    folders: dict[str, str] = {}
    says = cache(lambda url: _said(site.text_of(url)))
    for url in sorted(group, key=lambda url: _age(url, site.articles[url])):
        if any(is_same_page(url, first) or _own(url, site) == _own(first, site) for first in firsts):
            continue
        folder = undated_folder(url)
        near = [first for first in firsts if folders[first] == folder]
        first = next((first for first in near if _is_same(first, url, site, params, says)), None)
        if first is None:
            firsts.append(url)
            folders[url] = folder
        else:
            yield _finding(first, url, site)


def _own(url: str, site: Site) -> str:
    """The place that a page names as its own; its address where it names none, or the home page as careless ones do."""
    named = site.articles[url].article.canonical
    return place(url if not named or place(named) == place(site.facts.home) else named)


def _age(url: str, facts: ArticleFacts) -> tuple[date, tuple[int, ...]]:
    """Earlier ones first, without a date last. On one day the lower number in the address is the earlier one."""
    name = url.partition("?")[0].rpartition("/")[2] or url
    numbers = tuple(int(number) for number in DIGITS.findall(name if DIGITS.search(name) else url))
    return shown_date(facts) or date.max, numbers


def _is_same(first: str, second: str, site: Site, params: Params, says: Callable[[str], Said]) -> bool:
    one, other = site.articles[first].article, site.articles[second].article
    if one.text_hash == other.text_hash:
        return _same_files(one, other) and (one.images == other.images or one.text_chars >= params.near_chars)
    if min(one.text_chars, other.text_chars) < params.near_chars or one.images != other.images:
        return False
    if abs(one.text_chars - other.text_chars) > params.near_share * one.text_chars:
        return False
    return _same_files(one, other) and says(first) == says(second) != _said("")


def _same_files(one: Article, other: Article) -> bool:
    return {_folded(file.text) for file in one.attachments} == {_folded(file.text) for file in other.attachments}


def _said(text: str) -> Said:
    """What two texts share that differ in a space or a mark, never in a number, a word or a place."""
    return _folded(text), tuple(DIGITS.findall(text))


def _folded(text: str) -> str:
    return NOISE.sub("", text)


def _finding(first: str, second: str, site: Site) -> Finding:
    one, other = site.articles[first], site.articles[second]
    column = site.columns.get(other.column_url)
    earlier, later = shown_date(one), shown_date(other)
    return Finding(
        audit=META.id,
        page=second,
        target=first,
        slug="twice",
        data={
            "title": other.article.title or other.list_title,
            "column": column.name if column and column.name else other.column_url,
            "first_date": earlier.isoformat() if earlier else "日期不详",
            "second_date": later.isoformat() if later else "日期不详",
        },
        excerpt=other.article.title,
    )
