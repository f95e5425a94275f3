"""One site, from its address to its files; and the same again from kept evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from govgauge.assessment import files, shards
from govgauge.assessment.conclusion import Conclusion
from govgauge.assessment.frame import Frame, network_facts, probes_of, site_facts
from govgauge.assessment.judging import Ask, judge
from govgauge.assessment.reader import ReaderFactory
from govgauge.assessment.shards import Shards
from govgauge.audits.catalogue import all_audits
from govgauge.errors import Unusable
from govgauge.gather import archive, charset, urls
from govgauge.gather.artifacts import Purpose
from govgauge.gather.visit import Plan, Progress, Visit, replay, visit
from govgauge.outcomes import Finding
from govgauge.scoring.answers import answers_from_results
from govgauge.scoring.score import score
from govgauge.scoring.vetoes import judge as judge_vetoes
from govgauge.structure.assemble import assemble
from govgauge.structure.model import PageReading
from govgauge.structure.page import ReadContext
from govgauge.structure.site import LinkUse, Site
from govgauge.systems import library
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

WARNING_RULES = "early-warning"
"""The rule set of early warnings, judged beside the chosen one."""

Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What `assess` was asked to do."""

    url: str
    folder: Path
    system: str
    rules: str
    profile: str = ""
    as_of: date | None = None
    max_pages: int = 5000
    max_seconds: float = 3600
    rate: float = 5
    concurrency: int = 4
    obey_robots: bool = True
    browser: bool = True
    connect_to: tuple[str, ...] = ()
    ca_file: str = ""
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a site is judged."""

    frame: Frame
    system: System
    rules: RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudge:
    """What `judge` was asked to do; empty fields mean: as when the site was assessed."""

    folder: Path
    out: Path
    system: str = ""
    profile: str = ""
    rules: str = ""
    as_of: date | None = None


def run(request: Request, show: Show) -> Conclusion:
    """Visit the site, judge it, and write every file of the contract into the folder.

    Raises errors.GovgaugeError with the sentence to be shown; what was gathered until then stays in the folder.
    """
    address = _address(request.url)
    system, profile, rules = _chosen(request.system, request.profile, request.rules)
    folder = request.folder
    _usable_folder(folder, resume=request.resume)
    as_of = request.as_of or _kept_day(folder, request.resume) or datetime.now(UTC).astimezone().date()
    frame = Frame(url=address, system=system.id, profile=profile, rules=rules.id, as_of=as_of)
    frame.write(folder)
    shards.clear(folder)
    plan = Plan(
        url=address,
        max_pages=request.max_pages,
        max_seconds=request.max_seconds,
        rate=request.rate,
        concurrency=request.concurrency,
        obey_robots=request.obey_robots,
        connect_to=request.connect_to,
        ca_file=request.ca_file,
    )
    done = visit(plan, folder, _readers(folder, frame, rules), resume=request.resume, progress=show)
    return _conclude(done, Basis(frame, system, rules), folder, folder, show)


def rejudge(request: Rejudge, show: Show) -> Conclusion:
    """Judge a gathered site again from its archive, without network."""
    kept = Frame.read(request.folder)
    system, profile, rules = _chosen(
        request.system or kept.system,
        request.profile or ("" if request.system else kept.profile),
        request.rules or kept.rules,
    )
    _usable_folder(request.out, resume=True)
    frame = replace(kept, system=system.id, profile=profile, rules=rules.id, as_of=request.as_of or kept.as_of)
    shards.clear(request.out)
    done = replay(request.folder, _readers(request.out, frame, rules), progress=show)
    frame.write(request.out)
    return _conclude(done, Basis(frame, system, rules), request.folder, request.out, show)


def _conclude(done: Visit, basis: Basis, gathered: Path, out: Path, show: Show) -> Conclusion:
    frame, system, rules = basis.frame, basis.system, basis.rules
    show(Progress(done=0, phase="判定"))
    warning_rules = library.rule_set(WARNING_RULES)
    with Shards(out) as read:
        site, observed, broken = _site(done, frame, read, gathered)
        asks = [Ask(check.id, check.audit, check.params) for check in system.checks() if check.audit]
        judgement = judge(site, observed, asks, rules.audit_params, broken)
        scored = score(system, frame.profile, answers_from_results(system, judgement.by_check))
        conclusion = Conclusion(
            frame=frame,
            visit=done,
            site=site,
            results=judgement.results,
            system=system,
            scored=scored,
            vetoes=judge_vetoes(rules, judgement.results, site.facts.home),
            early_warnings=judge_vetoes(warning_rules, judgement.results, site.facts.home),
        )
        show(Progress(done=len(site.pages), phase="写报告"))
        files.write_all(out, gathered, conclusion, read)
    shards.clear(out)
    return conclusion


def _site(
    done: Visit, frame: Frame, read: Shards, gathered: Path
) -> tuple[Site, dict[str, list[Finding]], dict[str, int]]:
    """The site's artifacts, the findings of page-wise audits in the order of the visit, and pages where one broke."""
    exchanges = list(done.exchanges())
    order: dict[str, int] = {}
    for made in exchanges:
        url = made.final_url or made.url
        if url in read:
            order.setdefault(url, len(order))
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

    kept = [made for made in exchanges if made.offset >= 0]
    kept.sort(key=lambda made: made.purpose is not Purpose.PROBE)  # probes are cut short: other answers replace them
    places = {made.final_url or made.url: made.offset for made in kept}
    site = assemble(
        site_facts(done, frame, exchanges),
        readings(),
        exchanges,
        probes=probes_of(done, exchanges),
        network=network_facts(done),
        links=_once(lambda: read.links(order)),
        uses=lambda wanted, limit: read.uses(wanted, limit, order),
        text_of=read.text_of,
        html_of=lambda url: _html(gathered, places.get(url)),
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


def _readers(folder: Path, frame: Frame, rules: RuleSet) -> ReaderFactory:
    context = ReadContext(home=urls.canonical(frame.url), host=urls.host(frame.url), as_of=frame.as_of)
    return ReaderFactory(folder, context, {audit: dict(values) for audit, values in rules.audit_params.items()})


def _address(text: str) -> str:
    """The address of the home page with its scheme. Raises Unusable."""
    text = text.strip()
    address = text if "://" in text else f"http://{text}"
    if not address.lower().startswith(("http://", "https://")) or not urls.host(address) or " " in text:
        raise Unusable(f"“{text}”不是网站地址；请写成 http://www.example.gov.cn/ (not the address of a website).")
    return urls.canonical(address)


def _chosen(system_id: str, profile: str, rules_id: str) -> tuple[System, str, RuleSet]:
    system, rules = library.system(system_id), library.rule_set(rules_id)
    profiles = system.profile_ids()
    if profile and profile not in profiles:
        raise Unusable(f"指标体系 {system_id} 没有权重档“{profile}”；可选：{'、'.join(profiles)} (unknown profile).")
    if not profile and len(profiles) > 1:
        raise Unusable(f"请用 --profile 选择权重档：{'、'.join(profiles)} (choose a profile).")
    return system, profile or profiles[0], rules


def _usable_folder(folder: Path, *, resume: bool) -> None:
    """Make the folder, and refuse one that holds an earlier assessment unless it is to be resumed."""
    folder.mkdir(parents=True, exist_ok=True)
    if not resume and (folder / archive.NAME).exists():
        raise Unusable(
            f"{folder} 中已有一次评估；请换一个目录，或加 --resume 继续 (the folder holds an assessment; use --resume)."
        )
    probe = folder / ".writable"
    probe.write_bytes(b"")
    probe.unlink()


def _kept_day(folder: Path, resume: bool) -> date | None:
    """The day of an interrupted assessment: resuming it on the next day must not change what is judged."""
    return Frame.read(folder).as_of if resume and Frame.exists(folder) else None
