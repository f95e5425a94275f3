"""Judging what was read, scoring it, and writing it down."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from govgauge.assessment import files, shards
from govgauge.assessment.conclusion import Basis, Conclusion
from govgauge.assessment.frame import Frame, probes_of, site_facts
from govgauge.assessment.judging import Ask, judge
from govgauge.assessment.light_tables import TableKeeper
from govgauge.assessment.read_pages import ReadPages
from govgauge.audits.catalogue import all_audits
from govgauge.gather import archive, charset
from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.gather.visit import Progress, Visit
from govgauge.outcomes import Finding
from govgauge.scoring.answers import answers_from_results
from govgauge.scoring.score import score
from govgauge.scoring.vetoes import judge as judge_vetoes
from govgauge.structure import targets
from govgauge.structure.assemble import assemble
from govgauge.structure.model import PageReading
from govgauge.structure.site import LinkUse, Site
from govgauge.systems import library

WARNING_RULES = "early-warning"
"""The rule set of early warnings, judged beside the chosen one."""

SOURCES_KEPT = 2
"""Sources kept at hand: one audit after the other looks at that of the home page."""

Show = Callable[[Progress], None]


def conclude(
    done: Visit, basis: Basis, gathered: Path, tables: TableKeeper, show: Show, *, reported: bool = True
) -> Conclusion:
    """Judge a visit that lies in `gathered` and was read into the folder of `tables`; write its files there.

    `reported`: with the reports for readers.
    """
    out = tables.folder
    frame, system, rules = basis.frame, basis.system, basis.rules
    show(Progress(done=0, phase="判定"))
    warning_rules = library.rule_set(WARNING_RULES)
    with ReadPages(out) as read:
        site, observed, broken = _site(done, frame, read, tables, gathered)
        asks = [Ask(check.id, check.audit, check.params) for check in system.checks() if check.audit]
        judgement = judge(site, observed, asks, rules.audit_params, broken)
        scored = score(system, frame.profile, answers_from_results(system, judgement.by_check))
        conclusion = Conclusion(
            frame=frame,
            visit=done,
            site=site,
            results=judgement.results,
            by_check=judgement.by_check,
            system=system,
            scored=scored,
            vetoes=judge_vetoes(rules, judgement.results, site.facts.home),
            early_warnings=judge_vetoes(warning_rules, judgement.results, site.facts.home),
        )
        show(Progress(done=len(site.pages), phase="写报告"))
        files.write_all(out, gathered, conclusion, tables, reported=reported)
    shards.clear(out)
    return conclusion


def _site(
    done: Visit, frame: Frame, read: ReadPages, tables: TableKeeper, gathered: Path
) -> tuple[Site, dict[str, list[Finding]], dict[str, int]]:
    """The site's artifacts, the findings of page-wise audits in the order of the visit, and pages where one broke."""
    order: dict[str, int] = {}
    places: dict[str, int] = {}
    openings: list[Exchange] = []

    def passed_by() -> Iterator[Exchange]:
        for made in done.exchanges():
            url = made.final_url or made.url
            if url in read:
                order.setdefault(url, len(order))
            if made.offset >= 0 and (made.purpose is not Purpose.PROBE or url not in places):
                places[url] = made.offset  # probes are cut short: other answers replace them
            if made.purpose in (Purpose.HOME, Purpose.PROBE):
                openings.append(made)
            yield made

    requested = targets.from_exchanges(passed_by())
    observed: dict[str, list[Finding]] = {audit_id: [] for audit_id in all_audits()}
    broken: dict[str, int] = {}

    def readings() -> Iterator[PageReading]:
        for url in order:
            record = read.record(url)
            for finding in record.observed:
                observed[finding.audit].append(finding)
            for audit_id in record.faults:
                broken[audit_id] = broken.get(audit_id, 0) + 1
            yield record.reading

    tables.write_links(order)
    site = assemble(
        site_facts(done, frame, openings, pages=len(order)),
        readings(),
        requested,
        probes=probes_of(done, openings),
        network=done.network,
        links=_once(lambda: read.first_uses(order)),
        uses=tables.uses,
        text_of=read.text_of,
        html_of=lru_cache(maxsize=SOURCES_KEPT)(lambda url: _html(gathered, places.get(url))),
    )
    site.facts = replace(site.facts, name=_name(site))
    return site, observed, broken


def _once(look: Callable[[], list[LinkUse]]) -> Callable[[], Iterator[LinkUse]]:
    """All links, read from disk when they are first asked for."""
    kept: list[LinkUse] = []

    def again() -> Iterator[LinkUse]:
        if not kept:
            kept.extend(look())
        return iter(kept)

    return again


def _name(site: Site) -> str:
    """What the site calls itself: its mark, its meta tag, the title of its home page, else its host."""
    said = [site.marks.site_name, site.marks.meta_site_name] if site.marks else []
    said.append(site.home.title if site.home else "")
    return next((name for name in said if name), site.facts.host)


def _html(gathered: Path, offset: int | None) -> str:
    """Source of an archived answer; empty when there is none."""
    if offset is None:
        return ""
    headers, body = archive.body(gathered / archive.NAME, offset)
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    return charset.decode(body, content_type)[0]
