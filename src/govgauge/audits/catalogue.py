"""Finding the audits: every folder of this room that holds an audit.py is one."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec

from govgauge.audits import cut_visit
from govgauge.audits.audit import Audit, Params, View
from govgauge.audits.verdict import not_applicable
from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

LOOKED_AT = ("checked", "judged", "pages")
"""Under these names audits tell how many things they went through, each that could have been faulty."""
NOTHING = "所检查的部分没有这类内容。"
ROOM = Path(__file__).parent


class UnknownAudit(ValueError):
    """No audit of that id. The message names the nearest ones."""


@cache
def all_audits() -> dict[str, Audit]:
    """Every audit by id, in the order of their folders' names."""
    audits = (_load(folder) for folder in _folders())
    return {audit.meta.id: audit for audit in audits}


@cache
def page_wise() -> list[Audit]:
    """The audits that inspect single pages. Code that nowhere says `inspect` is not loaded to see that it does not."""
    told = (_load(folder) for folder in _folders() if b"inspect" in (folder / "audit.py").read_bytes())
    return [audit for audit in told if audit.inspect is not None]


def loading() -> Iterator[None]:
    """Load all audits, one with each step."""
    for folder in _folders():
        _load(folder)
        yield


def find(audit_id: str) -> Audit:
    """The audit of that id. Raises UnknownAudit."""
    audits = all_audits()
    if audit_id not in audits:
        raise UnknownAudit(f"没有名为“{audit_id}”的自动检查；用 govgauge audits list 查看全部。")
    return audits[audit_id]


def params_of(audit: Audit, values: dict[str, object] | None = None) -> Params:
    """The parameters with `values` over their defaults. Raises msgspec.ValidationError on a wrong name or type."""
    return msgspec.convert(values or {}, type=audit.meta.params)


def run_judge(audit: Audit, site: Site, params: Params, observed: list[Finding]) -> Result:
    """Judge a site, letting the audit see only what it declared, and say no more than the visit bears out."""
    result = audit.judge(View(site, audit.meta.needs), params, observed)  # type: ignore[arg-type]  # a View reads like a Site
    return cut_visit.weigh(audit.meta, params, site, _looked_at(audit, result))


def _looked_at(audit: Audit, result: Result) -> Result:
    """The result; where none of the things was there that an audit goes through, nothing has passed."""
    if result.outcome is Outcome.PASS and any(result.data.get(name) == 0 for name in LOOKED_AT):
        return not_applicable(audit.meta, NOTHING)
    return result


def run_inspect(audit: Audit, page: Page, params: Params) -> list[Finding]:
    return list(audit.inspect(page, params)) if audit.inspect else []


class Texts(msgspec.Struct, frozen=True):
    """What is said about an audit in one language; `slugs` are sentences filled from a finding's data."""

    title: str
    failure: str
    why: str
    fix: str
    passed: str = ""
    """What is right where the audit passes; the title may name the fault."""
    slugs: dict[str, str] = {}

    def sentence(self, finding: Finding) -> str:
        """The sentence for one finding; the general one when the slug has none."""
        facts: dict[str, Fact] = {"page": finding.page, "target": finding.target, **finding.data}
        template = self.slugs.get(finding.slug, self.failure)
        try:
            return template.format(**facts)
        except (KeyError, IndexError, ValueError):
            return self.failure


@cache
def texts(audit_id: str, language: str = "zh") -> Texts:
    """The words of an audit in `zh` or `en`."""
    with (find(audit_id).folder / "texts.toml").open("rb") as file:
        return msgspec.convert(tomllib.load(file)[language], type=Texts)


@cache
def _folders() -> list[Path]:
    return [path.parent for path in sorted(ROOM.glob("*/audit.py"))]


@cache
def _load(folder: Path) -> Audit:
    module = import_module(f"{__package__}.{folder.name}.audit")
    return Audit(meta=module.META, judge=module.judge, inspect=getattr(module, "inspect", None), folder=folder)
