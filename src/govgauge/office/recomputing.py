"""Judging the kept evidence of a round again, without network, and saying who moves."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath

from msgspec import Struct

from govgauge.office.evidence import the_store
from govgauge.office.kept import folders
from govgauge.office.looks import Basis, judge_again
from govgauge.office.models import Result, Round, Visit
from govgauge.office.visit_files import digest

CHUNK = 200
"""Results loaded at once."""
RESULTS = "results.jsonl"


class Moved(Struct, frozen=True):
    """An entry whose judgement differs from the recorded one: points before and after, and the audits that changed."""

    key: str
    before: tuple[Decimal, Decimal]
    after: tuple[Decimal, Decimal]
    audits: tuple[str, ...]


class Recomputed(Struct, frozen=True):
    """What a recomputation gave: how many entries were judged, and those that moved."""

    judged: int
    moved: tuple[Moved, ...]


def recompute(round_: Round, home: Path, show: Callable[[int, int], None]) -> Recomputed:
    """Judge every entry's evidence again as the program judges now; the records stay as they are."""
    results = Result.objects.filter(entry__round=round_).select_related("entry")
    results = results.prefetch_related("entry__visits").order_by("entry__key")
    total = results.count()
    moved: list[Moved] = []
    store = the_store(home)
    with tempfile.TemporaryDirectory(dir=home) as name:
        for count, result in enumerate(results.iterator(chunk_size=CHUNK), start=1):
            with folders(home) as folder_of, store.opened(PurePosixPath(result.evidence), [RESULTS]) as evidence:
                moved += _judged_again(result, evidence, folder_of, Path(name) / "again", round_)
            show(count, total)
    return Recomputed(total, tuple(moved))


def _judged_again(
    result: Result, evidence: Path, folder_of: Callable[[Visit], Path], out: Path, round_: Round
) -> Iterator[Moved]:
    shutil.rmtree(out, ignore_errors=True)
    entry = result.entry
    basis = Basis(system=entry.system, profile=entry.profile, rules=round_.rules, as_of=round_.as_of)
    accepted = sorted((visit for visit in entry.visits.all() if visit.accepted), key=lambda visit: visit.number)
    again = judge_again(accepted, folder_of, out, basis)
    if digest(again) == result.digest:
        return
    told = json.loads((again / "assessment.json").read_text(encoding="utf-8"))
    yield Moved(
        key=entry.key,
        before=(result.low, result.high),
        after=(Decimal(str(told["base"]["low"])), Decimal(str(told["base"]["high"]))),
        audits=tuple(_changed(evidence, again)),
    )


def _changed(one: Path, other: Path) -> list[str]:
    """Ids of the audits whose results differ between two assessments."""
    before, after = _results(one), _results(other)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _results(folder: Path) -> dict[str, str]:
    lines = (folder / RESULTS).read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["audit"]: line for line in lines}
