"""The dates by which an item may be judged."""

from collections.abc import Iterator, Mapping
from datetime import date

from govgauge import lazy_re
from govgauge.structure.model import Article, ArticleFacts, Column, Item

SHOWN = lazy_re.compile(r"(?<!\d)(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})(?!\d)(?:\s*日)?")
"""A full date as written, possible or not."""


def dates_of(item: Item, articles: Mapping[str, ArticleFacts]) -> Iterator[date]:
    """Every date that an item carries: in its list, in its article, in its URL. For questions of freshness, where the
    newest of them is taken in the site's favour."""
    if item.date is not None:
        yield item.date
    facts = articles.get(item.url)
    if facts is None:
        return
    article = facts.article
    for day in (article.published, article.meta_date, article.url_date, facts.list_date):
        if day is not None:
            yield day


def shown_date(facts: ArticleFacts) -> date | None:
    """The date under which readers see an article: on its page, else in its list, else in its meta tag."""
    return facts.article.published or facts.list_date or facts.article.meta_date


def newest_of(column: Column, articles: Mapping[str, ArticleFacts], as_of: date) -> date | None:
    """The newest date of a column's items up to `as_of`; None where none carries a date."""
    days = [day for item in column.items for day in dates_of(item, articles) if day <= as_of]
    if column.newest is not None and column.newest <= as_of:
        days.append(column.newest)
    return max(days, default=None)


def shown_words(article: Article) -> str:
    """The publishing date as the reader sees it, without label and time of day; ISO where only its meaning is known."""
    match = SHOWN.search(article.published_text)
    if match:
        return match.group()
    return article.published_text.strip() or (article.published.isoformat() if article.published else "")
