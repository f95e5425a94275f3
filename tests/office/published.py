"""Rounds that are judged, frozen and published, made for tests."""

from collections.abc import Mapping, Sequence

import msgspec
from answered import a_round, an_entry
from scored import judged

from govgauge.office import sheets
from govgauge.office.domain import publications, rounds
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Entry, Judgement, Publication, Result, Round
from govgauge.office.queries.judged import tables_hash
from govgauge.office.sheets import Found
from govgauge.reports.about import Shows
from govgauge.systems import library

AUTO = [check.id for check in library.system("2025-county").checks() if check.asked_in("county")]


def a_frozen_round(subjects: Mapping[str, str], slug: str = "r", findings: Sequence[Found] = ()) -> Round:
    """A frozen round of counties: each answered all checks with one value; the first has some findings."""
    made = a_round(slug)
    for number, (name, value) in enumerate(subjects.items()):
        entry = an_entry(made, name)
        judged(entry, dict.fromkeys(AUTO, value))
        if findings and not number:
            find(entry, findings)
    made.jobs.update(state="done")
    freeze(made)
    return made


def freeze(round_: Round) -> None:
    """Fix a round and its tables."""
    rounds.freeze(round_)
    round_.tables_hash = tables_hash(round_)
    round_.save(update_fields=["tables_hash"])


def a_publication(
    subjects: Mapping[str, str] | None = None, slug: str = "r", shows: Shows | None = None
) -> Publication:
    """What a round tells, made public."""
    round_ = a_frozen_round(subjects or {"甲县": "0.5", "乙县": "1", "丙县": "0"}, slug)
    return publications.publish(PROGRAM, publications.prepare(PROGRAM, round_, shows=shows, issuer="评估办公室"))


def find(entry: Entry, findings: Sequence[Found]) -> None:
    """Give a judged entry these findings."""
    row = Judgement.objects.get(entry=entry, current=True)
    told = msgspec.structs.replace(sheets.unpacked(row.body), findings=tuple(findings))
    kept = sheets.packed(told)
    row.body, row.digest = kept.body, kept.digest
    row.save(update_fields=["body", "digest"])
    Result.objects.filter(entry=entry).update(findings=len(findings))
