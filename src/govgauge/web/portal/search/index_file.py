"""The index: one SQLite file with its full-text search, written aside and put in place whole."""

import os
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import numpy as np
from msgspec import Struct, json
from numpy.typing import NDArray

from govgauge.web.portal.search.entry import ORDER, PRIORS, Entry, Kind
from govgauge.web.portal.search.tokens import BREAK, joined, pieces, spelling, triples

FORMAT = 2
TABLES = """
CREATE TABLE told(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE entries(id INTEGER PRIMARY KEY, kind INTEGER, length INTEGER, years TEXT, publications TEXT, entry BLOB);
CREATE VIRTUAL TABLE words USING fts5(
  title, other, body, sound, letters, initials, above, content='', tokenize='unicode61 remove_diacritics 0'
);
"""
Numbers = NDArray[np.int64]


class Columns(Struct, frozen=True):
    """What of all entries is held in memory; place n tells of entry n (there is none at 0).

    `whole` are the publications from which the index was made.
    """

    kind: Numbers
    length: Numbers
    prior: NDArray[np.float64]
    years: dict[int, NDArray[np.bool_]]
    publications: dict[int, NDArray[np.bool_]]
    whole: frozenset[int]


def write(path: Path, entries: Iterable[Entry], stamp: str) -> int:
    """Make the index of these entries; how many there are. Readers of the one before go on undisturbed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    count = 0
    try:
        with closing(sqlite3.connect(aside, isolation_level=None)) as base:
            base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + TABLES)
            base.execute("BEGIN")
            for count, entry in enumerate(entries, start=1):
                _add(base, count, entry)
            base.executemany(
                "INSERT INTO told VALUES (?, ?)",
                [("format", str(FORMAT)), ("stamp", stamp), ("made", uuid.uuid4().hex), ("count", str(count))],
            )
            base.execute("INSERT INTO words(words) VALUES ('optimize')")
            base.execute("COMMIT")
        os.replace(aside, path)  # noqa: PTH105 - it says that the file there is replaced
    finally:
        aside.unlink(missing_ok=True)
    return count


def stamp_of(path: Path) -> str | None:
    """Of what state of the publications the index is; None where there is none that can be read."""
    try:
        with closing(opened(path)) as base:
            told = dict(base.execute("SELECT name, value FROM told"))
    except sqlite3.Error:
        return None
    return told.get("stamp") if told.get("format") == str(FORMAT) else None


def opened(path: Path) -> sqlite3.Connection:
    """The index for reading. Raises sqlite3.Error."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def columns(base: sqlite3.Connection) -> Columns:
    """What of this index is held in memory; read once."""
    (made,) = base.execute("SELECT value FROM told WHERE name = 'made'").fetchone()
    found = _held.get(made)
    if found is None:
        found = _columns(base)
        for other in list(_held)[: 1 - MOST_HELD]:
            _held.pop(other, None)
        _held[made] = found
    return found


def entries(base: sqlite3.Connection, numbers: Sequence[int]) -> list[Entry]:
    """Entries by their numbers, in that order."""
    marks = ",".join("?" * len(numbers))
    rows = dict(base.execute(f"SELECT id, entry FROM entries WHERE id IN ({marks})", list(numbers)))  # noqa: S608
    return [json.decode(rows[number], type=Entry) for number in numbers]


_held: dict[str, Columns] = {}
"""By the index that it was read from: the one in use, and the one before for those who are still at it."""
MOST_HELD = 2


def _columns(base: sqlite3.Connection) -> Columns:
    rows = base.execute("SELECT id, kind, length, years, publications FROM entries ORDER BY id").fetchall()
    size = len(rows) + 1
    kind, length = np.full(size, -1, dtype=np.int64), np.ones(size, dtype=np.int64)
    years: dict[int, NDArray[np.bool_]] = {}
    publications: dict[int, NDArray[np.bool_]] = {}
    newest = np.zeros(size)
    for number, one, characters, when, read_from in rows:
        kind[number], length[number] = one, max(characters, 1)
        for year in json.decode(when):
            years.setdefault(year, np.zeros(size, dtype=np.bool_))[number] = True
            newest[number] = max(newest[number], year)
        for publication in json.decode(read_from):
            publications.setdefault(publication, np.zeros(size, dtype=np.bool_))[number] = True
    priors = np.array([PRIORS[one] for one in ORDER], dtype=np.float64)
    prior = priors[kind] + np.clip(newest - 2000, 0, 99) / 10
    return Columns(kind, length, prior, years, publications, frozenset(publications))


def _add(base: sqlite3.Connection, number: int, entry: Entry) -> None:
    names = (entry.title, *entry.others)
    spelled = [spelling(name) for name in names]
    between = f" {BREAK} "
    base.execute(
        "INSERT INTO words(rowid, title, other, body, sound, letters, initials, above) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            joined((entry.title,)),
            joined((*entry.others, entry.english)),
            joined((entry.context, entry.body)),
            between.join(" ".join(one.syllables) for one in spelled),
            between.join(" ".join(triples(one.letters)) for one in spelled),
            between.join(" ".join(one.initials) for one in spelled),
            " ".join(triples(spelling(entry.context).letters)) if entry.kind is Kind.SUBJECT else "",
        ),
    )
    base.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
        (
            number,
            ORDER.index(entry.kind),
            len(pieces(entry.title)),
            json.encode(entry.years).decode(),
            json.encode(entry.publications).decode(),
            json.encode(entry),
        ),
    )
