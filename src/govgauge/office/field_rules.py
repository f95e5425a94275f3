"""The rules of field tests as data: how long answers may take, grades with their anchors, the words of a reckoning."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.office.models import FieldKind


class Tongues(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence in both languages."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """It in `zh` or `en`."""
        return self.en if language == "en" else self.zh


class KindRule(Struct, frozen=True, forbid_unknown_fields=True):
    """How long an answer may take: working days or months; by how many working days it may be extended."""

    source: Tongues
    workdays: int | None = None
    months: int | None = None
    extension: int = 0


class LateStep(Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer is still worth when it comes within so many working days after the due date."""

    within: int
    share: Decimal


class LateRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What late answers, and those that never come, are worth."""

    source: Tongues
    none: Decimal
    steps: tuple[LateStep, ...]


class Grade(Struct, frozen=True, forbid_unknown_fields=True):
    """A grade of quality: its value 0…1, and by what one knows it."""

    grade: str
    value: Decimal
    zh: str
    en: str

    def said(self, language: str) -> str:
        """Its anchor in `zh` or `en`."""
        return self.en if language == "en" else self.zh


class FieldRules(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    version: str
    monthly_limit: int
    remind_days: int
    refused: tuple[str, ...]
    kinds: dict[FieldKind, KindRule]
    late: LateRule
    grades: tuple[Grade, ...]
    lines: dict[str, Tongues]

    def grade(self, name: str) -> Grade | None:
        """A grade by its name."""
        return next((one for one in self.grades if one.grade == name), None)


class Line(Struct, frozen=True):
    """A line of a reckoning: one of the rules' sentences, and what fills it."""

    code: str
    facts: dict[str, str] = {}


@cache
def rules() -> FieldRules:
    """The rules in force."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), FieldRules)


def said(line: Line, language: str = "zh") -> str:
    """A line in words; the code itself where another version of the program wrote it."""
    known = rules().lines.get(line.code)
    if known is None:
        return line.code
    facts: Mapping[str, str] = line.facts
    anchor = rules().grade(facts.get("grade", ""))
    return known.said(language).format_map({**facts, "anchor": anchor.said(language) if anchor else ""})
