"""Loading a list of the library: its head in TOML, its rows in the CSV of the same name, nothing left out."""

import tomllib
from pathlib import Path

import msgspec

from govgauge.errors import Unusable
from govgauge.subjects.model import Announced, Defect, Roster
from govgauge.subjects.tables.grid import read_csv
from govgauge.subjects.tables.importing import take


class UnusableRoster(Unusable):
    """A list that cannot be used. The message holds a sentence for each fault: file, place, remedy."""


def load(path: Path) -> Roster:
    """The list whose head is the TOML file at `path`. Raises UnusableRoster, UnusableTable."""
    head = _head(path)
    rows = path.with_suffix(".csv")
    imported = take(read_csv(_bytes(rows), str(rows)), head.id, head.groups)
    if imported.left_out:
        raise UnusableRoster("\n".join(f"{rows} {left.sentence()}" for left in imported.left_out))
    roster = msgspec.structs.replace(head, subjects=imported.roster.subjects, outlets=imported.roster.outlets)
    strangers = _strangers(roster)
    if strangers:
        raise UnusableRoster("\n".join(f"{path}：{sentence}" for sentence in strangers))
    return roster


def _head(path: Path) -> Roster:
    try:
        return msgspec.convert(tomllib.loads(_bytes(path).decode()), Roster)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableRoster(f"{path}：不是可读的 TOML（{error}）。请改正后再试 (broken TOML).") from error
    except msgspec.ValidationError as error:
        raise UnusableRoster(f"{path}：{error}。请对照 docs/subjects.md 改正 (unfit value).") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableRoster(f"{path}：无法读取（{error.strerror}）。请核对路径和权限 (cannot be read).") from error


def _strangers(roster: Roster) -> list[str]:
    """Announced numbers and defects that speak of groups, regions or subjects that the list does not have."""
    groups = {group.id for group in roster.groups} | {""}
    regions = {subject.region for subject in roster.subjects} | {""}
    keys = {subject.key for subject in roster.subjects} | {""}
    said: list[str] = []
    told: list[Announced | Defect] = [*roster.announced, *roster.defects]
    for one in told:
        if one.group not in groups:
            said.append(f"{one.place} 所说的组“{one.group}”未定义。请更正")
        if one.region not in regions:
            said.append(f"{one.place} 所说的地区“{one.region}”不在名单中。请更正")
    said += [
        f"{defect.place} 所说的“{defect.subject}”不在名单中。请更正"
        for defect in roster.defects
        if defect.subject not in keys
    ]
    return said
