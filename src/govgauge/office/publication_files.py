"""The files of a publication: the round's tables as readers may have them, and what is told beside them."""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.audits.personal_data_leak.numbers import mask_all
from govgauge.errors import Unusable
from govgauge.office.models import Entry, Round
from govgauge.office.queries.judged import judged
from govgauge.office.queries.round_facts import facts_of
from govgauge.office.tables.columns import ALL, CHECKS, FINDINGS, RESULTS
from govgauge.office.tables.parquet import ParquetSink
from govgauge.office.tables.sinks import CsvSink
from govgauge.office.tables.subject import State
from govgauge.office.tables.writing import Written, fill
from govgauge.reports.about import About, Shows, write_about

WITHHELD = frozenset({"exposed-file", "personal-data-leak", "error-disclosure", "vulnerable-library"})
"""Audits whose single findings are told to their bodies alone: to publish where a backup or a citizen's number lies
would do the harm that the audit is to prevent. How many there are, and what they cost, is told."""
AUDIT, FACTS = (list(FINDINGS.columns).index(name) for name in ("audit", "data"))
QUOTES = tuple(list(FINDINGS.columns).index(name) for name in ("sentence", "excerpt"))
REASON = list(CHECKS.columns).index("reason")
"""Texts in which a person's number may stand, since pages and people wrote them: it is masked."""
RANK, BEST, WORST = (list(RESULTS.columns).index(name) for name in ("rank", "rank_best", "rank_worst"))
STATE, COUNTED = (list(RESULTS.columns).index(name) for name in ("state", "findings"))
BODY = slice(3)
"""Where a row tells whose it is: `parent name group`."""
Reading = Callable[[Sequence[str]], Sequence[str] | None]
"""A row as readers may have it; None where they may not."""


class Both:
    """A row goes into the table of readers and, as it was frozen, into the hash."""

    def __init__(self, shown: ParquetSink | None, frozen: CsvSink, reading: Reading) -> None:
        self._shown, self._frozen, self._reading = shown, frozen, reading

    def row(self, cells: Sequence[str]) -> None:
        self._frozen.row(cells)
        if self._shown and (told := self._reading(cells)) is not None:
            self._shown.row(told)

    def close(self) -> str:
        if self._shown:
            self._shown.close()
        return self._frozen.close()


class Material(Struct, frozen=True):
    """What was written, and the hash of the tables as the round has them now."""

    about: About
    tables_hash: str


def write(round_: Round, folder: Path, *, number: int, shows: Shows, previous: str, issuer: str) -> Material:
    """Write a publication's files into an empty folder.

    Raises Unusable when the tables are not those that were frozen.
    """
    hidden = Entry.objects.filter(round=round_, result__distorted=True)
    kept_out = frozenset(hidden.values_list("parent", "name", "group"))
    shown = {CHECKS.name: shows.answers, FINDINGS.name: shows.findings}
    readings: dict[str, Reading] = {
        RESULTS.name: partial(_ranked, shows),
        CHECKS.name: partial(_nobody, kept_out),
        FINDINGS.name: partial(_harmless, kept_out),
    }
    sinks = {
        table.name: Both(
            ParquetSink(table, folder / f"{table.name}.parquet") if shown.get(table.name, True) else None,
            CsvSink(table, None),
            readings.get(table.name, _whole),
        )
        for table in ALL
    }
    found = judged(round_)
    places = fill(found, sinks)
    sums = {f"{name}.csv": sink.close() for name, sink in sinks.items()}
    tables_hash = Written(sums, places).sha256
    if tables_hash != round_.tables_hash:
        raise Unusable(
            f"“{round_.slug}”的结果表（{tables_hash[:12]}…）与冻结时的（{round_.tables_hash[:12]}…）不同，不能公布；"
            "请先用 round verify 查明 (the tables are not those that were frozen)."
        )
    for name, is_shown in shown.items():
        if not is_shown:  # readers find an empty table of the same columns
            table = next(one for one in ALL if one.name == name)
            ParquetSink(table, folder / f"{name}.parquet").close()
    about = facts_of(
        round_, found, number=number, shows=shows, withheld=tuple(sorted(WITHHELD)), previous=previous, issuer=issuer
    )
    write_about(about, folder)
    return Material(about, tables_hash)


def _whole(cells: Sequence[str]) -> Sequence[str]:
    return cells


def _harmless(kept_out: frozenset[tuple[str, ...]], cells: Sequence[str]) -> Sequence[str] | None:
    """Without what invites misuse, and what was seen of sites that kept the visitor out: nobody judges these."""
    if cells[AUDIT] in WITHHELD or tuple(cells[BODY]) in kept_out:
        return None
    told = list(cells)
    for place in QUOTES:
        told[place] = mask_all(cells[place])
    if mask_all(cells[FACTS]) != cells[FACTS]:
        facts = msgspec.json.decode(cells[FACTS], type=dict[str, bool | int | float | str])
        masked = {name: mask_all(value) if isinstance(value, str) else value for name, value in facts.items()}
        told[FACTS] = msgspec.json.encode(masked).decode()
    return told


def _nobody(kept_out: frozenset[tuple[str, ...]], cells: Sequence[str]) -> Sequence[str] | None:
    """Without numbers of persons in what somebody wrote as a reason, and without answers of sites that kept us out."""
    if tuple(cells[BODY]) in kept_out:
        return None
    if not cells[REASON]:
        return cells
    told = list(cells)
    told[REASON] = mask_all(cells[REASON])
    return told


def _ranked(shows: Shows, cells: Sequence[str]) -> Sequence[str]:
    """Without places where no rank is told: from the best and the worst place the rank could be worked out.
    Of a site that kept the visitor out no findings are counted."""
    if shows.ranks and cells[RANK]:
        return cells
    told = list(cells)
    told[RANK] = told[BEST] = told[WORST] = ""
    if cells[STATE] == State.DISTORTED:
        told[COUNTED] = ""
    return told


def sums(folder: Path) -> str:
    """The SHA-256 of each file of a folder, as `sha256sum -c` reads it."""
    lines = []
    for path in sorted(folder.glob("*.*")):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines)
