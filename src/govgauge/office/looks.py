"""The looks at a site on which its judgement rests: two at different times where there are two, brought together."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govgauge.assessment.accepting import Look, accepted
from govgauge.assessment.assess import Rejudge, rejudge
from govgauge.gather import archive
from govgauge.office.intact import JUDGED_FROM, need_intact
from govgauge.office.models import Scope, Visit
from govgauge.office.visit_files import COVERED, Seen
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

ACCEPTED = "accepted"
"""Folder in that of a later look, where the judgement from it and the one before lies."""


class Covered(Struct, frozen=True):
    """The audits whose findings were all looked at again, and how many addresses were asked for that."""

    audits: tuple[str, ...]
    addresses: int


class Basis(Struct, frozen=True, kw_only=True):
    """By what looks are judged again."""

    system: str
    profile: str
    rules: str
    as_of: date


def before(visits: Iterable[Visit]) -> Visit | None:
    """The last full look at the present site in which it was not closed to us: what a further one is held against."""
    full = [visit for visit in visits if visit.scope == Scope.FULL and not visit.distorted and not visit.superseded]
    return max(full, key=lambda visit: visit.number, default=None)


def limited(seen: Seen, folder: Path) -> Seen:
    """What a visit saw, of the audits only that it looked at again."""
    audits = _covered(folder)
    if audits is None:
        return seen
    lines = tuple(line for line in seen.judged.findings if line.audit in audits)
    return replace(seen, judged=replace(seen.judged, findings=lines), can_say=seen.can_say & audits)


def bring_together(
    earlier: Path, later: Path, *, earlier_name: str, given: tuple[System, RuleSet] | None = None
) -> None:
    """Write the judgement from two judged looks into a folder in the later one.

    `earlier_name` is that of the folder of the earlier one, which is kept beside the later one, `given` the system and
    rule set in place of those of the library. Raises Unusable where they were not judged alike.
    """
    first = _look(earlier, f"../../{earlier_name}/{archive.NAME}")
    system, rules = given or (None, None)
    accepted(first, _look(later, f"../{archive.NAME}"), later / ACCEPTED, system=system, rules=rules)


def judge_again(
    looks: Sequence[Visit],
    folder_of: Callable[[Visit], Path],
    out: Path,
    basis: Basis,
    *,
    system: System | None = None,
    rules: RuleSet | None = None,
) -> Path:
    """Judge the one or two looks of a result again from their archives, without network; the folder of the judgement.

    `looks` come in the order of time, `out` is an empty folder. The same looks give the same digest. Raises Unusable
    where their files are not those that were recorded.
    """
    opened = {look.number: folder_of(look) for look in looks}
    for look in looks:
        need_intact(look, opened[look.number], JUDGED_FROM)
    folders = []
    for number, folder in opened.items():
        again = out / str(number)
        rejudge(
            Rejudge(
                folder=folder,
                out=again,
                system=basis.system,
                profile=basis.profile,
                rules=basis.rules,
                as_of=basis.as_of,
                whole=False,
                given=(system, rules) if system and rules else None,
            ),
            lambda _progress: None,
        )
        if (folder / COVERED).exists():
            (again / COVERED).write_bytes((folder / COVERED).read_bytes())
        folders.append(again)
    if len(folders) == 1:
        return folders[0]
    earlier, later = (_look(folder, f"../{folder.name}/{archive.NAME}") for folder in folders)
    accepted(earlier, later, out / ACCEPTED, system=system, rules=rules)
    return out / ACCEPTED


def _look(folder: Path, archive_name: str) -> Look:
    return Look(folder=folder, archive=archive_name, audits=_covered(folder))


def _covered(folder: Path) -> frozenset[str] | None:
    """The audits that a look looked at again; None when it looked at everything."""
    path = folder / COVERED
    return frozenset(msgspec.json.decode(path.read_bytes(), type=Covered).audits) if path.exists() else None
