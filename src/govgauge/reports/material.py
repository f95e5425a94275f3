"""What readers of a round are given, as files of one folder: the ground of every report, page and open table.

`about.json` tells of the round, `results`, `indicators`, `checks` and `findings` are its tables as Parquet. Nothing
here knows of a database: a folder written by anybody can be read.
"""

from functools import cached_property
from pathlib import Path

import msgspec
import polars as pl

from govgauge.errors import Unusable
from govgauge.reports.about import ABOUT, About
from govgauge.reports.field import Field

TABLES = ("results", "indicators", "checks", "findings")


class Material:
    """A folder of a publication, read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def about(self) -> About:
        """Raises Unusable when the folder is no publication."""
        try:
            return msgspec.json.decode((self.folder / ABOUT).read_bytes(), type=About)
        except (OSError, msgspec.DecodeError) as error:
            raise Unusable(
                f"{self.folder / ABOUT}：读不出公布材料（{error}）；请用 govgauge publish prepare 重新生成 "
                "(no material of a publication; prepare it again)."
            ) from None

    def table(self, name: str) -> pl.DataFrame:
        """One of TABLES, whole. Raises Unusable when it is missing or damaged."""
        return self.lazily(name).collect()

    def lazily(self, name: str) -> pl.LazyFrame:
        """One of TABLES, to be read in parts. Raises Unusable when it is missing or damaged."""
        path = self.folder / f"{name}.parquet"
        try:
            found = pl.scan_parquet(path)
            columns = found.collect_schema().names()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise Unusable(f"{path}：缺失或损坏（{error}）；请重新生成公布材料 (missing or damaged).") from None
        return found if "system" in columns else self._with_system(found)

    def _with_system(self, findings: pl.LazyFrame) -> pl.LazyFrame:
        """Findings as earlier programs wrote them, with the first system that judged the body in its group."""
        who = ["group", "parent", "name"]
        judged_by = self.results.lazy().unique(who, keep="first").select(*who, "system", "profile")
        return findings.join(judged_by, on=who, how="left", nulls_equal=True, maintain_order="left")

    @cached_property
    def results(self) -> pl.DataFrame:
        return self.table("results")

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Subjects that are held against each other, in the order of the groups; a group without any is left out."""
        about = self.about
        found = (Field(self, one, about.systems[one.system], about.rankings[one.system]) for one in about.groups)
        return tuple(field for field in found if field.results.height)

    @cached_property
    def previous(self) -> "Material | None":
        """The publication before this one, where it is known and at hand."""
        named = self.about.previous
        folder = self.folder.parent.parent / named
        return Material(folder) if named and (folder / ABOUT).is_file() else None
