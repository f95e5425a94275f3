"""The anchored rubric: aspects of a case, each with levels that a sentence describes, and the weights of a round."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.choosing.unusable import UnusableChoice

SHELF = Path(__file__).parent / "rubrics"


class Anchor(Struct, frozen=True, forbid_unknown_fields=True):
    """A level and the sentence that says what a case on it is like."""

    level: int
    zh: str
    en: str


class Dimension(Struct, frozen=True, forbid_unknown_fields=True):
    """An aspect of a case: the question to ask of it, and its anchors from the lowest level to the highest."""

    code: str
    zh: str
    en: str
    ask_zh: str
    ask_en: str
    anchors: tuple[Anchor, ...]


class Rubric(Struct, frozen=True, forbid_unknown_fields=True):
    """Aspects with the same levels `lowest`…`highest` (whole numbers) everywhere."""

    id: str
    version: int
    zh: str
    en: str
    source: str
    lowest: int
    highest: int
    dimensions: tuple[Dimension, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the aspects, in order."""
        return tuple(dimension.code for dimension in self.dimensions)


def rubric_ids() -> list[str]:
    """Ids of the rubrics that come with the program, sorted."""
    return sorted(path.stem for path in SHELF.glob("*.toml"))


@cache
def rubric(rubric_id: str = "innovation") -> Rubric:
    """The rubric of that id. Raises UnusableChoice when there is none, or when its file is broken."""
    if rubric_id not in rubric_ids():
        known = "、".join(rubric_ids())
        raise UnusableChoice(f"没有名为“{rubric_id}”的评分量表；现有：{known} (no such rubric; choose one of these).")
    return read_rubric((SHELF / f"{rubric_id}.toml").read_text("utf-8"), f"{rubric_id}.toml")


def read_rubric(text: str, place: str) -> Rubric:
    """A rubric from TOML. Raises UnusableChoice with a sentence for each fault; `place` says where it was read."""
    try:
        read = msgspec.convert(tomllib.loads(text), Rubric)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UnusableChoice(
            f"{place}：量表无法读取（{error}）。请对照 docs/choosing.md 改正 (broken rubric)."
        ) from error
    if faults := _faults(read):
        raise UnusableChoice("\n".join(f"{place}：{fault}" for fault in faults))
    return read


def equal_weights(scale: Rubric) -> dict[str, Decimal]:
    """The same weight for every aspect: what holds where a round says nothing."""
    return {code: Decimal(1) for code in scale.codes}


def check_weights(scale: Rubric, weights: Mapping[str, Decimal]) -> None:
    """Raises UnusableChoice unless each aspect has a weight of at least 0, no other has, and one is above 0.

    Weights need not add up to 1 or 100: each counts by its share of their sum.
    """
    strange = sorted(set(weights) - set(scale.codes))
    absent = [code for code in scale.codes if code not in weights]
    if strange or absent:
        raise UnusableChoice(
            f"量表 {scale.id} 的权重须逐项给出：缺少 {'、'.join(absent) or '（无）'}，"
            f"多出 {'、'.join(strange) or '（无）'} (a weight for each dimension, and no other)."
        )
    wrong = [code for code, weight in weights.items() if not weight.is_finite() or weight < 0]
    if wrong or not sum(weights.values()):
        raise UnusableChoice(
            f"量表 {scale.id} 的权重须不小于 0 且不全为 0，请改正：{'、'.join(wrong or scale.codes)} "
            "(weights must not be negative, nor all zero)."
        )


def _faults(scale: Rubric) -> list[str]:
    said = []
    if scale.highest <= scale.lowest:
        said.append(f"最高级 {scale.highest} 须大于最低级 {scale.lowest}。请改正 (no levels).")
    if not scale.dimensions or len(set(scale.codes)) != len(scale.dimensions):
        said.append("至少要有一个方面，代码不得重复。请改正 (dimensions missing or named twice).")
    levels = list(range(scale.lowest, scale.highest + 1))
    for dimension in scale.dimensions:
        if [anchor.level for anchor in dimension.anchors] != levels:
            said.append(f"方面 {dimension.code} 的描述须从低到高每级一句。请补齐 (one anchor a level, in order).")
        if not all(anchor.zh.strip() and anchor.en.strip() for anchor in dimension.anchors):
            said.append(f"方面 {dimension.code} 有空的描述。请补齐中英文 (an anchor is empty).")
    return said
