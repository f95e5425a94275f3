"""vulnerable-library: pages use a JavaScript library in a version with a published weakness."""

from collections.abc import Iterable, Sequence

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.verdict import judged, not_observable, passed, template_fault
from govgauge.audits.vulnerable_library.libraries import Library, by_address, by_banner
from govgauge.gather.artifacts import LinkKind
from govgauge.outcomes import Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """How much one weak library costs. GB/T 31506—2022 asks for components without known weaknesses: own measure."""

    cost: float = 0.25
    """Share of the value lost for each weak library and version."""


META = Meta(
    id="vulnerable-library",
    version=2,
    group=Group.SAFETY,
    needs=("facts", "home", "pages", "targets", "html_of"),
    params=Params,
    source="GB/T 31506—2022 政府门户网站系统安全技术指南；OWASP Top 10 2021 A06；CVE",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:  # noqa: ARG001  # contract of all audits
    """Scripts of the page whose address names a library, and libraries written into the page."""
    seen = set()
    for link in page.parts:
        if link.kind is LinkKind.SCRIPT and link.url not in seen:
            seen.add(link.url)
            library = by_address(link.url)
            if library is not None and library.weakness:
                yield _finding(page.url, library, link.url)
    for source, script in page.scripts:
        library = by_banner(script) if source is None else None
        if library is not None and library.weakness:
            yield _finding(page.url, library, "")


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    """What the addresses say, unless the file itself says otherwise; and what files without a version say."""
    if not site.facts.home_ok:
        return not_observable(META, "首页没有打开。")
    findings = [finding for finding in observed if _is_true(site, finding)]
    findings += _in_files_of_home(site, {(finding.page, finding.target) for finding in findings})
    if not findings:
        return passed(META, {"pages": len(site.pages)})
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.target, finding)
    return judged(META, _once_per_page(findings), value=1.0 - params.cost * len(first), data={"libraries": len(first)})


def _once_per_page(findings: list[Finding]) -> list[Finding]:
    once = {(finding.page, finding.target): finding for finding in reversed(findings)}
    return template_fault([once[key] for key in dict.fromkeys((finding.page, finding.target) for finding in findings)])


def _is_true(site: Site, finding: Finding) -> bool:
    """Not when the file could not be had (then no page uses it), nor when its banner names another version."""
    url = str(finding.data["script"])
    target = site.targets.get(url)
    if not url or target is None:
        return True
    if not target.exchange.ok and target.confirmed:
        return False
    told = by_banner(site.html_of(url)) if target.exchange.ok else None
    return told is None or f"{told.name}@{told.version}" == finding.target


def _in_files_of_home(site: Site, known: set[tuple[str, str]]) -> list[Finding]:
    """Weak libraries that only the banners of the home page's script files tell."""
    findings = []
    for link in site.home.links if site.home else ():
        target = site.targets.get(link.url)
        if link.kind is not LinkKind.SCRIPT or target is None or not target.exchange.ok:
            continue
        library = by_banner(site.html_of(link.url))
        if library is not None and library.weakness and site.home is not None:
            finding = _finding(site.home.url, library, link.url)
            if (finding.page, finding.target) not in known:
                findings.append(finding)
    return findings


def _finding(page: str, library: Library, script: str) -> Finding:
    return Finding(
        audit=META.id,
        page=page,
        target=f"{library.name}@{library.version}",
        slug="weak",
        data={"name": library.name, "version": library.version, "cve": library.weakness, "script": script},
        excerpt=script,
    )
