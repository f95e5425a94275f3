"""What an assessment leaves in its folder beside the archive: results, findings and the tables of pages and links."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.assessment.finding_lines import FindingLine, Place
from govgauge.assessment.light_tables import TableKeeper
from govgauge.gather.artifacts import Exchange
from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.structure.model import ArticleFacts, Column
from govgauge.structure.site import Site

ARCHIVE = "archive.warc.gz"
EPOCH = date(1970, 1, 1).toordinal()


class ResultLine(Struct, frozen=True, kw_only=True):
    """A line of results.jsonl."""

    audit: str
    version: int
    outcome: Outcome
    value: float | None
    slug: str
    data: dict[str, Fact]
    reason: str


def write_results(folder: Path, results: Iterable[Result]) -> None:
    """results.jsonl: one line per audit."""
    lines = [
        ResultLine(
            audit=result.audit,
            version=result.version,
            outcome=result.outcome,
            value=None if result.value is None else round(result.value, 6),
            slug=result.slug,
            data=result.data,
            reason=result.reason,
        )
        for result in results
    ]
    _write_lines(folder / "results.jsonl", lines)


def write_findings(folder: Path, site: Site, results: Iterable[Result]) -> list[FindingLine]:
    """findings.jsonl: one line per finding, each with its evidence. Returns the lines."""
    lines = [_finding_line(site, finding) for result in results for finding in result.findings]
    _write_lines(folder / "findings.jsonl", lines)
    return lines


def write_tables(site: Site, tables: TableKeeper) -> None:
    """Have pages, columns and articles written."""
    tables.write("pages", [_page_row(site, url) for url in site.pages])
    tables.write("columns", [_column_row(column) for column in site.columns.values()])
    tables.write("articles", [_article_row(facts) for facts in site.articles.values()])


def _finding_line(site: Site, finding: Finding) -> FindingLine:
    exchange = _evidence(site, finding)
    seen_at = finding.seen_at or ((exchange.started_at,) if exchange else ())
    return FindingLine(
        id=finding.identity(site.facts.host),
        audit=finding.audit,
        page=finding.page,
        target=finding.target,
        slug=finding.slug,
        data=finding.data,
        excerpt=finding.excerpt,
        seen_at=seen_at,
        warc=Place(ARCHIVE, exchange.offset) if exchange and exchange.offset >= 0 else None,
        sha256=exchange.sha256 if exchange else "",
    )


def _evidence(site: Site, finding: Finding) -> Exchange | None:
    """The exchange that shows a finding: that of its source, of its page, else of the home page."""
    for url in (finding.source, finding.page, site.facts.home):
        if url in site.pages:
            return site.pages[url].exchange
        if url in site.targets:
            return site.targets[url].exchange
    return None


def _page_row(site: Site, url: str) -> list[object]:
    page = site.pages[url]
    exchange = page.exchange
    return [
        exchange.url,
        exchange.final_url,
        page.kind.value,
        page.title,
        page.depth,
        exchange.status,
        "" if exchange.failure is None else exchange.failure.value,
        exchange.media_type,
        page.charset,
        page.declared_charset,
        exchange.size,
        page.text_chars,
        page.column_url,
        exchange.referrer,
        exchange.timings.total,
        exchange.started_at,
        exchange.sha256,
        exchange.offset,
    ]


def _column_row(column: Column) -> list[object]:
    return [
        column.url,
        column.name,
        column.parent_url,
        column.kind.value,
        column.item_count,
        _day(column.newest),
        _day(column.oldest),
        len(column.pages),
        column.complete,
        column.script_only,
    ]


def _article_row(facts: ArticleFacts) -> list[object]:
    return [
        facts.url,
        facts.column_url,
        facts.article.title,
        _day(facts.article.published),
        _day(facts.list_date),
        _day(facts.article.url_date),
        facts.article.source,
        facts.article.text_chars,
        len(facts.article.attachments),
    ]


def _day(day: date | None) -> int | None:
    """Days since 1970, as a table keeps a date."""
    return None if day is None else day.toordinal() - EPOCH


def _write_lines(path: Path, lines: Iterable[Struct] | Iterable[Mapping[str, object]]) -> None:
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for line in lines:
            file.write(encoder.encode(line))
            file.write(b"\n")
