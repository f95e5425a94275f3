"""Precision and recall of every audit over its labelled samples."""

from msgspec import Struct

from govgauge.audits.audit import Audit
from govgauge.audits.samples import judge, load


class Miss(Struct, frozen=True):
    """A sample that was not judged as labelled. Pairs are (page, target)."""

    sample: str
    wrongly_found: tuple[tuple[str, str], ...]
    not_found: tuple[tuple[str, str], ...]
    outcome: str = ""


class Measure(Struct, frozen=True):
    """How an audit did on its samples. `precision` and `recall` are None where nothing was found or expected."""

    audit: str
    samples: int
    expected: int
    found: int
    right: int
    precision: float | None
    recall: float | None
    misses: tuple[Miss, ...]


def measure(audit: Audit) -> Measure:
    """Judge every sample of the audit and count."""
    expected = found = right = 0
    misses: list[Miss] = []
    paths = sorted((audit.folder / "samples").glob("*.toml"))
    for path in paths:
        sample = load(path)
        result = judge(audit, sample)
        wanted = {(entry.page, entry.target) for entry in sample.expect}
        got = {(finding.page, finding.target) for finding in result.findings}
        expected, found, right = expected + len(wanted), found + len(got), right + len(wanted & got)
        outcome = "" if sample.outcome in ("", result.outcome.value) else f"{result.outcome.value}≠{sample.outcome}"
        if wanted != got or outcome:
            misses.append(Miss(path.name, tuple(sorted(got - wanted)), tuple(sorted(wanted - got)), outcome))
    return Measure(
        audit=audit.meta.id,
        samples=len(paths),
        expected=expected,
        found=found,
        right=right,
        precision=right / found if found else None,
        recall=right / expected if expected else None,
        misses=tuple(misses),
    )
