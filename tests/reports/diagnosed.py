"""Materials with one group and their diagnoses, for tests."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from govgauge.reports.about import Shows
from govgauge.reports.diagnosis.details import details_of
from govgauge.reports.diagnosis.document import diagnosis
from govgauge.reports.diagnosis.peers import Peers
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Block, Document, Items, Note, Paragraph, Table
from govgauge.reports.material import Material
from govgauge.testbed.materials import Wanted, write_material

SYSTEM, PROFILE = "2025-county", "county"


def counties(*names: str, twins: int = 0) -> list[Wanted]:
    """Counties of one group; the last `twins` of them have the same answers."""
    plain = len(names) - twins
    return [
        Wanted(name, "省甲", "省甲", "county", SYSTEM, PROFILE, twin="" if place < plain else "equal")
        for place, name in enumerate(names)
    ]


def a_material(
    home: Path, wanted: list[Wanted], *, shows: Shows | None = None, earlier: list[Wanted] | None = None
) -> Path:
    """The folder of a publication; `earlier` are the subjects of the year before."""
    if earlier is not None:
        write_material(home / "2024/1", earlier, year=2024)
    previous = "2024/1" if earlier is not None else ""
    return write_material(home / "2025/1", wanted, shows=shows, previous=previous, lift=0.05)


def changed(folder: Path, name: str, cells: Mapping[str, object]) -> None:
    """Change cells of a subject's row of results."""
    path = folder / "results.parquet"
    rows = pl.read_parquet(path)
    here = pl.col("name") == name
    rows.with_columns(
        pl.when(here).then(pl.lit(value, dtype=rows.schema[column])).otherwise(pl.col(column)).alias(column)
        for column, value in cells.items()
    ).write_parquet(path)


def one_of(folder: Path, name: str) -> Diagnosed:
    """A subject by its name."""
    material = Material(folder)
    field = next(field for field in material.fields if name in field.results["name"].to_list())
    peers = Peers(material, field)
    key = next(key for key, row in peers.rows.items() if row["name"] == name)
    return Diagnosed(peers, key, details_of(material, field, [key])[key])


def the_diagnosis(folder: Path, name: str) -> Document:
    """The document of a subject."""
    return diagnosis(one_of(folder, name))


def words(document: Document) -> str:
    """All running text of a document and its cells."""
    return "\n".join(text for block in document.blocks for text in _of(block))


def _of(block: Block) -> list[str]:
    match block:
        case Paragraph() | Note():
            return ["".join(run.text for run in block.runs)]
        case Items():
            return ["".join(run.text for run in item) for item in block.items]
        case Table():
            return [block.caption, *("｜".join(row.cells) for row in block.rows)]
    return [getattr(block, "text", "")]
