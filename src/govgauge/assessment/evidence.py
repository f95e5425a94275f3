"""What an assessment leaves in its folder beside the archive: results, findings and the tables of pages and links."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import polars as pl
from msgspec import Struct

from govgauge.assessment.finding_lines import FindingLine, Place
from govgauge.assessment.shard_tables import Shards
from govgauge.gather.artifacts import Exchange
from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.structure.site import Site

ARCHIVE = "archive.warc.gz"

PAGE_SCHEMA = {
    "url": pl.String,
    "final_url": pl.String,
    "kind": pl.String,
    "title": pl.String,
    "depth": pl.Int32,
    "status": pl.Int32,
    "failure": pl.String,
    "media_type": pl.String,
    "charset": pl.String,
    "declared_charset": pl.String,
    "bytes": pl.Int64,
    "text_chars": pl.Int64,
    "column_url": pl.String,
    "referrer": pl.String,
    "seconds": pl.Float64,
    "seen_at": pl.String,
    "sha256": pl.String,
    "warc_offset": pl.Int64,
}
COLUMN_SCHEMA = {
    "url": pl.String,
    "name": pl.String,
    "parent_url": pl.String,
    "kind": pl.String,
    "items": pl.Int64,
    "newest": pl.Date,
    "oldest": pl.Date,
    "pages": pl.Int32,
    "complete": pl.Boolean,
    "script_only": pl.Boolean,
}
ARTICLE_SCHEMA = {
    "url": pl.String,
    "column_url": pl.String,
    "title": pl.String,
    "published": pl.Date,
    "list_date": pl.Date,
    "url_date": pl.Date,
    "source": pl.String,
    "text_chars": pl.Int64,
    "attachments": pl.Int32,
}


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


def write_tables(folder: Path, site: Site, shards: Shards) -> None:
    """pages, links, columns and articles as Parquet."""
    pl.DataFrame([_page_row(site, url) for url in site.pages], schema=PAGE_SCHEMA, orient="row").write_parquet(
        folder / "pages.parquet"
    )
    shards.link_table().sink_parquet(folder / "links.parquet", compression="lz4", maintain_order=True)
    columns = [
        (
            column.url,
            column.name,
            column.parent_url,
            column.kind.value,
            column.item_count,
            column.newest,
            column.oldest,
            len(column.pages),
            column.complete,
            column.script_only,
        )
        for column in site.columns.values()
    ]
    pl.DataFrame(columns, schema=COLUMN_SCHEMA, orient="row").write_parquet(folder / "columns.parquet")
    articles = [
        (
            facts.url,
            facts.column_url,
            facts.article.title,
            facts.article.published,
            facts.list_date,
            facts.article.url_date,
            facts.article.source,
            facts.article.text_chars,
            len(facts.article.attachments),
        )
        for facts in site.articles.values()
    ]
    pl.DataFrame(articles, schema=ARTICLE_SCHEMA, orient="row").write_parquet(folder / "articles.parquet")


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


def _page_row(site: Site, url: str) -> tuple[object, ...]:
    page = site.pages[url]
    exchange = page.exchange
    return (
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
    )


def _write_lines(path: Path, lines: Iterable[Struct] | Iterable[Mapping[str, object]]) -> None:
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for line in lines:
            file.write(encoder.encode(line))
            file.write(b"\n")
