"""A small system and tables over it, and random ones for Hypothesis."""

from decimal import Decimal

import numpy as np
from hypothesis import strategies as st

from govgauge.analysis.assessed import Assessed
from govgauge.analysis.leaf_table import LeafTable
from govgauge.systems.model import Check, Indicator, Method, Profile, Source, Status, System
from govgauge.systems.ranking import Grade, Ranking

PROFILE = "p"
GRADES = (Grade("优", Decimal(8)), Grade("良", Decimal(5)), Grade("差", Decimal(0)))


def leaf(code: str, weight: str, name: str = "", *, bonus: bool = False, deduct: bool = False) -> Indicator:
    check = Check(id=f"{code}-1", text="要点", share=Decimal(1), method=Method.MANUAL)
    return Indicator(
        code=code,
        name=name or f"指标{code}",
        weights={PROFILE: Decimal(weight)},
        bonus=bonus,
        deduct=deduct,
        checks=(check,),
    )


def system(*indicators: Indicator, name: str = "small") -> System:
    full = sum((node.weight(PROFILE) or Decimal(0) for node in indicators), Decimal(0))
    return System(
        id=name,
        year=2025,
        table="小表",
        title="小体系",
        source=Source("某报告"),
        status=Status.COMPLETE,
        profiles=(Profile(PROFILE, "档"),),
        full_marks=full,
        bonus_max=Decimal(1),
        indicators=indicators,
        ranking=Ranking(grades=GRADES),
    )


SYSTEM = system(
    Indicator(code="1", name="公开", children=(leaf("1.1", "4", "目录"), leaf("1.2", "2", "年报"))),
    Indicator(code="2", name="服务", children=(leaf("2.1", "3", "指南"), leaf("2.2", "1", "清理", deduct=True))),
    leaf("3", "1", "案例", bonus=True),
)
CODES = ("1.1", "1.2", "2.1", "2.2", "3")
CELLS = st.one_of(st.integers(0, 100).map(lambda each: each / 100), st.sampled_from(["open", "out"]))
ROWS = st.lists(st.tuples(*[CELLS] * len(CODES)), min_size=1, max_size=8)


def table(rows: list[tuple[object, ...]], columns: dict[str, tuple[str, ...]] | None = None) -> LeafTable:
    """Rows of numbers, "open" or "out"; the subjects are 甲, 乙, …"""
    values = np.array([[cell if isinstance(cell, float) else np.nan for cell in row] for row in rows])
    applies = np.array([[cell != "out" for cell in row] for row in rows])
    return LeafTable(tuple(names(len(rows))), CODES, values, applies, columns or {})


def names(count: int) -> list[str]:
    return [f"{'甲乙丙丁戊己庚辛壬癸'[place % 10]}{place // 10 or ''}" for place in range(count)]


def assessed(rows: list[tuple[object, ...]], columns: dict[str, tuple[str, ...]] | None = None) -> Assessed:
    return Assessed(SYSTEM, PROFILE, table(rows, columns))
