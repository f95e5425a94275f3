"""Findings over time: what a visit sees for the first time, sees again, and sees no more."""

from datetime import datetime

from govgauge.assessment.finding_lines import FindingLine
from govgauge.office.domain import many_rows
from govgauge.office.models import Finding, Visit
from govgauge.office.visit_files import Seen, as_time

AT_ONCE = 500
"""Rows written with one statement."""
FIELDS = (
    *("entry", "identity", "audit", "page", "target", "slug", "data", "excerpt"),
    *("first_seen", "last_seen", "times", "first_visit", "last_visit", "gone_since", "confirmed", "superseded"),
)
SEEN_FIELDS = ["slug", "data", "excerpt", "last_seen", "times", "last_visit", "gone_since", "confirmed", "superseded"]


def missing(entry_id: int, seen: Seen) -> list[Finding]:
    """Findings that stood until now and that a visit did not see, though their audits could judge."""
    ids = {line.id for line in seen.judged.findings}
    standing = Finding.objects.filter(entry_id=entry_id, gone_since=None, superseded=False)
    return [row for row in standing if row.identity not in ids and row.audit in seen.can_say]


def note(visit: Visit, seen: Seen, looked: frozenset[str] = frozenset()) -> None:
    """Bring an entry's findings up to date with what a visit saw; a bounded number of queries.

    `looked` are the identities of `missing` findings at whose page and target the visit looked: they are gone. The
    others are left as they are: nothing is known of them.
    """
    lines = {line.id: line for line in seen.judged.findings}
    known = {row.identity: row for row in Finding.objects.filter(entry_id=visit.entry_id)} if visit.number > 1 else {}
    again = [_again(known[identity], visit, line) for identity, line in lines.items() if identity in known]
    gone = [row for identity, row in known.items() if identity in looked and row.gone_since is None]
    many_rows.add(Finding, FIELDS, (_first(visit, line) for name, line in lines.items() if name not in known))
    if again:  # an upsert by the key is many times faster than an update that names every row's value
        Finding.objects.bulk_create(
            again, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=SEEN_FIELDS
        )
    if gone:
        Finding.objects.filter(id__in=[row.id for row in gone]).update(gone_since=visit.started_at)


def _first(visit: Visit, line: FindingLine) -> tuple[object, ...]:
    """A finding that was not known: the values of FIELDS."""
    first, last = _times(visit, line)
    said = (visit.entry_id, line.id, line.audit, line.page, line.target, line.slug, line.data, line.excerpt)
    return (*said, first, last, 1, visit.number, visit.number, None, False, False)


def _again(row: Finding, visit: Visit, line: FindingLine) -> Finding:
    row.slug, row.data, row.excerpt = line.slug, line.data, line.excerpt
    row.last_seen = _times(visit, line)[1]
    row.times += 1
    row.last_visit = visit.number
    row.gone_since = None
    row.confirmed, row.superseded = not row.superseded, False
    return row


def _times(visit: Visit, line: FindingLine) -> tuple[datetime, datetime]:
    """When a visit saw a finding first and last."""
    times = sorted(map(as_time, line.seen_at)) or [visit.started_at]
    return times[0], times[-1]
