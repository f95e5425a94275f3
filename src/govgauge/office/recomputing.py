"""Judging the kept evidence of a round again, without network: who moves and why, and what can no longer be judged."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
from django.db import transaction
from msgspec import Struct

from govgauge.assessment.rehearsal import rehearse
from govgauge.errors import Unusable
from govgauge.office import by_hands, looks, sheets
from govgauge.office.differing import differing
from govgauge.office.domain import freezing, judgements
from govgauge.office.domain import points as domain_points
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.instead import Instead
from govgauge.office.intact import remedy
from govgauge.office.kept import folders
from govgauge.office.models import Entry, Result, Round, RoundState, Visit
from govgauge.office.queries.entry_names import Names
from govgauge.office.queries.judged import judged
from govgauge.office.sheets import Sheet
from govgauge.office.tables.formats import Format
from govgauge.office.tables.places import Place
from govgauge.office.tables.subject import Subject
from govgauge.office.tables.writing import Judged, Written, write
from govgauge.office.visit_files import points
from govgauge.systems.model import System
from govgauge.systems.profiles import profile_of
from govgauge.systems.rules import RuleSet

SECONDS = 600.0
"""How long the judging of one site may take."""
WORKERS = 2
FEW = 10
"""Entries for which it does not pay to load everything before processes are forked."""
AGAIN = "重新判定 (judged again)"
SHEET = "sheet"


class Moved(Struct, frozen=True, kw_only=True):
    """An entry whose judgement or place differs from the recorded one; `system` is the recorded one.

    `before` and `after` are points without the bonus, `audits` those that say something else; none where the system or
    the rules alone make the difference. `why` names audits, checks and vetoes that differ. Ranks are as tables print
    them.
    """

    entry: int
    key: str
    system: str
    before: tuple[float, float]
    after: tuple[float, float]
    rank_before: str
    rank_after: str
    audits: tuple[str, ...]
    why: tuple[str, ...] = ()


class Recomputed(Struct, frozen=True, kw_only=True):
    """What a recomputation gave. `lost` are sentences for entries that could not be judged: their records stand in.

    `reranked` moved only because others did; `names` are those of the entries.
    """

    judged: int
    moved: tuple[Moved, ...]
    reranked: tuple[Moved, ...]
    lost: tuple[str, ...]
    written: Written
    accepted: int
    names: Names


def recompute(
    round_: Round,
    show: Callable[[int, int], None],
    *,
    workers: int = WORKERS,
    instead: Instead | None = None,
    out: Path | None = None,
    form: Format = Format.CSV,
    accept: bool = False,
) -> Recomputed:
    """Judge every entry's evidence again. The records stay as they are unless `accept`, for an open round.

    Raises Unusable when it may not be accepted, or a profile is missing in a system given instead.
    """
    changed = instead or Instead()
    _guard(round_, changed, accept=accept)
    recorded = judged(round_)
    entries = _with_evidence(round_)
    with _again(round_, entries, changed, workers, show) as (folder, faults):
        after = _as_judged_again(recorded, folder, entries, changed)
        before, written = write(recorded, None), write(after, out, form)
        moved, reranked = _moves(recorded, after, before.places, written.places)
        accepted = _accepted(folder, [one.entry for one in moved], entries) if accept else 0
    demands = remedy(round_)
    names = Names.among(one.key for one in recorded.subjects)
    told = sorted((names.of(one.key, one.system), faults[one.id]) for one in recorded.subjects if one.id in faults)
    lost = tuple(f"“{name}”：{fault}。{demands}；结果表沿用已记录的判定。" for name, fault in told)
    judged_again = len(entries) - len(faults)
    return Recomputed(
        judged=judged_again, moved=moved, reranked=reranked, lost=lost, written=written, accepted=accepted, names=names
    )


def _guard(round_: Round, instead: Instead, *, accept: bool) -> None:
    if accept and round_.state == RoundState.FROZEN:
        raise Unusable(f"“{round_.slug}”已冻结，其结果不能更改；去掉 --accept 可查看差别 (the round is frozen).")
    if accept and not instead.is_empty:
        raise Unusable("--with 只用来试算，不能与 --accept 同用 (--with is a trial and cannot be accepted).")
    used = set(round_.entries.values_list("system", "profile"))
    unknown = set(instead.systems) - {system for system, _ in used}
    if unknown:
        there = "、".join(sorted({system for system, _ in used}))
        raise Unusable(
            f"本轮没有用指标体系 {'、'.join(sorted(unknown))}；用的是：{there} (not a system of this round)."
        )
    for system, profile in sorted(used):
        if system in instead.systems:
            profile_of(instead.systems[system], profile)


def _with_evidence(round_: Round) -> dict[int, Entry]:
    """The entries that have a result, by id, with their accepted visits."""
    found = Entry.objects.filter(round=round_, result__isnull=False).select_related("round")
    return {entry.id: entry for entry in found.prefetch_related("visits").order_by("id")}


@contextmanager
def _again(
    round_: Round, entries: Mapping[int, Entry], instead: Instead, workers: int, show: Callable[[int, int], None]
) -> Iterator[tuple[Path, dict[int, str]]]:
    """A folder with the new sheet of each entry, and why there is none for some of them."""
    rules = instead.rules or freezing.rules_of(round_)
    systems = freezing.systems_of(round_, {entry.system for entry in entries.values()}) | instead.systems
    if len(entries) > FEW:
        rehearse([], [])
    faults: dict[int, str] = {}
    with tempfile.TemporaryDirectory(prefix="govgauge-recompute-") as name:
        folder = Path(name)

        def piece(entry: Entry) -> by_hands.Piece:
            accepted = sorted((one for one in entry.visits.all() if one.accepted), key=lambda one: one.number)
            place = folder / str(entry.id)
            basis = looks.Basis(
                system=systems[entry.system].id, profile=entry.profile, rules=rules.id, as_of=round_.as_of
            )
            return partial(_judge, accepted, place, basis, systems[entry.system], rules)

        for count, (entry, fault) in enumerate(by_hands.each(entries.values(), piece, workers, SECONDS), start=1):
            if fault:
                faults[entry.id] = fault.partition(" (")[0].rstrip("。")
            show(count, len(entries))
        yield folder, faults


def _judge(visits: list[Visit], place: Path, basis: looks.Basis, system: System, rules: RuleSet) -> None:
    """In a process of its own: judge the evidence of one entry, and leave its sheet."""
    place.mkdir()
    with folders() as folder_of:
        again = looks.judge_again(visits, folder_of, place / "again", basis, system=system, rules=rules)
    (place / SHEET).write_bytes(sheets.packed(sheets.read(again)).body)
    shutil.rmtree(place / "again")


def _sheet_in(folder: Path, entry_id: int) -> Sheet | None:
    path = folder / str(entry_id) / SHEET
    return sheets.unpacked(path.read_bytes()) if path.exists() else None


def _as_judged_again(recorded: Judged, folder: Path, entries: Mapping[int, Entry], instead: Instead) -> Judged:
    """The tables as they would be: new sheets, recorded ones where there is no new one, and systems given instead."""
    subjects = tuple(_scored_by(subject, instead) for subject in recorded.subjects)

    def fresh() -> Iterator[Sheet | None]:
        for subject, known in zip(recorded.subjects, recorded.sheets(), strict=True):
            again = _sheet_in(folder, subject.id) if subject.id in entries else None
            yield again or known

    systems = {**recorded.systems, **{system.id: system for system in instead.systems.values()}}
    return msgspec.structs.replace(recorded, subjects=subjects, sheets=fresh, systems=systems)


def _scored_by(subject: Subject, instead: Instead) -> Subject:
    system = instead.systems.get(subject.system)
    return msgspec.structs.replace(subject, system=system.id) if system else subject


def _moves(
    recorded: Judged, judged_again: Judged, before: dict[int, Place], after: dict[int, Place]
) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
    """Who moves, by what the tables say: with what people have accepted."""
    moved, reranked = [], []
    for subject, known, again in zip(recorded.subjects, recorded.whole(), judged_again.whole(), strict=True):
        if again is None or known is None:
            continue
        ranks = [places[subject.id].rank if subject.id in places else "" for places in (before, after)]
        differs = differing(known, again)
        one = Moved(
            entry=subject.id,
            key=subject.key,
            system=subject.system,
            before=(known.base.low, known.base.high),
            after=(again.base.low, again.base.high),
            rank_before=ranks[0],
            rank_after=ranks[1],
            audits=differs.audits,
            why=tuple(differs.said()) if differs else (),
        )
        if differs:
            moved.append(one)
        elif ranks[0] != ranks[1]:
            reranked.append(one)
    return tuple(moved), tuple(reranked)


def _accepted(folder: Path, moved: list[int], entries: Mapping[int, Entry]) -> int:
    """Let the new judgements be the recorded ones, each in a transaction of its own."""
    for number in moved:
        entry = entries[number]
        sheet = _sheet_in(folder, entry.id)
        if sheet is not None:
            with transaction.atomic():
                _replace(entry, sheet)
                noted_by_command("round.recompute", entry.round, {}, {"entry": entry.key})
    return len(moved)


@transaction.atomic
def _replace(entry: Entry, sheet: Sheet) -> None:
    judgements.record(entry.id, sheets.packed(sheet), AGAIN)
    result = Result.objects.select_for_update().get(entry_id=entry.id)
    result.low, result.high = points(sheet.base.low), points(sheet.base.high)
    result.answered = points(sheet.base_coverage.weight_answered)
    result.findings = len(sheet.findings)
    result.home_ok = sheet.visit.home_ok
    result.closed = sheet.visit.is_closed and not result.distorted
    result.vetoes = [] if result.distorted else [veto.id for veto in sheet.vetoes if veto.hit == "yes"]
    result.save(update_fields=["low", "high", "answered", "findings", "home_ok", "closed", "vetoes"])
    domain_points.refresh(entry.id)
