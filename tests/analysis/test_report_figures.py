"""Figures of reports: every number is drawn as it was given, whatever the names and however many rows."""

import xml.etree.ElementTree as ET

import pytest

from govgauge.analysis.figures.grade_stacks import grade_stacks
from govgauge.analysis.figures.index_matrix import index_matrix
from govgauge.analysis.figures.province_tiles import Region, province_tiles
from govgauge.analysis.figures.range_bars import RangeRow, range_bars
from govgauge.analysis.figures.share_bars import share_bars
from govgauge.analysis.figures.svg import Sheet, lines_of, width_of
from govgauge.analysis.shares import Share
from govgauge.subjects import library
from govgauge.subjects.tiles import tiles

LONG = "甲" * 39 + "&"
"""A name of 40 characters, the last of which is markup."""


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_long_name_takes_two_lines_and_is_cut_beyond_them() -> None:
    lines = lines_of(LONG, 200)

    assert len(lines) == 2
    assert all(width_of(line) <= 200 for line in lines)
    assert lines[1].endswith("…")
    assert lines_of("短", 200) == ["短"]
    assert lines_of("", 200) == [""]


def test_without_a_title_the_room_for_it_is_cut_off() -> None:
    assert 'viewBox="0 0 100 200"' in Sheet(100, 200, "题").render()
    assert 'viewBox="0 30 100 152"' in Sheet(100, 200, "").render()


def test_range_bars_tell_means_and_what_is_not_known() -> None:
    rows = [RangeRow("总指数", 0.6144, 0.2, 0.6, 0.95, "63 个"), RangeRow(LONG, None)]
    found = texts(range_bars("题", rows))

    assert "0.614　63 个" in found
    assert "没有可用的数据" in found


def test_what_is_too_many_rows_is_said() -> None:
    many = [RangeRow(f"组{place}", 0.5) for place in range(60)]

    assert "另有 15 行没有画出，见表。" in texts(range_bars("题", many))
    assert "另有 20 行没有画出，见表。" in texts(share_bars("题", [(row.name, Share(1, 2)) for row in many]))
    assert "注；另有 15 行没有画出，见表。" in texts(
        index_matrix("题", ["总"], [(row.name, [0.5]) for row in many], "注")
    )


def test_grade_stacks_tell_counts_and_leave_out_groups_of_nobody() -> None:
    rows = [
        ("省级", [("卓越", Share(5, 32)), ("优秀", Share(27, 32)), ("准备", Share(0, 32))]),
        ("无", [("卓越", Share(0, 0))]),
    ]

    assert texts(grade_stacks("题", rows)) == ["题", "卓越", "优秀", "准备", "省级（32）", "5", "27"]


def test_share_bars_tell_count_and_denominator() -> None:
    rows = [(LONG, Share(50, 63)), ("无人", Share(0, 0)), ("没有", Share(0, 63))]
    found = texts(share_bars("题", rows))

    assert "79.4%（50/63）" in found
    assert "0.0%（0/63）" in found
    assert "无人" not in found


def test_the_matrix_tells_each_mean_and_a_dash_where_nothing_is_known() -> None:
    found = texts(index_matrix("题", ["总指数", "资源汇聚能力"], [("省", [0.7345, None])]))

    assert found == ["题", "总指数", "资源汇聚能力", "省", "0.735", "—"]


@pytest.mark.parametrize(
    "svg", [range_bars("题", []), share_bars("题", []), grade_stacks("题", []), index_matrix("题", [], [])]
)
def test_nothing_gives_no_figure(svg: str) -> None:
    assert svg == ""


def test_the_map_has_all_provinces_on_places_of_their_own() -> None:
    found = tiles()
    listed = {subject.region for subject in library.roster("2025").subjects if subject.region}

    assert len({(each.column, each.row) for each in found}) == len(found) == 35
    assert listed <= {each.name for each in found}


def test_tiles_tell_mean_and_count_of_a_region() -> None:
    found = texts(province_tiles("题", {"北京市": Region(0.7345, 19)}))

    assert found[found.index("北京") + 1 :][:2] == ["0.735", "19 个"]
    assert found.count("—") == 34
