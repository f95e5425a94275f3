"""Asking the index: the strictest way by which every term of the query is found decides; then filters, order, page."""

import re
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from govgauge.web.portal.search import index_file
from govgauge.web.portal.search.entry import ORDER, Entry, Kind
from govgauge.web.portal.search.ways import Finder, Scores, Term, Way, term

LONGEST_QUERY = 100
MOST_TERMS = 8
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’](?=[A-Za-z])")
_SCHEME = re.compile(r"\bhttps?://", re.IGNORECASE)


class Sieve(Struct, frozen=True):
    """What is asked for beside the text; None asks for everything. `whole`: nothing that has only some of the words."""

    kind: Kind | None = None
    year: int | None = None
    whole: bool = False


class Found(Struct, frozen=True):
    """A page of what was found, best first; `kinds` and `years` count under the other filter."""

    entries: tuple[Entry, ...] = ()
    total: int = 0
    way: Way | None = None
    kinds: dict[Kind, int] = {}
    years: dict[int, int] = {}
    terms: tuple[Term, ...] = ()


def terms_of(query: str) -> tuple[Term, ...]:
    """The terms of a query, each once. An apostrophe parts syllables (xi'an); an address is looked for by its host."""
    plain = _SCHEME.sub(" ", _APOSTROPHE.sub(" ", query[:LONGEST_QUERY]))
    found = (term(part) for part in plain.split()[:MOST_TERMS])
    return tuple(dict.fromkeys(one for one in found if one))


def search(path: Path, query: str, sieve: Sieve, public: Collection[int], part: slice) -> Found:
    """A page of the entries that a query finds in the index. `public` are the publications that hold now: what is read
    from others is not shown, whenever the index was made. Raises sqlite3.Error when it cannot be read."""
    terms = terms_of(query)
    if not terms:
        return Found()
    with closing(index_file.opened(path)) as base:
        columns = index_file.columns(base)
        shown, broken = _shown(columns, frozenset(public))
        scores, way = _scored(Finder(base, columns), terms, shown, some=not sieve.whole)
        return _page(base, columns, _Asked(terms, way, sieve, part), scores, broken)


class _Asked(Struct, frozen=True):
    terms: tuple[Term, ...]
    way: Way | None
    sieve: Sieve
    part: slice


def _scored(
    finder: Finder, terms: tuple[Term, ...], shown: NDArray[np.bool_], *, some: bool
) -> tuple[Scores, Way | None]:
    for way in Way:
        if way is Way.SOME and not some:
            break
        if way is Way.SOME:
            total = np.where(shown, finder.some(terms), 0.0)
        else:
            parts = [finder.scores(one, way) for one in terms]
            total = np.where(np.all(np.array(parts) > 0, axis=0) & shown, np.mean(parts, axis=0), 0.0)
        if total.any():
            return total, way
    return np.zeros(len(shown)), None


def _page(
    base: sqlite3.Connection, columns: index_file.Columns, asked: _Asked, scores: Scores, broken: NDArray[np.bool_]
) -> Found:
    hit = scores > 0
    of_year = columns.years.get(asked.sieve.year, np.zeros_like(hit)) if asked.sieve.year is not None else hit
    of_kind = columns.kind == ORDER.index(asked.sieve.kind) if asked.sieve.kind is not None else hit
    kinds = np.bincount(columns.kind[hit & of_year], minlength=len(ORDER))
    years = {year: int(np.count_nonzero(hit & of_kind & rows)) for year, rows in columns.years.items()}
    chosen = np.flatnonzero(hit & of_year & of_kind)
    worth = scores[chosen] + columns.prior[chosen]
    ordered = chosen[np.lexsort((chosen, columns.length[chosen], -worth))]
    numbers = ordered[asked.part].tolist()
    found = index_file.entries(base, numbers)
    return Found(
        entries=tuple(
            structs.replace(one, body="", others=(), context="") if broken[number] else one
            for number, one in zip(numbers, found, strict=True)
        ),
        total=len(ordered),
        way=asked.way,
        kinds={kind: int(kinds[place]) for place, kind in enumerate(ORDER) if kinds[place]},
        years={year: number for year, number in sorted(years.items(), reverse=True) if number},
        terms=asked.terms,
    )


def _shown(columns: index_file.Columns, public: frozenset[int]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which entries may be shown, and which of them without what may be of a publication that holds no more."""
    everything = np.ones(len(columns.kind), dtype=np.bool_)
    gone = columns.whole - public
    if not gone:
        return everything, ~everything
    from_gone = np.logical_or.reduce([columns.publications[one] for one in gone])
    kept = [columns.publications[one] for one in columns.whole & public]
    from_kept = np.logical_or.reduce(kept) if kept else ~everything
    return ~from_gone | from_kept, from_gone & from_kept
