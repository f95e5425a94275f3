"""Ways to say a result, shared by all audits."""

from collections.abc import Sequence

from govgauge.audits.audit import Meta
from govgauge.outcomes import Fact, Finding, Outcome, Result


def passed(meta: Meta, data: dict[str, Fact] | None = None) -> Result:
    return Result(audit=meta.id, version=meta.version, outcome=Outcome.PASS, value=1.0, slug="pass", data=data or {})


def not_applicable(meta: Meta, reason: str) -> Result:
    """The site has nothing of this kind, and nothing requires it. `reason` is a Chinese sentence."""
    return Result(audit=meta.id, version=meta.version, outcome=Outcome.NOT_APPLICABLE, reason=reason)


def not_observable(meta: Meta, reason: str) -> Result:
    """It could not be measured. `reason` is a Chinese sentence."""
    return Result(audit=meta.id, version=meta.version, outcome=Outcome.NOT_OBSERVABLE, reason=reason)


def judged(meta: Meta, findings: Sequence[Finding], *, value: float, data: dict[str, Fact] | None = None) -> Result:
    """A result from findings: pass without any, else fail (value 0) or partial. `value` is 0…1."""
    if not findings:
        return passed(meta, data)
    value = min(1.0, max(0.0, value))
    outcome = Outcome.FAIL if value == 0 else Outcome.PARTIAL
    return Result(
        audit=meta.id,
        version=meta.version,
        outcome=outcome,
        value=value,
        slug=findings[0].slug,
        data=data or {},
        findings=tuple(findings),
    )


def failed(meta: Meta, findings: Sequence[Finding], data: dict[str, Fact] | None = None) -> Result:
    """A result whose first finding is enough to fail."""
    return judged(meta, findings, value=0.0, data=data)


def template_fault(findings: Sequence[Finding], *, at_most: int = 5) -> list[Finding]:
    """Fold a target that stands on more than `at_most` pages into its first page: it sits in a template.

    `findings` come in the order of the visit (home page first). The finding that is kept says in `data.pages` on how
    many pages the fault was seen.
    """
    by_target: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_target.setdefault((finding.slug, finding.target), []).append(finding)
    kept: list[Finding] = []
    for group in by_target.values():
        if len({finding.page for finding in group}) <= at_most:
            kept.extend(group)
            continue
        first = group[0]
        data: dict[str, Fact] = {**first.data, "pages": len({finding.page for finding in group})}
        kept.append(
            Finding(
                audit=first.audit,
                page=first.page,
                target=first.target,
                slug=first.slug,
                data=data,
                excerpt=first.excerpt,
                seen_at=first.seen_at,
                source=first.source,
            )
        )
    return kept
