"""Materials for tests of reports, small and quickly made."""

from pathlib import Path

import polars as pl
from msgspec.structs import replace
from sample_document import HOSTILE

from govgauge.reports.about import Shows, write_about
from govgauge.reports.material import Material
from govgauge.testbed.materials import Wanted, of_list, peculiar, write_material

GROUPS = ("digital-province", "ministry-department", "ministry-bureau", "municipality", "county")


def usual() -> list[Wanted]:
    """Five groups, one of them with a tie of 30 and a name of 40 characters."""
    small = [each for each in of_list(GROUPS, 7) if each.group != "county"]
    return [*small, *peculiar(of_list(("county",), 40))]


def made(folder: Path, wanted: list[Wanted], *, previous: bool = False, shows: Shows | None = None) -> Material:
    """A material, with a round before it where that is wanted."""
    if previous:
        write_material(folder / "2024" / "1", wanted[:-2], year=2024, lift=-0.05)
    before = "2024/1" if previous else ""
    return Material(write_material(folder / "2025" / "1", wanted, previous=before, shows=shows))


def without_answers(material: Material, name: str) -> Material:
    """The same where a subject was judged, but has no answer to any check."""
    for table in ("checks", "indicators"):
        path = material.folder / f"{table}.parquet"
        pl.read_parquet(path).filter(pl.col("name") != name).write_parquet(path)
    path = material.folder / "results.parquet"
    hit = pl.col("name") == name
    pl.read_parquet(path).with_columns(
        total_low=pl.when(hit).then(0.0).otherwise("total_low"),
        total_high=pl.when(hit).then(110.0).otherwise("total_high"),
        coverage=pl.when(hit).then(0.0).otherwise("coverage"),
    ).write_parquet(path)
    return Material(material.folder)


def renamed(material: Material, name: str, to: str) -> Material:
    """The same where a subject is called otherwise, and the title and the issuer are hostile."""
    for table in ("results", "checks", "indicators", "findings"):
        path = material.folder / f"{table}.parquet"
        frame = pl.read_parquet(path)
        frame.with_columns(name=pl.when(pl.col("name") == name).then(pl.lit(to)).otherwise("name")).write_parquet(path)
    about = replace(material.about, title=f"评估{HOSTILE}", issuer=HOSTILE)
    write_about(about, material.folder)
    return Material(material.folder)
