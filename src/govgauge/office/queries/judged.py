"""The judgements of a round as its tables take them, in a few queries, one sheet at a time in memory."""

from collections.abc import Iterable, Iterator

from govgauge.office import sheets
from govgauge.office.domain import freezing
from govgauge.office.domain import settings as round_settings
from govgauge.office.models import Judgement, Result, Round
from govgauge.office.queries.columns_watched import columns_of
from govgauge.office.queries.people_answers import people_of
from govgauge.office.queries.watched import watched_of
from govgauge.office.sheets import Sheet
from govgauge.office.tables.subject import Subject
from govgauge.office.tables.writing import Judged, write

AT_ONCE = 200
"""Sheets fetched with one query."""


def judged(round_: Round) -> Judged:
    """What the tables of a round are made of."""
    subjects = subjects_of(round_)
    return Judged(
        subjects=subjects,
        sheets=lambda: _sheets(subjects),
        systems=freezing.systems_of(round_, {subject.system for subject in subjects}),
        policy=round_settings.of(round_).policy,
        people=lambda: people_of(round_, [subject.id for subject in subjects]),
        watched=watched_of(round_),
        columns=columns_of(round_),
        rules=freezing.rules_of(round_),
    )


def subjects_of(round_: Round) -> tuple[Subject, ...]:
    """The entries of a round in the order of groups, keys and systems, whatever order the database has for signs."""
    distorted = set(Result.objects.filter(entry__round=round_, distorted=True).values_list("entry_id", flat=True))
    found = [Subject.of(entry, distorted=entry.id in distorted) for entry in round_.entries.all()]
    return tuple(sorted(found, key=lambda subject: (subject.group, subject.key, subject.system)))


def tables_hash(round_: Round) -> str:
    """The hash of a round's tables."""
    return write(judged(round_), None).sha256


def sheet_of(entry_id: int) -> Sheet | None:
    """The current sheet of an entry."""
    found = Judgement.objects.filter(entry_id=entry_id, current=True).values_list("body", flat=True).first()
    return None if found is None else sheets.unpacked(found)


def _sheets(subjects: tuple[Subject, ...]) -> Iterator[Sheet | None]:
    for start in range(0, len(subjects), AT_ONCE):
        ids = [subject.id for subject in subjects[start : start + AT_ONCE]]
        bodies = _bodies(ids)
        for number in ids:
            yield sheets.unpacked(bodies[number]) if number in bodies else None


def _bodies(ids: Iterable[int]) -> dict[int, bytes]:
    current = Judgement.objects.filter(entry_id__in=ids, current=True)
    return {entry_id: bytes(body) for entry_id, body in current.values_list("entry_id", "body")}
