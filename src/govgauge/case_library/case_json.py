"""Cases for programs and for tables: as JSON, and as rows of text."""

from collections.abc import Sequence

from govgauge.case_library import library, links
from govgauge.case_library.model import Capability, Case, Described
from govgauge.case_library.words import GROUPS, KINDS

HEADINGS = ("编号", "年份", "类型", "组别", "单位", "案例名称", "类别", "地区", "评估对象", "来源", "位置", "能力")


def case_json(case: Case, *, whole: bool = False) -> dict[str, object]:
    """A case; when `whole`, with what its source contradicts and with its capabilities and what measures them."""
    facts: dict[str, object] = {
        "id": case.id,
        "year": case.year,
        "kind": case.kind.value,
        "group": case.group.value,
        "owner": case.owner,
        "subject": case.subject or None,
        "region": case.region or None,
        "name": case.name,
        "categories": list(case.categories),
        "source": library.source_of(case),
        "place": case.place,
        "described": library.description(case.id) is not None,
    }
    if case.address:
        facts["address"] = case.address
    if whole:
        told = library.description(case.id)
        facts["defects"] = [{"place": one.place, "text": one.text, "en": one.en} for one in library.defects_of(case)]
        facts["described_at"] = told.place if told else None
        facts["capabilities"] = _capabilities(told)
    return facts


def _capabilities(told: Described | None) -> list[dict[str, object]]:
    return [_capability(one) for one in told.capabilities] if told else []


def _capability(one: Capability) -> dict[str, object]:
    checks = [
        {"system": measured.system.id, "check": measured.check.id, "text": measured.check.text}
        for measured in links.checks_of(one)
    ]
    return {
        "zh": one.zh,
        "en": one.en,
        "checks": checks,
        "audits": list(links.audits_of(one)),
        "unmeasured": one.unmeasured,
    }


def rows(cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """The cases as lines of a table under HEADINGS."""
    return [_row(case) for case in cases]


def _row(case: Case) -> tuple[str, ...]:
    told = library.description(case.id)
    return (
        case.id,
        str(case.year),
        KINDS[case.kind],
        GROUPS[case.group],
        case.owner,
        case.name,
        "；".join(case.categories),
        case.region,
        case.subject,
        library.source_of(case),
        case.place,
        "；".join(one.zh for one in told.capabilities) if told else "",
    )
