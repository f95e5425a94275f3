"""Lists of accepted answers: of a round with millions, and of one entry with what the program says beside them."""

from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Q, QuerySet
from msgspec import Struct

from govgauge.office.domain import freezing
from govgauge.office.models import (
    Answer,
    AnswerSource,
    Assignment,
    Coding,
    Entry,
    Finding,
    Objection,
    RemedyState,
    Round,
)
from govgauge.office.queries.accepted import accepted
from govgauge.office.queries.check_texts import CheckText, check_texts
from govgauge.office.queries.findings import tellable
from govgauge.office.queries.judged import sheet_of
from govgauge.office.remedy_rules import REVIEWED_TWICE
from govgauge.office.sheets import CheckLine, Sheet
from govgauge.systems import library
from govgauge.systems.model import Method

MOST_ENTRIES = 2000
"""Entries that a text may match; of more, the first are looked at."""


OF_PROGRAM = ("audit", AnswerSource.PROGRAM)
"""Sources of answers that rest on findings of the program."""
LARGE, REMEMBERED_SECONDS = 100_000, 30
"""A count from which on it is remembered, and for how long."""


class AnswerSieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything."""

    indicator: str = ""
    source: str = ""
    text: str = ""


class Named(Struct, frozen=True):
    """A value of a filter with its words."""

    value: str
    title: str


class Preliminary(Struct, frozen=True, kw_only=True):
    """What stands about a check of an entry now. `value` is empty where `open`, and where it does not apply.

    `source` names who said it (empty: nobody); `proposed`: a program's proposal that nobody has confirmed; `waits`: it
    rests on findings that a second person of the office is still to confirm.
    """

    check: CheckText
    value: Decimal | None
    open: bool
    source: str
    reason: str
    proposed: bool
    objection: Objection | None
    findings: int
    waits: bool = False

    @property
    def confirmable(self) -> bool:
        """Whether somebody may confirm what the program proposes."""
        return self.proposed and self.source == "audit"


def answers(round_: Round, sieve: AnswerSieve, sort: str = "-id") -> QuerySet[Answer]:
    """The answers that pass, by the time of their first acceptance."""
    found = Answer.objects.filter(round=round_, holds=True)
    if sieve.indicator:
        found = found.filter(indicator=sieve.indicator)
    if sieve.source:
        found = found.filter(source=sieve.source)
    if sieve.text:
        entries = Entry.objects.filter(round=round_)
        for word in sieve.text.split():
            entries = entries.filter(key__icontains=word)
        found = found.filter(entry__in=list(entries.order_by("id").values_list("id", flat=True)[:MOST_ENTRIES]))
    return found.order_by(sort)


def count(round_: Round, sieve: AnswerSieve) -> int:
    """How many pass; a number so large that counting takes its time is remembered for some seconds."""
    name = f"answers/{round_.id}/{sieve.indicator}/{sieve.source}/"
    known: int | None = None if sieve.text else cache.get(name)
    if known is not None:
        return known
    found = answers(round_, sieve).order_by().count()
    if found >= LARGE and not sieve.text:
        cache.set(name, found, REMEMBERED_SECONDS)
    return found


def indicators_of(round_: Round) -> list[Named]:
    """The indicators of the systems by which a round scores, where people answer."""
    systems = round_.entries.order_by().values_list("system", flat=True).distinct()
    found: dict[str, str] = {}
    for system in systems:
        for leaf in library.system(system).leaves():
            found.setdefault(leaf.indicator.code, f"{leaf.indicator.code} {leaf.indicator.name}")
    return [Named(code, name) for code, name in found.items()]


def codings_behind(answer: Answer) -> list[Coding]:
    """The codings of the check, with who made and who reviewed them."""
    found = Coding.objects.filter(
        assignment__in=Assignment.objects.filter(entry=answer.entry_id, check_id=answer.check_id)
    )
    return list(found.select_related("assignment__person").prefetch_related("steps__by").order_by("assignment__part"))


def preliminary(entry: Entry, today: date) -> tuple[list[Preliminary], Sheet | None]:
    """Every check of an entry with what stands of it now, in the order of its table; a bounded number of queries."""
    system = freezing.systems_of(entry.round, {entry.system})[entry.system]
    sheet = sheet_of(entry.id)
    lines = {line.id: line for one in (sheet.indicators if sheet else ()) for line in one.checks}
    people = accepted([entry.id], today).get(entry.id, {})
    filed: dict[str, Objection] = {}
    for one in Objection.objects.filter(entry=entry).order_by("id"):
        filed[one.check_id] = one
    texts, waiting = check_texts(entry.system), _unconfirmed(entry)
    found = []
    for leaf in system.leaves():
        if leaf.indicator.weight(entry.profile) is None:
            continue
        for check in leaf.indicator.checks:
            if not check.asked_in(entry.profile) or check.id not in texts:
                continue
            said = people.get(check.id)
            line = lines.get(check.id)
            source = said.source.partition(":")[2] if said else _source(line)
            found.append(
                Preliminary(
                    check=texts[check.id],
                    value=said.value if said else _value(line),
                    open=said is None and (line is None or not line.answered),
                    source=source,
                    reason=said.reason if said else line.reason if line else "",
                    proposed=said is None and check.method is Method.ASSISTED,
                    objection=filed.get(check.id),
                    findings=line.findings if line else 0,
                    waits=source in OF_PROGRAM and check.audit in waiting,
                )
            )
    return found, sheet


def findings_of(entry: Entry, audit: str) -> QuerySet[Finding]:
    """The findings of an audit that stand, and of which the body may learn."""
    return tellable(entry.findings.filter(audit=audit, gone_since=None, superseded=False)).order_by(
        "page", "target", "id"
    )


def _unconfirmed(entry: Entry) -> set[str]:
    """The audits of which findings stand that a second person of the office is still to confirm."""
    standing = entry.findings.filter(audit__in=REVIEWED_TWICE, gone_since=None, superseded=False)
    to_confirm = Q(remedy=None) | Q(remedy__state=RemedyState.PROPOSED)
    return set(standing.filter(to_confirm).order_by().values_list("audit", flat=True).distinct())


def _value(line: CheckLine | None) -> Decimal | None:
    return None if line is None or line.value is None else Decimal(repr(line.value))


def _source(line: CheckLine | None) -> str:
    if line is None or not line.answered:
        return ""
    kind, _, rest = line.source.partition(":")
    return rest if kind == "person" else "audit"
