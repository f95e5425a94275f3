"""The findings of an entry over time, each with its sentence, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from msgspec import Struct

from govgauge import outcomes
from govgauge.audits.catalogue import Texts, UnknownAudit, texts
from govgauge.office.models import Entry, Finding, FindingLook
from govgauge.office.remedy_rules import REVIEWED_TWICE, UNSENT


class ShownFinding(Struct, frozen=True):
    """A finding in words: where, what, what proves it, since when. `title` is that of its audit."""

    audit: str
    title: str
    sentence: str
    page: str
    target: str
    excerpt: str
    first_seen: datetime
    last_seen: datetime
    times: int
    confirmed: bool
    gone_since: datetime | None


class AuditCount(Struct, frozen=True):
    """An audit with findings: its title, why it matters, how to put it right, and how many there are."""

    audit: str
    title: str
    why: str
    fix: str
    count: int


def findings(entry: Entry, audit: str = "", *, gone: bool = False) -> QuerySet[Finding]:
    """What is there now, or with `gone` what is there no more; of one audit or of all; none of former sites."""
    found = entry.findings.filter(gone_since__isnull=not gone, superseded=False)
    return (found.filter(audit=audit) if audit else found).order_by("audit", "page", "target", "id")


def tellable(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those of which bodies may learn: what two people of the office look at only when the second has confirmed it."""
    unconfirmed = Q(remedy=None) | Q(remedy__state__in=UNSENT)
    return found.exclude(unconfirmed, audit__in=REVIEWED_TWICE)


def last_looks(numbers: Sequence[int]) -> dict[int, FindingLook]:
    """The last look that an owner asked for at each of some findings; one query."""
    return {one.finding_id: one for one in FindingLook.objects.filter(finding__in=numbers).order_by("id")}


def audits(entry: Entry, language: str = "zh", *, gone: bool = False) -> list[AuditCount]:
    """The audits with findings, those with most first."""
    counts = findings(entry, gone=gone).order_by().values_list("audit").annotate(n=Count("id"))
    return [_counted(audit, count, language) for audit, count in counts.order_by("-n", "audit")]


def shown(found: Iterable[Finding], language: str = "zh") -> list[ShownFinding]:
    """Findings in words."""
    return [_shown(one, language) for one in found]


def _shown(one: Finding, language: str) -> ShownFinding:
    words = _words(one.audit, language)
    made = outcomes.Finding(audit=one.audit, page=one.page, target=one.target, slug=one.slug, data=one.data)
    return ShownFinding(
        audit=one.audit,
        title=words.title if words else one.audit,
        sentence=words.sentence(made) if words else one.slug,
        page=one.page,
        target=one.target,
        excerpt=one.excerpt,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        times=one.times,
        confirmed=one.confirmed,
        gone_since=one.gone_since,
    )


def _counted(audit: str, count: int, language: str) -> AuditCount:
    words = _words(audit, language)
    return (
        AuditCount(audit, words.title, words.why, words.fix, count)
        if words
        else AuditCount(audit, audit, "", "", count)
    )


def _words(audit: str, language: str) -> Texts | None:
    """The words of an audit; none where another version of the program found it."""
    try:
        return texts(audit, language)
    except UnknownAudit:
        return None
