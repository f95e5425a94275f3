"""Pages of a table by group, region and body: which rows they are is known from a short index, only they are read."""

from functools import lru_cache

import polars as pl
from msgspec import Struct

from govgauge.office.open_data.found import KEPT, Version, material_at, numbers
from govgauge.reports.open_data.dictionary import BY_SUBJECT
from govgauge.reports.open_data.shown import BODY, OpenTable

WINDOW = 20_000
"""Rows that are read at a time."""
MOST_WINDOWS = 10
"""Reads for one page: a page for which more would be needed holds fewer rows, and says where to go on."""


class Asked(Struct, frozen=True, kw_only=True):
    """Which rows: empty and None ask for all. `start` is the place in the table from which on."""

    group: str | None = None
    region: str | None = None
    subject: int | None = None
    audit: str | None = None
    start: int = 0
    limit: int = 100


class Page(Struct, frozen=True):
    """Some rows, how many there are in all (None where only reading would tell), and where to go on."""

    rows: pl.DataFrame
    count: int | None
    following: int | None


def page(version: Version, name: str, asked: Asked) -> Page:
    """A page of a table. Raises Unusable where the version does not tell it."""
    table = version.table(name)
    if name not in BY_SUBJECT:
        rows = table.rows(0, table.height)
        if asked.group is not None and "group" in rows.columns:
            rows = rows.filter(pl.col("group") == asked.group)
        if asked.region is not None and "region" in rows.columns:
            rows = rows.filter(pl.col("region") == asked.region)
        some = rows.slice(asked.start, asked.limit)
        end = asked.start + some.height
        return Page(some, rows.height, end if some.height and end < rows.height else None)
    listed = _index(version.publication.pk, str(version.material.folder), name)
    for column in ("group", "region", "subject"):
        if (value := getattr(asked, column)) is not None:
            listed = listed.filter(pl.col(column) == value)
    count = None if asked.audit is not None else int(listed["count"].sum())
    return _read(table, listed, asked, count)


def _read(table: OpenTable, listed: pl.DataFrame, asked: Asked, count: int | None) -> Page:
    """Read windows that hold the rows of the listed bodies until the page is full."""
    left = listed.filter(pl.col("start") + pl.col("count") > asked.start)
    found: list[pl.DataFrame] = []
    missing, position = asked.limit, asked.start
    for _window in range(MOST_WINDOWS):
        if left.is_empty() or not missing:
            break
        first = max(position, int(left["start"][0]))
        within = left.filter(pl.col("start") < first + WINDOW)
        if asked.audit is None:  # no more than is needed
            before = within["count"].cum_sum() - within["count"]
            within = within.filter(before < missing + WINDOW // 10)
        last = within.row(-1, named=True)  # bodies stand in the order of the table
        end = min(first + WINDOW, int(last["start"] + last["count"]))
        rows = table.rows(first, end - first).with_row_index("at", first)
        places = within.select(at=pl.int_ranges("start", pl.col("start") + pl.col("count"))).explode("at")
        rows = rows.join(places.cast({"at": rows.schema["at"]}), on="at", how="semi", maintain_order="left")
        if asked.audit is not None:
            rows = rows.filter(pl.col("audit") == asked.audit)
        some = rows.head(missing)
        missing -= some.height
        position = int(some["at"][-1]) + 1 if not missing else end
        found.append(some.drop("at"))
        left = left.filter(pl.col("start") + pl.col("count") > position)
    rows = pl.concat(found) if found else table.rows(0, 0)
    return Page(rows, count, None if left.is_empty() else max(position, int(left["start"][0])))


@lru_cache(4 * KEPT)
def _index(publication: int, folder: str, name: str) -> pl.DataFrame:
    """`start`, `count`, `group`, `region`, `subject` of the bodies of a table, in its order."""
    material = material_at(folder)
    known = numbers(publication, folder)
    regions = OpenTable(material, "results", known).whole.select(*BODY, "region").unique(BODY).collect()
    bodies = OpenTable(material, name, known).bodies()
    regions = regions.with_columns(pl.col(BODY).fill_null(""))
    found = bodies.join(regions, on=BODY, how="left", maintain_order="left")
    return found.select("start", "count", "group", "region", "subject")
