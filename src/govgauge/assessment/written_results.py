"""Reading the results of a written assessment back, with their findings."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from govgauge.assessment.finding_lines import FindingLine
from govgauge.errors import Unusable
from govgauge.outcomes import Fact, Finding, Outcome, Result

Line = TypeVar("Line")


class WrittenSubject(Struct, frozen=True):
    """Whose assessment it is; `url` is that of the home page."""

    url: str
    name: str


class WrittenFrame(Struct, frozen=True):
    """The parts of `assessment.json` that say what was judged, by which rules."""

    subject: WrittenSubject
    rules: str


class WrittenResult(Struct, frozen=True):
    """A line of `results.jsonl`."""

    audit: str
    version: int
    outcome: Outcome
    value: float | None
    slug: str
    data: dict[str, Fact]
    reason: str


def read_frame(folder: Path) -> WrittenFrame:
    """What was judged. Raises Unusable when the folder holds no assessment."""
    return next(_decoded(folder / "assessment.json", [_raw(folder / "assessment.json")], WrittenFrame))


def read_results(folder: Path) -> dict[str, Result]:
    """The result of every audit, by its id. Raises Unusable for files that are missing or damaged."""
    found: dict[str, list[Finding]] = {}
    findings = folder / "findings.jsonl"
    for line in _decoded(findings, _raw(findings).splitlines(), FindingLine):
        made = Finding(audit=line.audit, page=line.page, target=line.target, slug=line.slug, data=line.data)
        found.setdefault(line.audit, []).append(made)
    results = folder / "results.jsonl"
    return {
        line.audit: Result(
            audit=line.audit,
            version=line.version,
            outcome=line.outcome,
            value=line.value,
            slug=line.slug,
            data=line.data,
            reason=line.reason,
            findings=tuple(found.get(line.audit, ())),
        )
        for line in _decoded(results, _raw(results).splitlines(), WrittenResult)
    }


def _raw(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(
            f"{path}：无法读取（{error.strerror}）。请给出 assess 写出的目录 (give a folder written by assess)."
        ) from None


def _decoded(path: Path, lines: list[bytes], kind: type[Line]) -> Iterator[Line]:
    for number, raw in enumerate(lines, start=1):
        try:
            yield msgspec.json.decode(raw, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unusable(
                f"{path} 第 {number} 行：已损坏（{error}）。请用 govgauge judge 重新判定 (damaged; judge again)."
            ) from None
