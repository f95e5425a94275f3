"""What the report of one site says: plain values, ready to be laid out as a page or as a PDF."""

from msgspec import Struct

FINDINGS_SHOWN = 3000
"""Most findings laid out in one report; all of them stand in findings.jsonl."""


class Points(Struct, frozen=True):
    """Points as a range; `low` equals `high` when everything under it was answered."""

    low: float
    high: float
    full: float


class Clue(Struct, frozen=True):
    """A finding behind a veto or a warning: its audit, what it says, and on which page it was seen."""

    audit: str
    sentence: str
    page: str


class Card(Struct, frozen=True):
    """A veto or an early warning. `hit` is yes, no or not-observable, or clues: something that a person must look at.

    `clues` are the first of the `found` findings behind it.
    """

    id: str
    title: str
    hit: str
    sentence: str
    clues: tuple[Clue, ...] = ()
    found: int = 0


class Todo(Struct, frozen=True):
    """One thing to put right: an audit with findings. `points` is what can be regained (0: advice only).

    `marks` say why it stands before those of more points; empty where points alone decide.
    """

    audit: str
    title: str
    count: int
    points: float
    failure: str
    why: str
    fix: str
    indicators: tuple[str, ...]
    marks: tuple[str, ...] = ()


class CheckRow(Struct, frozen=True):
    """A check under an indicator. `outcome` is the audit's, `open` when nothing answered it."""

    text: str
    method: str
    audit: str
    outcome: str
    full: float
    low: float
    high: float
    findings: int
    reason: str = ""


class IndicatorRow(Struct, frozen=True):
    """A node of the indicator tree, level 1 to 3. `index` is 0…1, None while something under it is open."""

    code: str
    name: str
    level: int
    points: Points
    index: float | None
    bonus: bool
    deduct: bool
    checks: tuple[CheckRow, ...]


class FindingRow(Struct, frozen=True):
    """A finding as the report shows it. `offset` is the place of its record in the archive (-1: none)."""

    id: str
    audit: str
    page: str
    target: str
    sentence: str
    excerpt: str
    points: float
    seen_at: tuple[str, ...]
    offset: int
    sha256: str


class ColumnRow(Struct, frozen=True):
    """A column and how fresh it is. `days` since the newest item, -1 when nothing is dated."""

    name: str
    url: str
    kind: str
    items: int
    newest: str
    days: int
    note: str
    parent: str = ""
    fault: bool = False
    """An audit found it stale or empty."""


class Note(Struct, frozen=True):
    """A heading and a sentence: something not observable and why, something left out and why.

    `rows` are the single cases folded into it.
    """

    title: str
    text: str
    count: int = 0
    rows: tuple["Note", ...] = ()


class SiteReport(Struct, frozen=True, kw_only=True):
    """The whole report of one site."""

    version: str
    name: str
    url: str
    host: str
    as_of: str
    started_at: str
    finished_at: str
    system: str
    rules: str
    pages: int
    total: Points
    base: Points
    answered: float
    weight: float
    headline: str
    unreachable: str
    doubt: str = ""
    """A question to the reader: does the chosen system fit this body? Empty when nothing speaks against it."""
    vetoes: tuple[Card, ...]
    warnings: tuple[Card, ...]
    todo: tuple[Todo, ...]
    tree: tuple[IndicatorRow, ...]
    findings: tuple[FindingRow, ...]
    findings_total: int
    columns: tuple[ColumnRow, ...]
    passed: tuple[str, ...]
    unobservable: tuple[Note, ...]
    not_applicable: tuple[Note, ...]
    gathered: tuple[Note, ...]
    skipped: tuple[Note, ...]
