"""The parameters of the interface, with their limits, and what is said of those that keep none."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from ninja import Path, Schema
from pydantic import Field

from govgauge.web.open_data.problems import Fault, Problem

PLAIN = r"^[^\x00-\x1f\x7f]*$"
LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps."""
MOST_ROWS = 1000

Slug = Annotated[str, Path(description="年度评估的标识（如 2025） Name of the round", max_length=60)]
Version = Annotated[str, Path(description="版本号，或 latest（转到现行版本） Number, or latest", max_length=60)]
Number = Annotated[int, Path(description="对象编号 Number of a subject", ge=1, le=LARGEST)]
Id = Annotated[str, Path(description="标识 Id", max_length=100)]


def _text(words: str, longest: int = 60) -> Any:
    """A parameter that is a text, or is not asked for."""
    return Field(None, description=words, max_length=longest, pattern=PLAIN)


class Some(Schema):
    """Some rows, and from where on."""

    cursor: str | None = Field(
        None, description="上一页 next 中的标记 The mark in `next` of the page before", pattern=r"^[0-9]{1,12}$"
    )
    limit: int = Field(100, description="每页行数 Rows of a page", ge=1, le=MOST_ROWS)

    @property
    def start(self) -> int:
        """The number that the mark is."""
        return int(self.cursor or 0)

    @property
    def filters(self) -> dict[str, Any]:
        """All but the mark, as the next page is asked for."""
        return self.model_dump(exclude={"cursor"})


class OfRegion(Some):
    """Rows of a region."""

    region: str | None = _text("省级地区 Province-level region")


class OfBodies(OfRegion):
    """Rows that tell of subjects."""

    group: str | None = _text("分组 Id of a group")
    subject: int | None = Field(None, description="对象编号 Number of a subject", ge=1, le=LARGEST)


class OfFindings(OfBodies):
    """Single faults."""

    audit: str | None = _text("检测项 Id of an audit")


class OfNames(OfRegion):
    """Subjects by name."""

    q: str | None = _text("名称中的文字 Part of the name", 100)


class OfCases(Some):
    """Cases of the library."""

    q: str | None = _text("名称、单位或拼音中的文字 Words of the name or owner, or their pinyin", 100)
    year: int | None = Field(None, description="年份 Year", ge=1900, le=2999)


SAID = {
    "missing": "缺少这个参数 (it is missing)",
    "int_parsing": "要写成整数 (it must be a whole number)",
    "int_parsing_size": "数字太大 (it is too large)",
    "int_type": "要写成整数 (it must be a whole number)",
    "greater_than_equal": "太小，最小是 {ge} (too small; at least {ge})",
    "less_than_equal": "太大，最大是 {le} (too large; at most {le})",
    "string_too_long": "太长，最多 {max_length} 个字符 (too long; at most {max_length} characters)",
    "string_pattern_mismatch": "含有不允许的字符 (it holds signs that are not allowed)",
}
OTHERWISE = "值无效 (the value is not valid)"


def refusal(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """What is told of parameters that are not valid."""
    faults = tuple(
        Fault(str(one["loc"][-1]), SAID.get(str(one["type"]), OTHERWISE).format_map(one.get("ctx") or {}))
        for one in errors
    )
    named = "、".join(dict.fromkeys(fault.parameter for fault in faults))
    return Problem(
        422,
        f"参数不对：{named} (not valid: {named}).",
        "请按 /open-data/api/ 的说明改正 (correct them as /open-data/api/ says).",
        faults=faults,
    )
