"""Which checks of a system wait for people, how each is answered, and how long that takes."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.office.models import AnswerForm, CheckGuide
from govgauge.systems import library
from govgauge.systems.model import Check, Method

BY_PEOPLE = (Method.MANUAL, Method.ASSISTED, Method.FIELD)
"""Methods whose checks are given to collectors."""


class FormRule(Struct, frozen=True, forbid_unknown_fields=True):
    """The form of checks in whose text one of some words stands."""

    form: AnswerForm
    words: tuple[str, ...]


class Ways(Struct, frozen=True, forbid_unknown_fields=True):
    """How checks are answered where the office has said nothing of its own."""

    minutes: dict[Method, int]
    tolerance: dict[AnswerForm, Decimal]
    forms: tuple[FormRule, ...]


class CheckWork(Struct, frozen=True, kw_only=True):
    """A check as people work on it. `place` is its number in the table, `path` the names above it.

    `how`, `good` and `bad` are the office's own words; `version` is 0 where it has said nothing.
    """

    system: str
    check: str
    indicator: str
    path: tuple[str, ...]
    place: int
    text: str
    method: Method
    audit: str | None
    params: dict[str, object]
    form: AnswerForm
    minutes: int
    tolerance: Decimal
    how: str = ""
    good: str = ""
    bad: str = ""
    version: int = 0

    @property
    def indicator_name(self) -> str:
        """The name of the indicator it stands under."""
        return self.path[-1]


Guides = Mapping[tuple[str, str], CheckGuide]
"""What the office says of checks in a round, by system and check."""


@cache
def works(system: str, profile: str) -> tuple[CheckWork, ...]:
    """The checks that people answer in a profile of a system, in the order of its table."""
    found: list[CheckWork] = []
    for leaf in library.system(system).leaves():
        if leaf.indicator.weight(profile) is None:
            continue
        path = tuple(name for name in leaf.path if name)
        for check in leaf.indicator.checks:
            if check.method in BY_PEOPLE and check.asked_in(profile):
                found.append(_work(system, leaf.indicator.code, path, len(found), check))
    return tuple(found)


def work_of(system: str, profile: str, check: str) -> CheckWork | None:
    """The work on one check; None where that profile has none."""
    return _by_check(system, profile).get(check)


def told(work: CheckWork, guides: Guides) -> CheckWork:
    """The same work with what the office says of it."""
    guide = guides.get((work.system, work.check))
    if guide is None:
        return work
    return msgspec.structs.replace(
        work,
        form=AnswerForm(guide.form),
        minutes=guide.minutes,
        tolerance=guide.tolerance,
        how=guide.how,
        good=guide.good,
        bad=guide.bad,
        version=guide.version,
    )


@cache
def _by_check(system: str, profile: str) -> dict[str, CheckWork]:
    return {work.check: work for work in works(system, profile)}


@cache
def _ways() -> Ways:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Ways, strict=False)


def _work(system: str, indicator: str, path: tuple[str, ...], place: int, check: Check) -> CheckWork:
    ways = _ways()
    form = next((rule.form for rule in ways.forms if any(word in check.text for word in rule.words)), AnswerForm.YES_NO)
    return CheckWork(
        system=system,
        check=check.id,
        indicator=indicator,
        path=path,
        place=place,
        text=check.text,
        method=check.method,
        audit=check.audit,
        params=check.params,
        form=form,
        minutes=ways.minutes[check.method],
        tolerance=ways.tolerance[form],
    )
