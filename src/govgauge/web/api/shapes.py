"""The shapes of answers, from which the description of the interface is made."""

from datetime import date, datetime
from functools import cache
from typing import Any, Optional

from ninja import Schema
from pydantic import Field, create_model

from govgauge.reports.open_data.dictionary import Column, Kind, tables

TYPES: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.URI: str,
    Kind.NUMBER: float,
    Kind.INTEGER: int,
    Kind.FLAG: bool,
    Kind.JSON: Any,
}


class Fault(Schema):
    """A parameter that is not valid."""

    parameter: str
    detail: str


class Problem(Schema):
    """RFC 9457, with a remedy; in Chinese, or in English where Accept-Language asks for it."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    instance: str
    reason: str | None = Field(None, description="撤回的理由 Why a version was withdrawn")
    errors: list[Fault] | None = None


class Home(Schema):
    """Where everything is."""

    rounds: str
    subjects: str
    systems: str
    case_library: str
    open_data: str
    catalogue: str
    description: str
    certificates: str = Field(description="证书查验网页 Page on which certificates are checked")


class VersionShort(Schema):
    """A version of a round."""

    number: int
    state: str = Field(description="public 现行；replaced 已被取代；withdrawn 已撤回")
    published_at: datetime | None
    withdrawn_because: str | None
    url: str


class RoundShape(Schema):
    """A round of which something was public; the newest version first."""

    round: str
    title: str
    as_of: date
    versions: list[VersionShort]


class Rounds(Schema):
    """All rounds, the newest first."""

    items: list[RoundShape]


class Digested(Schema):
    """An indicator system; `digest` is the SHA-256 of its canonical JSON, which stands at `url`."""

    id: str
    year: int
    title: str
    digest: str
    url: str


class Systems(Schema):
    """Indicator systems."""

    items: list[Digested]


class FileShape(Schema):
    """A file of a table; size and checksum are null until somebody has asked for it."""

    table: str
    format: str
    media_type: str
    url: str
    bytes: int | None
    sha256: str | None


class ShowsShape(Schema):
    """What the version tells beside points."""

    answers: bool
    findings: bool
    ranks: bool
    points: bool = Field(description="不公布名次的分组是否也公布得分 Whether points are told where ranks are not")


class VersionShape(Schema):
    """A version, with addresses of all that it tells."""

    round: str
    title: str
    number: int
    state: str
    as_of: date
    published_at: datetime | None
    issuer: str
    program: str
    rules: str
    tables_hash: str
    inputs_hash: str
    subjects: int
    shows: ShowsShape
    withheld_audits: list[str] = Field(description="不公布明细的检测项 Audits whose single findings are not told")
    tables: dict[str, str]
    systems: str
    documents: str
    files: list[FileShape]
    licence: str


class DocumentShape(Schema):
    """A report for download."""

    kind: str
    format: str
    title: str
    url: str = Field(description="始终指向最新的一份 Always the newest one of its kind and format")
    copy_url: str = Field(description="这一份，重做之后不变 This very one, also when a newer one was made")
    made_of: str = Field(description="材料和报告程序的校验值 Hash over the material and the edition of the program")
    bytes: int
    sha256: str
    made_at: datetime


class Documents(Schema):
    """Reports of a version."""

    items: list[DocumentShape]


class SubjectShape(Schema):
    """A body over the years, by its lasting number."""

    subject: int
    name: str
    parent: str | None
    region: str | None
    url: str


class Subjects(Schema):
    """Some bodies, and where to go on."""

    items: list[SubjectShape]
    next: str | None


class Top(Schema):
    """A level-1 indicator: the lowest and the highest index that are possible, from 0 to 1."""

    code: str
    name: str
    low: float | None
    high: float | None


class Year(Schema):
    """How a body stood in one round, by the version that holds."""

    round: str
    version: int
    as_of: date
    name: str
    group: str
    group_title: str
    system: str
    profile: str
    state: str
    total_low: float | None
    total_high: float | None
    index: float | None
    rank: str | None
    rank_best: int | None
    rank_worst: int | None
    grade: str | None
    unranked: str | None
    coverage: float | None
    findings: int | None
    tops: list[Top]
    results: str


class SubjectYears(SubjectShape):
    """A body with all its years, the newest first."""

    former_keys: list[str]
    years: list[Year]


class CaseShape(Schema):
    """A case of the library."""

    id: str
    year: int
    kind: str
    group: str
    owner: str
    subject: str | None
    region: str | None
    name: str
    categories: list[str]
    source: str
    place: str
    described: bool


class Cases(Schema):
    """Some cases, how many there are in all, and where to go on."""

    items: list[CaseShape]
    count: int
    next: str | None


class CaseWhole(CaseShape):
    """A case with what its source contradicts, and with its capabilities and what measures them."""

    defects: list[dict[str, Any]]
    described_at: str | None
    capabilities: list[dict[str, Any]]


@cache
def page_of(name: str) -> type[Schema]:
    """The shape of a page of a table."""
    words = tables()[name]
    fields: dict[str, Any] = {column.name: _field(column) for column in words.columns}
    if name == "checks":
        fields["evidence"] = (
            Optional[str],  # noqa: UP045 - made at run time
            Field(description="作为依据的问题明细 The findings on which the answer rests"),
        )
    row = create_model(f"{name.title()}Row", __base__=Schema, __doc__=f"{words.note_zh} {words.note_en}", **fields)
    page: dict[str, Any] = {
        "items": (list[row], ...),  # type: ignore[valid-type]
        "count": (
            Optional[int],  # noqa: UP045
            Field(description="符合条件的总行数；按检测项筛选时为空 Rows in all; null where an audit is asked for"),
        ),
        "next": (Optional[str], Field(description="下一页的地址，没有时为空 Address of the next page")),  # noqa: UP045
    }
    return create_model(f"{name.title()}Page", __base__=Schema, **page)


def _field(column: Column) -> tuple[Any, Any]:
    told = f"{column.zh} {column.en}. {column.note_zh} {column.note_en}".strip()
    unit: dict[str, Any] | None = {"x-unit": column.unit} if column.unit else None
    return Optional[TYPES[column.kind]], Field(description=told, json_schema_extra=unit)  # noqa: UP045
