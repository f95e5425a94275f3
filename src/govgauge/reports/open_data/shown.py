"""The rows of a publication as everybody may have them: one place says it, for files and programs alike."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import polars as pl

from govgauge.errors import Unusable
from govgauge.reports.field import JUDGED
from govgauge.reports.material import Material
from govgauge.reports.open_data.dictionary import BY_SUBJECT, NAMES, Kind, Table, tables

TYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.URI: pl.String(),
    Kind.JSON: pl.String(),
    Kind.NUMBER: pl.Float64(),
    Kind.INTEGER: pl.Int64(),
    Kind.FLAG: pl.Boolean(),
}
PART = 20_000
"""Rows that are held at a time."""
RANKS = ("rank", "rank_best", "rank_worst")
POINTS = ("low", "high", "total_low", "total_high", "findings", "vetoes", "digest")
"""Columns of results that are empty where points are not told: the totals, and what shows more than the grade does."""
Told = Callable[[int], None]
"""Called with the number of rows that are done."""
BODY = ["parent", "name", "group"]
KEY = pl.when(pl.col("parent") == "").then("name").otherwise(pl.concat_str("parent", "name", separator="/"))
"""What a body goes by."""
NUMBERS = {"parent": pl.String, "name": pl.String, "group": pl.String, "subject": pl.Int64}
"""Columns of the frame that gives bodies their public numbers."""


def names(material: Material) -> tuple[str, ...]:
    """The tables that a publication tells: those from which points can be reckoned up only where points are told."""
    shows, nobody = material.about.shows, not _told(material)
    untold = {"indicators": nobody, "checks": nobody or not shows.answers, "findings": nobody or not shows.findings}
    return tuple(name for name in NAMES if not untold.get(name))


class OpenTable:
    """A table in its order, with the columns of the dictionary; what is not known, or is not told, is null.

    `numbers` has the columns of NUMBERS; `marks` are written into files that have a place for them: `title`,
    `publisher`, `license`. Raises Unusable when the publication does not tell the table.
    """

    def __init__(
        self, material: Material, name: str, numbers: pl.DataFrame, marks: Mapping[str, str] | None = None
    ) -> None:
        if name not in names(material):
            raise Unusable(f"这个版本没有公布“{name}” (this version does not tell that table).")
        self.words = tables()[name]
        self.marks = marks or {}
        self._source = _source(material, name)
        self._whole, self._runs = material, _runs_told(material, name)
        self._numbers = numbers.unique(BODY).lazy().with_columns(pl.col(BODY).fill_null(""))
        self._keys = self._numbers.select("subject", key=KEY).unique("key")

    @cached_property
    def height(self) -> int:
        return int(self._source.select(pl.len()).collect().item())

    @property
    def whole(self) -> pl.LazyFrame:
        """All rows, to be read by whatever takes them in streams."""
        return self._seen(self._source)

    def rows(self, start: int, count: int) -> pl.DataFrame:
        """Some of the rows: only these are read."""
        if self._runs is None:
            return self._seen(self._source.slice(start, count)).collect()
        stored = self._whole.lazily(self.words.name)
        pieces = [stored.slice(begin, size) for begin, size in _within(self._runs, start, count)]
        return self._seen(pl.concat(pieces) if pieces else stored.head(0)).collect()

    def parts(self, told: Told = lambda _rows: None, count: int = 0) -> Iterator[pl.DataFrame]:
        """All rows, some at a time; who takes the next ones has done with those before."""
        count = count or PART
        for start in range(0, self.height, count):
            told(start)
            yield self.rows(start, count)

    def bodies(self) -> pl.DataFrame:
        """Rows one after another that tell of one body: `start`, `count`, and who it is (BODY, `subject`)."""
        runs = self._source.select(pl.col(BODY).fill_null("")).with_columns(run=pl.struct(BODY).rle_id())
        told = runs.group_by("run", maintain_order=True).agg(pl.first(*BODY), count=pl.len().cast(pl.Int64))
        placed = told.with_columns(start=pl.col("count").cum_sum() - pl.col("count")).drop("run")
        return placed.join(self._numbers, on=BODY, how="left", maintain_order="left").collect()

    def _seen(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        if self.words.name == "cases":
            rows = rows.join(self._keys, on="key", how="left", maintain_order="left")
        if self.words.name not in BY_SUBJECT:
            return _typed(rows, self.words)
        rows = rows.with_columns(pl.col(BODY).fill_null(""))
        return _typed(rows.join(self._numbers, on=BODY, how="left", maintain_order="left"), self.words)


def _source(material: Material, name: str) -> pl.LazyFrame:
    match name:
        case "groups":
            return _groups(material)
        case "cases":
            return _cases(material)
        case "results":
            return _results(material)
        case _ if untold := _untold(material):
            return material.lazily(name).filter(pl.col("system").is_in(untold).not_())
        case _:
            return material.lazily(name)


def _results(material: Material) -> pl.LazyFrame:
    rows = material.lazily("results")
    if not material.about.shows.ranks:
        rows = rows.with_columns(pl.lit(None).alias(column) for column in RANKS)
    if untold := _untold(material):
        told = pl.col("system").is_in(untold).not_()
        rows = rows.with_columns(pl.when(told).then(pl.col(column)).alias(column) for column in POINTS)
    return rows


def _runs_told(material: Material, name: str) -> tuple[tuple[int, int], ...] | None:
    """Where the rows that are told lie in the file, from which place on and how many; None where that is everywhere.

    Subjects of one system stand together: a few slices are read for a page, where a filter would read the whole table.
    """
    untold = _untold(material)
    if not untold or name not in BY_SUBJECT or name == "results":
        return None
    changed = (material.folder / f"{name}.parquet").stat().st_mtime_ns
    return _runs(material.lazily(name).select("system"), str(material.folder / name), changed, tuple(untold))


RUNS: dict[tuple[str, int, tuple[str, ...]], tuple[tuple[int, int], ...]] = {}
"""Those of the tables that were read last."""
KEPT = 64


def _runs(systems: pl.LazyFrame, path: str, changed: int, untold: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    key = (path, changed, untold)
    if key not in RUNS:
        told = systems.select(told=pl.col("system").is_in(untold).not_().rle()).unnest("told")
        placed = told.with_columns(begin=pl.col("len").cum_sum() - pl.col("len")).filter("value")
        found = tuple((int(begin), int(size)) for begin, size in placed.select("begin", "len").collect().iter_rows())
        while len(RUNS) >= KEPT:
            RUNS.pop(next(iter(RUNS)), None)
        RUNS[key] = found
    return RUNS[key]


def _within(runs: tuple[tuple[int, int], ...], start: int, count: int) -> Iterator[tuple[int, int]]:
    """The slices of the file that hold some of the rows told."""
    before = 0
    for begin, size in runs:
        first, last = max(start, before), min(start + count, before + size)
        if first < last:
            yield begin + first - before, last - first
        before += size


def _untold(material: Material) -> list[str]:
    """The systems of whose subjects no points are told."""
    return [name for name in material.about.systems if not material.about.tells_points(name)]


def _told(material: Material) -> bool:
    """Whether points are told of anybody."""
    return len(_untold(material)) < len(material.about.systems)


def _typed(rows: pl.LazyFrame, table: Table) -> pl.LazyFrame:
    cells = []
    for column in table.columns:
        cell = pl.col(column.name).cast(TYPES[column.kind])
        if TYPES[column.kind] == pl.String:
            cell = pl.when(cell != "").then(cell)
        cells.append(cell.alias(column.name))
    return rows.select(cells)


def _groups(material: Material) -> pl.LazyFrame:
    about = material.about
    listed = ["group", "system", "profile"]
    counts = material.results.group_by(listed).agg(members=pl.len(), judged=(pl.col("state") == JUDGED).sum())
    groups = pl.DataFrame(
        [(one.name, one.title, one.within, one.system, one.profile) for one in about.groups],
        schema=dict.fromkeys(("group", "title", "within", "system", "profile"), pl.String),
        orient="row",
    )
    counted = groups.join(counts, on=listed, how="left", maintain_order="left")
    return counted.with_columns(pl.col("members", "judged").fill_null(0)).lazy()


def _cases(material: Material) -> pl.LazyFrame:
    columns = [column.name for column in tables()["cases"].columns if column.name != "subject"]
    schema = {name: pl.Int64 if name == "place" else pl.String for name in (*columns, "key")}
    rows = [(*(getattr(case, name) for name in columns), case.subject) for case in material.about.cases]
    return pl.DataFrame(rows, schema=schema, orient="row").lazy()
