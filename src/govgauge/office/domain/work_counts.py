"""The counts that start pages show: made while one waits where that is quick, else from time to time by a worker."""

import time
from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone

from govgauge.office.models import Round, RoundState, WorkCount
from govgauge.office.queries.work_counts import Counted, counted

QUICK_SECONDS = 0.03
"""Counts that took no longer are made for each reader: they are never old."""
FIELDS = ["unsent", "half", "batches", "made_at", "seconds"]


def current(rounds: Iterable[int]) -> dict[int, Counted]:
    """The counts of some rounds (by id), as they are now; of large ones as they were when they were counted last."""
    asked = list(rounds)
    kept = {row.round_id: row for row in WorkCount.objects.filter(round__in=asked)}
    if len(kept) < len(asked):
        return _count(asked)
    if all(row.seconds <= QUICK_SECONDS for row in kept.values()):
        return counted(asked)
    return {one: Counted(row.unsent, row.half, row.batches) for one, row in kept.items()}


def refresh() -> int:
    """Count the rounds under way; how many they are."""
    asked = list(Round.objects.exclude(state=RoundState.FROZEN).values_list("id", flat=True))
    return len(_count(asked))


def sent(round_: Round, findings: int) -> None:
    """So many findings wait no longer: what was counted last is to say so before it is counted again."""
    WorkCount.objects.filter(round=round_, unsent__gte=findings).update(unsent=F("unsent") - findings)


def _count(rounds: list[int]) -> dict[int, Counted]:
    began = time.monotonic()
    found = counted(rounds)
    seconds, now = time.monotonic() - began, timezone.now()
    rows = [
        WorkCount(round_id=one, unsent=it.unsent, half=it.half, batches=it.batches, made_at=now, seconds=seconds)
        for one, it in found.items()
    ]
    WorkCount.objects.bulk_create(rows, update_conflicts=True, unique_fields=["round"], update_fields=FIELDS)
    return found
