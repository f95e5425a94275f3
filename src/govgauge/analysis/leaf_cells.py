"""Cells of text as values 0…1, open, or not applicable."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from govgauge.scoring.bulk import Flags, Points

OUT = ("不适用", "n/a", "N/A", "not-applicable")


def numbers(cells: Sequence[str]) -> tuple[Points, Flags, list[int]]:
    """Values (NaN where empty or not applicable), whether they apply, and the rows whose cells are neither."""
    texts = pl.Series(cells, dtype=pl.String)
    found = texts.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy().copy()
    empty, out = (texts == "").to_numpy(), texts.is_in(list(OUT)).to_numpy()
    good = (found >= 0) & (found <= 1)
    return found, ~out, [int(row) for row in np.flatnonzero(~(good | empty | out))]


def complaint(text: str) -> str:
    """What is wrong with a cell, and what to write instead."""
    number = pl.Series([text]).cast(pl.Float64, strict=False)[0]
    if number is None or not np.isfinite(number):
        percent = "，不要写百分号" if text.endswith(("%", "％")) else ""
        return f"“{text}”不是数。请填 0 至 1 之间的小数{percent}；未采集留空，不适用写“{OUT[0]}” (not a number)."
    return f"{text} 不在 0 至 1 之间。指数是得分除以权重，请核对是否填成了得分或百分数 (not within 0…1)."
