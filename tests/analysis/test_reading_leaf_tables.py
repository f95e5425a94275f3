"""Tables of leaf values are read whole, or refused with a sentence for each fault."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from small_system import CODES, PROFILE, SYSTEM, leaf, system

from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.reading import read_check_answers, read_leaf_table
from govgauge.scoring.csv_lines import UnusableTable
from govgauge.systems.model import Indicator

WIDE = "subject,level,1.1,1.2,2.1,2.2,3\n甲,省,0.5,1,,不适用,0\n乙,市,1.00,0,0.25,0.7,0.1\n"
LONG = "subject,level,code,value\n" + "".join(
    f"{name},{level},{code},{value}\n"
    for name, level, values in (
        ("甲", "省", ["0.5", "1", "", "不适用", "0"]),
        ("乙", "市", ["1.00", "0", "0.25", "0.7", "0.1"]),
    )
    for code, value in zip(CODES, values, strict=True)
)
NAMED = "name,level,公开/目录,年报,2.1,服务/清理,案例\n甲,省,0.5,1,,不适用,0\n乙,市,1.00,0,0.25,0.7,0.1\n"


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> LeafTable:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding=encoding)
    return read_leaf_table(path, SYSTEM, PROFILE)


@pytest.mark.parametrize("text", [WIDE, LONG, NAMED, "\ufeff" + WIDE, WIDE.replace("\n", "\r\n") + "\r\n"])
def test_every_form_of_a_table_says_the_same(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert (found.subjects, found.codes, found.columns) == (("甲", "乙"), CODES, {"level": ("省", "市")})
    np.testing.assert_array_equal(found.values, [[0.5, 1, np.nan, np.nan, 0], [1, 0, 0.25, 0.7, 0.1]])
    assert found.applies.tolist() == [[True, True, True, False, True], [True] * 5]
    assert found.open_cells() == 1


def test_parquet_says_the_same_with_numbers_for_texts(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {
            "subject": ["甲", "乙"],
            "level": ["省", "市"],
            "1.1": [0.5, 1.0],
            "1.2": [1, 0],
            "2.1": [None, 0.25],
            "2.2": ["不适用", "0.7"],
            "3": [0, 0.1],
        },
        strict=False,
    ).write_parquet(path)
    found = read_leaf_table(path, SYSTEM, PROFILE)
    np.testing.assert_array_equal(found.values, [[0.5, 1, np.nan, np.nan, 0], [1, 0, 0.25, 0.7, 0.1]])
    assert found.columns == {"level": ("省", "市")}


FAULTS = {
    "missing column": (WIDE.replace(",2.1", ",二点一"), ["缺少末级指标的列 2.1", "二点一", "整列留空"]),
    "above 1": (WIDE.replace("0.25", "1.2"), ["第 3 行（乙）列“2.1”：1.2 不在 0 至 1 之间"]),
    "below 0": (WIDE.replace("0.25", "-0.1"), ["第 3 行（乙）列“2.1”：-0.1 不在 0 至 1 之间"]),
    "no number": (WIDE.replace("0.25", "良好"), ["第 3 行（乙）列“2.1”：“良好”不是数", "未采集留空"]),
    "per cent": (WIDE.replace("0.25", "25%"), ["不要写百分号"]),
    "not a number": (WIDE.replace("0.25", "nan"), ["“nan”不是数"]),
    "endless": (WIDE.replace("0.25", "inf"), ["“inf”不是数"]),
    "duplicate": (WIDE.replace("乙", "甲"), ["第 3 行：“甲”与第 2 行重名"]),
    "no name": (WIDE.replace("乙", ""), ["第 3 行：列“subject”是空的"]),
    "no subjects": (WIDE.replace("subject", "单位"), ["缺少列“subject”"]),
    "too many cells": (WIDE.replace("0.1", "0.1,5"), ["第 3 行：有 8 格，表头只有 7 列"]),
    "column twice": (WIDE.replace("level", "1.1"), ["列“1.1”出现了 2 次"]),
    "indicator twice": (WIDE.replace("level", "目录"), ["列“目录”与“1.1”是同一个指标"]),
    "inner node": (WIDE.replace("level", "公开"), ["“公开”不是末级指标"]),
    "stranger": (WIDE.replace("level", "9.9"), ["没有编号为“9.9”的指标"]),
    "nameless column": (WIDE.replace("level", ""), ["第 2 列没有列名"]),
    "only a header": (WIDE.split("\n", maxsplit=1)[0] + "\n", ["只有表头，没有数据行"]),
    "empty": ("", ["文件是空的"]),
    "semicolons": (WIDE.replace(",", ";"), ["不是用英文逗号隔开的"]),
    "long duplicate": (LONG + "乙,市,1.1,0.3\n", ["第 12 行：“乙”的 1.1 与第 7 行重复"]),
    "long stranger": (LONG + "乙,市,7,0.3\n", ["第 12 行：“7”不是 small 的指标"]),
    "long inner node": (LONG + "乙,市,公开,0.3\n", ["“公开”不是末级指标"]),
    "long wandering": (LONG.replace("乙,市,3", "乙,省,3"), ["第 11 行：“乙”的“level”是“省”，第 7 行却是“市”"]),
    "long missing": (LONG.replace(",2.2,", ",2.1,").replace("不适用", "0"), ["没有一行是末级指标 2.2"]),
}


@pytest.mark.parametrize(("text", "parts"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_place_and_remedy(tmp_path: Path, text: str, parts: list[str]) -> None:
    with pytest.raises(UnusableTable) as told:
        read(tmp_path, text)
    assert all(part in str(told.value) for part in parts), str(told.value)


def test_gbk_is_told_apart_from_utf_8(tmp_path: Path) -> None:
    with pytest.raises(UnusableTable, match="第 2 行：看起来是 GBK 编码"):
        read(tmp_path, WIDE, "gbk")


def test_a_broken_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_text(WIDE)
    with pytest.raises(UnusableTable, match="不是可读的 Parquet 文件"):
        read_leaf_table(path, SYSTEM, PROFILE)
    with pytest.raises(UnusableTable, match="无法读取"):
        read_leaf_table(tmp_path / "none.parquet", SYSTEM, PROFILE)


def test_a_name_may_be_doubled_in_another_group(tmp_path: Path) -> None:
    text = WIDE.replace("level", "group").replace("乙", "甲")
    assert read(tmp_path, text).subjects == ("甲", "甲")


def test_a_name_that_two_leaves_share_must_be_a_code(tmp_path: Path) -> None:
    twins = system(
        Indicator(code="1", name="甲类", children=(leaf("1.1", "1", "其他"),)),
        Indicator(code="2", name="乙类", children=(leaf("2.1", "1", "其他"),)),
    )
    path = tmp_path / "t.csv"
    path.write_text("subject,其他,2.1\n某市,1,1\n")
    with pytest.raises(UnusableTable, match="几个末级指标同名"):
        read_leaf_table(path, twins, PROFILE)


def test_answers_of_checks_may_be_some_of_them(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("subject,1.2-1\n甲,1\n乙,0.5\n")
    found = read_check_answers(path, SYSTEM)
    assert (found.codes, found.values.tolist()) == (("1.2-1",), [[1.0], [0.5]])
