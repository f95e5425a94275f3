"""What people have accepted of the checks of entries: their answers, and above them explanations that still hold."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db.models import Max, Q, QuerySet
from msgspec import Struct

from govgauge.office.models import Answer, AnswerStep, Entry, Explanation, Finding


class Accepted(Struct, frozen=True, kw_only=True):
    """What holds of a check. `value` is 0…1, None where it does not apply; `source` as in the answers of scoring."""

    check_id: str
    value: Decimal | None
    source: str
    confidence: Decimal
    reason: str


EXPLAINED = "explanation"
"""Source of what holds by an explanation that was accepted for a time."""


def accepted(entries: Iterable[int], today: date) -> dict[int, dict[str, Accepted]]:
    """By entry and check, what people have accepted as of a day; two queries."""
    wanted = list(entries)
    found: dict[int, dict[str, Accepted]] = {}
    answers = Answer.objects.filter(entry_id__in=wanted, holds=True).order_by("entry_id", "check_id")
    for entry, check, source, value, confidence, reason in answers.values_list(
        "entry_id", "check_id", "source", "value", "confidence", "reason"
    ):
        said = Accepted(check_id=check, value=value, source=f"person:{source}", confidence=confidence, reason=reason)
        found.setdefault(entry, {})[check] = said
    for one in holding(today).filter(entry_id__in=wanted):
        if still_the_same(one):
            found.setdefault(one.entry_id, {})[one.check_id] = Accepted(
                check_id=one.check_id,
                value=one.value,
                source=f"person:{EXPLAINED}",
                confidence=Decimal(1),
                reason=one.reason,
            )
    return found


def holding(today: date) -> QuerySet[Explanation]:
    """Explanations whose day has not passed; those of findings hold only while these stay the same."""
    found = Explanation.objects.filter(Q(until=None) | Q(until__gte=today), lapsed_at=None)
    return found.select_related("finding").order_by("entry_id", "id")


def last_reopening(entry: Entry, check_id: str) -> datetime | None:
    """When the answer to a check was last reopened: what was said of it before was about another answer."""
    steps = AnswerStep.objects.filter(answer__entry=entry, answer__check_id=check_id, holds=False)
    found: datetime | None = steps.aggregate(last=Max("at"))["last"]
    return found


def still_the_same(explanation: Explanation) -> bool:
    """Whether the finding that was explained is there as it was."""
    finding = explanation.finding
    return finding is None or (finding.gone_since is None and digest(finding) == explanation.digest)


def digest(finding: Finding) -> str:
    """SHA-256 of what a finding says: when and how often it was seen makes no difference."""
    told: Mapping[str, object] = {
        "identity": finding.identity,
        "slug": finding.slug,
        "data": finding.data,
        "excerpt": finding.excerpt,
    }
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()
