"""Writing the tables of a round: into a folder, or only into their hash."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path

from msgspec import Struct

from govgauge.office import columns_watched, watched
from govgauge.office.answered import with_people
from govgauge.office.columns_watched import ColumnFacts
from govgauge.office.monitoring.facts import AvailabilityFacts
from govgauge.office.policy import Policy
from govgauge.office.queries.accepted import Accepted
from govgauge.office.sheets import Sheet
from govgauge.office.tables import rows
from govgauge.office.tables.columns import ALL, CHECKS, FINDINGS, INDICATORS, RESULTS, Table
from govgauge.office.tables.formats import Format
from govgauge.office.tables.places import Place, Total, of_groups
from govgauge.office.tables.sinks import CsvSink, JsonSink, Sink
from govgauge.office.tables.subject import TOLD, Subject
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

SUMS = "SHA256SUMS"


class Judged(Struct, frozen=True, kw_only=True):
    """What tables are made of: entries in the order of groups and keys, each with its sheet where it has one.

    `sheets` are those of the program, asked for one after another, and not kept; `people` is what people have accepted
    of the same entries. `systems` are those of the entries, by id.
    """

    subjects: tuple[Subject, ...]
    sheets: Callable[[], Iterable[Sheet | None]]
    systems: Mapping[str, System]
    policy: Policy
    people: Callable[[], Iterable[Mapping[str, Accepted]]] = lambda: repeat({})
    watched: Mapping[int, AvailabilityFacts] = {}
    """What a week of probes says, by the entry's id; `rules` say which vetoes rest on it."""
    columns: Mapping[int, Sequence[ColumnFacts]] = {}
    """What daily looks at columns say, by the entry's id."""
    rules: RuleSet | None = None

    def whole(self) -> Iterator[Sheet | None]:
        """The sheets with what people have accepted, and what the probes say, in them; people have the last word."""
        for subject, sheet, people in zip(self.subjects, self.sheets(), self.people(), strict=False):
            system, facts = self.systems[subject.system], self.watched.get(subject.id)
            said = {**watched.answers(system, facts, subject.url), **people}
            whole = sheet and with_people(sheet, system, subject.profile, said)
            if whole and self.rules:
                whole = watched.with_vetoes(whole, self.rules, facts, subject.url)
                looks = self.columns.get(subject.id, ())
                whole = columns_watched.with_vetoes(whole, self.rules, looks, subject.url)
            yield whole


class Written(Struct, frozen=True):
    """The SHA-256 of each file by its name, and one over all: the hash of the tables. `places` go by the entry's id."""

    files: dict[str, str]
    places: dict[int, Place]

    @property
    def sums(self) -> str:
        """The content of SHA256SUMS, as `sha256sum -c` reads it."""
        return "".join(f"{digest}  {name}\n" for name, digest in self.files.items())

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sums.encode()).hexdigest()


def write(judged: Judged, folder: Path | None, form: Format = Format.CSV) -> Written:
    """Write all tables into a folder, with their sums; None: nowhere, only their hashes are wanted."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    sinks = {table.name: _sink(table, folder, form) for table in ALL}
    places = fill(judged, sinks)
    written = Written({f"{name}.{form}": sink.close() for name, sink in sinks.items()}, places)
    if folder:
        (folder / SUMS).write_text(written.sums, encoding="ascii")
    return written


def fill(judged: Judged, sinks: Mapping[str, Sink]) -> dict[int, Place]:
    """Put the rows of all tables into sinks, which go by the names of the tables; the places by the entry's id."""
    ranking = {name: judged.policy.ranking(system.ranking) for name, system in judged.systems.items()}
    floor = judged.policy.coverage_floor.exact()
    outcomes = []
    totals = []
    for subject, sheet in zip(judged.subjects, judged.whole(), strict=True):
        outcome = rows.Outcome.of(subject, sheet, ranking[subject.system], floor)
        outcomes.append((subject, outcome))
        if sheet is None or outcome.state not in TOLD:
            continue
        if not outcome.unranked:
            group = (subject.group, subject.system, subject.profile)
            total = Total.of(subject.id, sheet.total.low, sheet.total.high)
            totals.append((group, total, ranking[subject.system]))
        for table, lines in PARTS:
            for cells in lines(subject, sheet):
                sinks[table.name].row(cells)
    places = of_groups(totals)
    for subject, outcome in outcomes:
        sinks[RESULTS.name].row(rows.result(subject, outcome, places.get(subject.id)))
    return places


PARTS = ((INDICATORS, rows.indicators), (CHECKS, rows.checks), (FINDINGS, rows.findings))


def _sink(table: Table, folder: Path | None, form: Format) -> Sink:
    path = folder / f"{table.name}.{form}" if folder else None
    if form is Format.XLSX and path:
        from govgauge.office.tables.workbook import WorkbookSink  # noqa: PLC0415 - slow to load, seldom wanted

        return WorkbookSink(table, path)
    return JsonSink(table, path) if form is Format.JSON else CsvSink(table, path)
