"""What earlier years did with innovation cases, as settings to begin a call with: categories, ways of choosing."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable

FILE = Path(__file__).with_name("case_presets.toml")


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A category as a source names it; `about` in our words."""

    slug: str
    name: str
    about: str = ""


class CategorySet(Struct, frozen=True, forbid_unknown_fields=True):
    """The categories of one family in one year, and where they stand in the source."""

    family: str
    place: str
    categories: tuple[Named, ...]


class Preset(Struct, frozen=True, forbid_unknown_fields=True):
    """A year's way of choosing. `told` says what its sources tell and what they leave open."""

    title: str
    told: str
    sets: tuple[str, ...]
    rules: dict[str, Any]


class Book(Struct, frozen=True, forbid_unknown_fields=True):
    """All sets of categories and all presets, by their names."""

    sets: dict[str, CategorySet]
    presets: dict[str, Preset]


@cache
def book() -> Book:
    """Everything that is known."""
    return msgspec.convert(tomllib.loads(FILE.read_text(encoding="utf-8")), Book)


def settings_of(year: str) -> dict[str, object]:
    """A preset as settings of a call's rules (see `case_rules.CaseSettings`). Raises Unusable for an unknown year."""
    known: Mapping[str, Preset] = book().presets
    if year not in known:
        raise Unusable(f"没有“{year}”年的评选办法；可选：{'、'.join(known)} (no such preset).")
    preset = known[year]
    categories = [
        {"slug": one.slug, "name": one.name, "family": book().sets[name].family, "about": one.about}
        for name in preset.sets
        for one in book().sets[name].categories
    ]
    return {"categories": categories, **preset.rules}
