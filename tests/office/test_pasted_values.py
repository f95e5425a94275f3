"""Columns pasted from spreadsheets: read by name or in order, and told line by line where they cannot be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.office.pasted_values import Pasted, read, value_of

NAMES = ("甲县", "乙县", "丙县")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", (Decimal(1), False)),
        ("0.25", (Decimal("0.25"), False)),
        ("80%", (Decimal("0.8"), False)),
        ("37.5％", (Decimal("0.375"), False)),
        ("是", (Decimal(1), False)),
        ("√", (Decimal(1), False)),
        ("NO", (Decimal(0), False)),
        ("不适用", (None, True)),
        ("2", None),
        ("-0.1", None),
        ("101%", None),
        ("=1+1", None),
        ("很好", None),
        ("", None),
    ],
)
def test_a_cell_is_a_value_or_none(text: str, value: object) -> None:
    assert value_of(text) == value


def test_a_bare_column_goes_by_the_order_of_the_rows() -> None:
    told = read("1\n\n否\r\n", NAMES)
    assert told.faults == ()
    assert [(one.row, one.value) for one in told.values] == [(0, Decimal(1)), (2, Decimal(0))]


def test_names_find_their_rows_and_reasons_come_along() -> None:
    told = read("丙县\t80%\t多数可用\n甲县\t不适用\t没有这项职能", NAMES)
    assert told.values == (
        Pasted(row=2, value=Decimal("0.8"), not_applicable=False, reason="多数可用"),
        Pasted(row=0, value=None, not_applicable=True, reason="没有这项职能"),
    )


def test_what_cannot_be_used_is_told_by_its_line() -> None:
    told = read("丁县\t1\n甲县\t很好\n乙县\t1\n乙县\t0\n\n1", NAMES)
    assert [one.row for one in told.values] == [1]
    assert [fault.partition("：")[0] for fault in told.faults] == ["第 1 行", "第 2 行", "第 4 行", "第 6 行"]
    assert read("1\n" * 1001, NAMES).faults == ("粘贴了 1001 行，最多 1000 行；请分几次粘贴",)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    told = read(text, NAMES)
    assert all(0 <= one.row < 3 and (one.value is None or 0 <= one.value <= 1) for one in told.values)
