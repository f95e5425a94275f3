"""The task of looking a second time at what cost points, some time after the visit that saw it."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from govgauge.assessment.finding_lines import FindingLine, read_findings
from govgauge.assessment.written_results import read_results
from govgauge.errors import Unusable
from govgauge.gather import second_look, urls
from govgauge.office import assessing, looks
from govgauge.office.intact import need_intact
from govgauge.office.kept import folders
from govgauge.office.look_settings import Confirm
from govgauge.office.models import Job
from govgauge.office.visit_files import COVERED
from govgauge.outcomes import Outcome
from govgauge.systems import library

COSTING = frozenset({Outcome.FAIL, Outcome.PARTIAL})


def carry_out(job: Job, folder: Path) -> None:
    """Fetch again what cost points, judge the site anew, and bring both looks together."""
    earlier = looks.before(job.entry.visits.all())
    if earlier is None:
        raise Unusable("没有可复核的访问：网站一直拒绝访问 (there is no visit to confirm).")
    most = (assessing.settings_of(job).confirm or Confirm()).max_addresses
    with folders() as folder_of:
        base = folder_of(earlier)
        need_intact(earlier, base)
        audits, wanted = choose(base, job.round.rules, most)
        asked = second_look.begin(base, folder, wanted)
    assessing.visit(job, folder, resume=True)
    covered = looks.Covered(audits=tuple(sorted(audits)), addresses=asked)
    (folder / COVERED).write_bytes(msgspec.json.encode(covered))
    assessing.bring_together(job, earlier, folder)


def choose(base: Path, rules: str, most: int) -> tuple[set[str], set[str]]:
    """The audits to be confirmed, and the addresses to be asked for again: all of an audit's, or none.

    Audits on which vetoes rest come first, then those with the fewest addresses, while there are no more than `most`.
    """
    lines: dict[str, list[FindingLine]] = {}
    for line in read_findings(base / "findings.jsonl"):
        lines.setdefault(line.audit, []).append(line)
    costing = [audit for audit, result in read_results(base).items() if result.outcome in COSTING]
    asked = second_look.addresses(base)
    known = frozenset(asked.values())
    needed = {audit: frozenset(_addresses(lines.get(audit, ()), asked)) & known for audit in costing}
    vetoing = {leaf.audit for rule in library.rule_set(rules).rules if rule.when for leaf in rule.when.leaves()}
    audits: set[str] = set()
    wanted: set[str] = set()
    for audit in sorted(needed, key=lambda audit: (audit not in vetoing, len(needed[audit]), audit)):
        if len(wanted | needed[audit]) <= most:
            audits.add(audit)
            wanted |= needed[audit]
    return audits, wanted


def _addresses(lines: Iterable[FindingLine], asked: dict[int, str]) -> Iterable[str]:
    """Where findings are seen: their pages, their targets that are addresses, and the answers that prove them."""
    for line in lines:
        yield line.page
        if urls.is_web(line.target):
            yield line.target
        if line.warc is not None:
            yield asked.get(line.warc.offset, line.page)
