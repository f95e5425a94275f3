"""The columns of the tables that come as rows, whatever they are written as."""

from govgauge.word_enum import WordEnum


class Kind(WordEnum):
    """What stands in a column."""

    TEXT = "text"
    COUNT = "count"
    SIZE = "size"
    MEASURE = "measure"
    DAY = "day"
    """Days since 1970."""
    TRUTH = "truth"


TABLES: dict[str, dict[str, Kind]] = {
    "pages": {
        "url": Kind.TEXT,
        "final_url": Kind.TEXT,
        "kind": Kind.TEXT,
        "title": Kind.TEXT,
        "depth": Kind.COUNT,
        "status": Kind.COUNT,
        "failure": Kind.TEXT,
        "media_type": Kind.TEXT,
        "charset": Kind.TEXT,
        "declared_charset": Kind.TEXT,
        "bytes": Kind.SIZE,
        "text_chars": Kind.SIZE,
        "column_url": Kind.TEXT,
        "referrer": Kind.TEXT,
        "seconds": Kind.MEASURE,
        "seen_at": Kind.TEXT,
        "sha256": Kind.TEXT,
        "warc_offset": Kind.SIZE,
    },
    "columns": {
        "url": Kind.TEXT,
        "name": Kind.TEXT,
        "parent_url": Kind.TEXT,
        "kind": Kind.TEXT,
        "items": Kind.SIZE,
        "newest": Kind.DAY,
        "oldest": Kind.DAY,
        "pages": Kind.COUNT,
        "complete": Kind.TRUTH,
        "script_only": Kind.TRUTH,
    },
    "articles": {
        "url": Kind.TEXT,
        "column_url": Kind.TEXT,
        "title": Kind.TEXT,
        "published": Kind.DAY,
        "list_date": Kind.DAY,
        "url_date": Kind.DAY,
        "source": Kind.TEXT,
        "text_chars": Kind.SIZE,
        "attachments": Kind.COUNT,
    },
}
