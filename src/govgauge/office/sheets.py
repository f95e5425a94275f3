"""All that the tables of a round tell of one judged site, read from the folder of its judgement, and kept compressed.

Nothing in it depends on the time of a visit or on the order in which pages came.
"""

import hashlib
from fractions import Fraction
from pathlib import Path

import msgspec
from isal import isal_zlib
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.gather.artifacts import Failure
from govgauge.outcomes import Fact, Outcome
from govgauge.scoring.coverage_floor import CoverageFloor

PACKING = 2
"""Level of compression of ISA-L: a sheet of 100 KB takes less than a millisecond and becomes 10 KB."""


class Span(Struct, frozen=True):
    """Points for sure, and points at most."""

    low: float
    high: float


class Coverage(Struct, frozen=True):
    """Points of the table, and those of them that have an answer."""

    weight_total: float
    weight_answered: float


class Level(Struct, frozen=True):
    """A node above the lowest level."""

    path: tuple[str, str | None, str | None]
    level: int
    effective_weight: float
    answered: float
    bonus: bool


class CheckLine(Struct, frozen=True):
    """A check with what it brought."""

    id: str
    text: str
    method: str
    audit: str | None
    outcome: Outcome
    value: float | None
    weight: float
    low: float
    high: float
    findings: int
    answered: bool
    confirmed: bool
    source: str
    reason: str


class IndicatorLine(Struct, frozen=True):
    """A leaf of the system with its points and checks."""

    code: str
    path: tuple[str, str | None, str | None]
    weight: float
    effective_weight: float
    index: float | None
    score: float | None
    low: float
    high: float
    bonus: bool
    checks: tuple[CheckLine, ...]


class ResultLine(Struct, frozen=True):
    """What an audit said."""

    audit: str
    version: int
    outcome: Outcome
    value: float | None
    slug: str = ""
    data: dict[str, Fact] = {}
    reason: str = ""


class Found(Struct, frozen=True):
    """A finding without times and places of evidence. `confirmed` is None where one visit alone was made."""

    audit: str
    page: str
    target: str
    slug: str
    data: dict[str, Fact]
    excerpt: str
    sha256: str = ""
    confirmed: bool | None = None


class VetoLine(Struct, frozen=True):
    """A veto and whether it hits: yes, no, not-observable."""

    id: str
    hit: str


class Packed(Struct, frozen=True):
    """A sheet as the records keep it: its points with the bonus, the SHA-256 over all that it tells, and itself."""

    total: Span
    digest: str
    body: bytes


class Home(Struct, frozen=True):
    """How the visit went."""

    home_ok: bool
    home_failure: str
    pages: int

    @property
    def is_closed(self) -> bool:
        """Whether the site tells of itself that it was given up or has moved."""
        return self.home_failure == Failure.CLOSED


class Sheet(Struct, frozen=True):
    """A judged site. `total` includes the bonus, `base` leaves it out; points are unrounded."""

    total: Span
    base: Span
    coverage: Coverage
    base_coverage: Coverage
    levels: tuple[Level, ...]
    indicators: tuple[IndicatorLine, ...]
    vetoes: tuple[VetoLine, ...]
    visit: Home
    results: tuple[ResultLine, ...] = ()
    findings: tuple[Found, ...] = ()

    def below(self, floor: CoverageFloor) -> str:
        """Where less is answered than a floor asks for, a sentence; empty where nothing is."""
        whole = self.base_coverage
        parts = [("全部指标", whole.weight_answered, whole.weight_total, floor.total)] + [
            (f"“{node.path[0]}”", node.answered, node.effective_weight, floor.each_first_level)
            for node in self.levels
            if node.level == 1 and not node.bonus
        ]
        for what, answered, weight, share in parts:
            if share and weight and Fraction(answered) < share * Fraction(weight) - TOLERANCE:
                return f"{what}已有采集值的权重占 {100 * answered / weight:.1f}%，不足 {float(100 * share):g}%，不排名"
        return ""


TOLERANCE = Fraction(1, 10**9)
"""Points by which a share written with binary fractions may miss its floor."""


def read(folder: Path) -> Sheet:
    """The sheet of a folder with assessment.json, results.jsonl and findings.jsonl. Raises Unusable."""
    try:
        told = msgspec.json.decode((folder / "assessment.json").read_bytes(), type=Sheet)
        results = msgspec.json.Decoder(ResultLine).decode_lines((folder / "results.jsonl").read_bytes())
        findings = msgspec.json.Decoder(Found).decode_lines((folder / "findings.jsonl").read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise Unusable(f"{folder}：判定结果缺失或损坏（{error}）(the judgement is missing or damaged).") from None
    return msgspec.structs.replace(
        told,
        results=tuple(sorted(results, key=lambda line: line.audit)),
        findings=tuple(sorted(findings, key=_place)),
    )


def packed(sheet: Sheet) -> Packed:
    """A sheet as the records keep it."""
    told = _encoded(sheet)
    return Packed(sheet.total, hashlib.sha256(told).hexdigest(), isal_zlib.compress(told, PACKING))


def unpacked(body: bytes | memoryview) -> Sheet:
    """A sheet from the records."""
    return msgspec.json.decode(isal_zlib.decompress(body), type=Sheet)


def digest(sheet: Sheet) -> str:
    """SHA-256 over all that a sheet tells."""
    return hashlib.sha256(_encoded(sheet)).hexdigest()


def _encoded(sheet: Sheet) -> bytes:
    return msgspec.json.encode(sheet, order="deterministic")


def _place(found: Found) -> tuple[str, str, str, str, bytes]:
    return found.audit, found.page, found.target, found.slug, msgspec.json.encode(found.data, order="sorted")
