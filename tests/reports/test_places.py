"""Places as tables tell them: equals stay together, ranks decide the order, open totals are ranges."""

from pathlib import Path

import polars as pl
from materials_of_tests import made

from govgauge.reports.material import Material
from govgauge.reports.places import Place, first_few, places, span
from govgauge.testbed.materials import of_list


def place(rank: str) -> Place:
    return Place("甲", "", "", rank, "", "80.00", "", "100.0%", "")


def test_a_list_is_not_cut_through_equals() -> None:
    ranks = ["1", "2", "3", "3", "3", "6"]
    found = [place(rank) for rank in ranks]

    assert [each.rank for each in first_few(found, 2)] == ["1", "2"]
    assert [each.rank for each in first_few(found, 3)] == ["1", "2", "3", "3", "3"]
    assert first_few(found, 6) == found
    assert first_few([], 3) == []


def test_a_tie_too_long_to_tell_is_left_to_the_appendix() -> None:
    found = [place("1"), place("2"), *[place("3")] * 30]

    assert [each.rank for each in first_few(found, 5)] == ["1", "2"]
    assert len(first_few([place("1")] * 30, 5)) == 5


def test_ranks_decide_the_order_where_totals_are_rounded_to_the_same(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 3))
    path = material.folder / "results.parquet"
    names = pl.read_parquet(path)["name"].to_list()
    ranks = {names[0]: "3", names[1]: "10", names[2]: "2"}
    told = pl.read_parquet(path).with_columns(
        rank=pl.col("name").replace_strict(ranks), total_low=pl.lit(85.12), total_high=pl.lit(85.12)
    )
    told.write_parquet(path)

    (field,) = Material(material.folder).fields
    assert [each.rank for each in places(field, ranks=True)] == ["2", "3", "10"]


def test_a_total_that_is_open_is_told_from_where_to_where() -> None:
    assert span(81.2, 84.345, 1) == "81.2–84.3"
    assert span(81.2, 81.2, 2) == "81.20"
    assert span(None, 81.2, 2) == "—"
