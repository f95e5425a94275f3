"""The words in which every judgement is spoken: outcome, finding, result."""

import hashlib
from typing import TypeAlias

from msgspec import Struct

from govgauge.word_enum import WordEnum

Fact: TypeAlias = str | int | float | bool
"""What may stand in a finding's or a result's `data`: plain values that fill the sentence of its slug."""

EXCERPT_CHARS = 200
"""Longest excerpt kept with a finding, in characters."""


class Outcome(WordEnum):
    """How an audit ended. Only `FAIL` and `PARTIAL` can cost points; `NOT_OBSERVABLE` lowers the coverage."""

    PASS = "pass"  # noqa: S105  # an outcome, no password
    FAIL = "fail"
    PARTIAL = "partial"
    NOT_APPLICABLE = "not-applicable"
    NOT_OBSERVABLE = "not-observable"


class Finding(Struct, frozen=True, kw_only=True):
    """One observed fault. Its identity over time is (subject, audit, page, target).

    `page` is the absolute URL on which the problem is seen, `target` the thing itself (empty where there is none).
    `slug` names the sentence in the audit's texts.toml, filled from `data`. `seen_at` holds the UTC times of the
    observations (ISO 8601); left empty, the fetch times of `page` stand in. `source` is the URL whose kept response
    is the evidence; left empty, it is `page`.
    """

    audit: str
    page: str
    target: str = ""
    slug: str = "failure"
    data: dict[str, Fact] = {}
    excerpt: str = ""
    seen_at: tuple[str, ...] = ()
    source: str = ""

    def identity(self, subject: str) -> str:
        """16 hexadecimal digits that stay the same from visit to visit. `subject` is the site's host."""
        key = "\x00".join((subject, self.audit, self.page, self.target))
        return hashlib.sha256(key.encode()).hexdigest()[:16]


class Result(Struct, frozen=True, kw_only=True):
    """What one audit says of one site. `value` is 0…1 (1 is faultless), None where nothing was judged."""

    audit: str
    version: int
    outcome: Outcome
    value: float | None = None
    slug: str = ""
    data: dict[str, Fact] = {}
    reason: str = ""
    findings: tuple[Finding, ...] = ()
