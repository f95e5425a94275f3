"""The task of looking again at what some remedies are about, and at nothing else of the site."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.gather import few_pages, journal, links, second_look, urls
from govgauge.gather.plan import Plan
from govgauge.office import assessing, looks
from govgauge.office.domain import finding_looks, jobs
from govgauge.office.domain.remedy_outcomes import Seen, asked, record
from govgauge.office.domain.remedy_reports import RECHECK
from govgauge.office.kept import folders
from govgauge.office.looked_at import looked_at
from govgauge.office.models import Finding, Job, LookedAs, RemedyStepKind
from govgauge.office.visit_files import read_visit

__all__ = ["RECHECK", "accept", "carry_out"]
DIRECT = "direct"
"""Folder of the pages that no link of the site leads to any more: they are asked for by their addresses."""
LEFT = "left.json"
"""What became of those."""
REMOVED = frozenset({404, 410})
AS_NOTE = {Seen.THERE: LookedAs.THERE, Seen.GONE: LookedAs.GONE, Seen.UNKNOWN: LookedAs.UNKNOWN}


class Left(Struct, frozen=True):
    """Pages to which no link leads any more: those that are gone themselves, and what the others link to."""

    removed: frozenset[str]
    links: dict[str, frozenset[str]]


def carry_out(job: Job, folder: Path) -> None:
    """Fetch again the pages and targets of the findings that are asked for, and judge the site as it is then, today."""
    earlier = looks.before(job.entry.visits.all())
    if earlier is None:
        raise Unusable("还没有成功的访问，不能复查；请先采集这个网站 (there is no visit to compare with).")
    steps = [step for step in job.remedy_steps.all() if step.kind == RemedyStepKind.RECHECK_ASKED]
    findings = [*(step.remedy.finding for step in steps), *(look.finding for look in job.finding_looks.all())]
    wanted = {address for finding in findings for address in _addresses(finding)}
    with folders() as folder_of:
        second_look.begin(folder_of(earlier), folder, wanted)
    today = max(timezone.localdate(), job.round.as_of)
    assessing.visit(job, folder, resume=True, as_of=today)
    pages = {finding.page for finding in findings if urls.is_web(finding.page)}
    left = pages - {name for made in journal.exchanges(folder / journal.NAME) for name in (made.url, made.final_url)}
    (folder / LEFT).write_bytes(msgspec.json.encode(_ask_directly(job, folder / DIRECT, left)))


def accept(job: Job, folder: Path, place: Path) -> Callable[[], None]:
    """What records what was seen of the findings, and ends the job."""
    seen = read_visit(folder)
    there = {line.id for line in seen.judged.findings}
    remedies = asked(job)
    looks = list(job.finding_looks.select_related("finding"))
    findings = [*(one.finding for one in remedies), *(one.finding for one in looks)]
    missing = [one for one in findings if one.identity not in there and one.audit in seen.can_say]
    looked = looked_at(folder, missing)
    left = msgspec.json.decode((folder / LEFT).read_bytes(), type=Left)

    def told(finding: Finding) -> Seen:
        if seen.distorted_why:
            return Seen.UNKNOWN
        if finding.identity in there:
            return Seen.THERE
        return Seen.GONE if finding.identity in looked or _is_gone(finding, left) else Seen.UNKNOWN

    found = {remedy.id: told(remedy.finding) for remedy in remedies}
    notes = {look.id: AS_NOTE[told(look.finding)] for look in looks}
    why_not = seen.distorted_why or "网页没有打开，或已没有链接可以到达 (the page could not be seen)"

    def recorded() -> None:
        record(job, found, place, why_not)
        finding_looks.record(job, notes, place, why_not)
        jobs.done(job)

    return recorded


def _addresses(finding: Finding) -> Iterable[str]:
    """Where a finding is seen: its page and, where that is an address, its target."""
    return [address for address in (finding.page, finding.target) if urls.is_web(address)]


def _ask_directly(job: Job, folder: Path, pages: set[str]) -> Left:
    """Ask for pages that no link leads to any more."""
    if not pages:
        return Left(frozenset(), {})
    settings = assessing.settings_of(job)
    plan = Plan(
        url=job.entry.url,
        max_seconds=settings.max_seconds,
        rate=settings.rate,
        concurrency=settings.concurrency,
        obey_robots=settings.obey_robots,
        connect_to=settings.connect_to,
        ca_file=settings.ca_file,
        reading_processes=0,
    )
    fetched = few_pages.fetch(plan, folder, sorted(pages))
    removed, linked = set(), {}
    for page in pages & fetched.keys():
        made, body = fetched[page]
        if made.failure is None and made.status in REMOVED:
            removed.add(page)
        elif made.ok and body is not None:
            linked[page] = frozenset(link.url for link in links.extract(body, made.final_url or page))
    return Left(frozenset(removed), linked)


def _is_gone(finding: Finding, left: Left) -> bool:
    """Whether the page itself is gone, or does not link any more to what was wrong with it."""
    if finding.page in left.removed:
        return True
    return urls.is_web(finding.target) and finding.target not in left.links.get(finding.page, {finding.target})
