"""Figures need nothing beside them, hold all their text escaped, and page long lists."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from small_system import CODES, PROFILE, SYSTEM, assessed, names

from govgauge.analysis.compare import compare
from govgauge.analysis.figures.change_arrows import Move, change_arrows
from govgauge.analysis.figures.grade_movement import grade_movement
from govgauge.analysis.figures.histogram import histogram
from govgauge.analysis.figures.index_bars import index_bars
from govgauge.analysis.figures.rank_intervals import rank_intervals
from govgauge.analysis.figures.svg import shortened, width_of
from govgauge.analysis.groups import groups_by
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.robustness import robustness
from govgauge.analysis.uncertainty import Uncertainty

ROWS = [(1.0, 1.0, 1.0, 1.0, 1.0), (0.5, 0.5, 0.5, 1.0, 0.0), ("open", 0.3, 0.0, 0.0, 0.0)]
NASTY = '<甲>&"乙"\''


def texts(figure: str) -> list[str]:
    """All texts of a figure, which must be well-formed and lead nowhere outside."""
    root = ET.fromstring(figure)  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not re.findall(r"(?:href|src|@import|url\((?!#))", figure)
    assert "nan" not in figure
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_bars_name_every_indicator_and_say_its_mean() -> None:
    groups = groups_by(assessed(ROWS, {"level": (NASTY, "市", "市")}), "level")
    told = texts(index_bars(NASTY, groups, (0, 1), "脚注"))
    assert told[0] == NASTY
    assert {"总指数", "公开", "服务", "案例（加分）", f"{NASTY}（1）", "市（2）", "1.000", "脚注"} <= set(told)


def test_an_unknown_mean_is_said_to_be_so() -> None:
    groups = groups_by(assessed([("open", "open", "open", "open", "open")]))
    assert "未知" in texts(index_bars("图", groups))
    assert "总指数都未确定" in texts(histogram("图", groups[0]))


def test_a_histogram_tells_counts_and_shares() -> None:
    told = texts(histogram("图", groups_by(assessed(ROWS))[0]))
    assert told.count("1") == 2
    assert told.count("50.0%") == 2
    assert "平均 0.775" in told


@pytest.mark.parametrize(("subjects", "pages"), [(2, 1), (60, 1), (61, 2), (130, 3)])
def test_rank_intervals_are_paged(subjects: int, pages: int) -> None:
    values = np.random.default_rng(0).random((subjects, len(CODES)))
    table = LeafTable(tuple(names(subjects)), CODES, values, values >= 0)
    found = robustness(SYSTEM, PROFILE, table, Uncertainty(), runs=100, sensitivity=False)
    figures = rank_intervals("名次区间", found)
    assert len(figures) == pages
    told = [text for figure in figures for text in texts(figure)]
    assert set(names(subjects)) <= set(told)


def test_arrows_tell_from_where_to_where() -> None:
    told = texts(change_arrows("图", [Move(NASTY, 0.5, 0.625), Move("乙", 1.0, 0.0), Move("丙", 0.3, 0.3)])[0])
    assert "0.500 → 0.625（+0.125）" in told
    assert "1.000 → 0.000（−1.000）" in told
    assert "0.300 → 0.300（持平）" in told
    assert change_arrows("图", []) == []


def test_movements_between_grades_are_counted() -> None:
    better = [(1.0, 1.0, 1.0, 1.0, 1.0)] * 3
    told = texts(grade_movement("图", compare(assessed(ROWS), assessed(better))))
    assert [text for text in told if text in {"优", "良", "差", "未定"}][:4:2] == ["优", "良"]
    assert told.count("3") == 1  # all of them end in 优


def test_a_text_is_cut_to_its_width() -> None:
    assert shortened("政府信息公开", 40) == "政府…"
    assert shortened("abc", 40) == "abc"
    assert width_of("政a") == pytest.approx(13 * 1.56)
