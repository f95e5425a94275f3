"""A list of more than twenty-six columns is a workbook like any other."""

import io
from contextlib import closing

from openpyxl import load_workbook

from govgauge.web import exports


def test_a_list_of_thirty_columns_is_a_workbook() -> None:
    heads = [f"列{number}" for number in range(30)]
    with closing(exports.answer("xlsx", "r-wide", heads, [list(range(30))])) as sent:
        book = load_workbook(io.BytesIO(b"".join(sent)))  # type: ignore[arg-type]
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == heads
    assert [cell.value for cell in sheet[2]] == list(range(30))
    assert sheet.column_dimensions["AD"].width == 18
