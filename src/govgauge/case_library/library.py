"""The cases that come with the program: newest year first, each year in the order of its source. Read once."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from govgauge.case_library.loader import load, load_described
from govgauge.case_library.model import Case, Defect, Described, Edition
from govgauge.errors import Unusable

SHELF = Path(__file__).parent / "library"


class UnknownCase(Unusable):
    """No case of that id. The message names the nearest one."""


@cache
def editions() -> tuple[Edition, ...]:
    """The years, newest first. Raises UnusableCases when a file is broken."""
    found = [load(path) for path in SHELF.glob("*.toml")]
    return tuple(sorted(found, key=lambda edition: -edition.year))


@cache
def cases() -> tuple[Case, ...]:
    """Every case, newest year first, then in the order of the source."""
    return tuple(case for edition in editions() for case in edition.cases)


@cache
def _by_id() -> dict[str, Case]:
    return {case.id: case for case in cases()}


@cache
def _described() -> dict[str, Described]:
    paths = sorted((SHELF / "described").glob("*.toml"))
    return {one.id: one for path in paths for one in load_described(path)}


def described() -> tuple[Described, ...]:
    """Every case that its source tells about at length."""
    return tuple(_described().values())


@cache
def described_ids() -> frozenset[str]:
    """The ids of the described cases."""
    return frozenset(_described())


def case(case_id: str) -> Case:
    """The case of that id. Raises UnknownCase."""
    known = _by_id()
    if case_id not in known:
        near = get_close_matches(case_id, known, n=1)
        hint = f"是否指 {near[0]}？" if near else ""
        raise UnknownCase(
            f"没有编号为“{case_id}”的案例。{hint}用 govgauge cases list 查看全部 (no such case; list them)."
        )
    return known[case_id]


def edition_of(one: Case) -> Edition:
    """The year that a case belongs to."""
    return next(edition for edition in editions() if edition.year == one.year)


def source_of(one: Case) -> str:
    """By what a case was published."""
    return one.source or edition_of(one).source


def description(case_id: str) -> Described | None:
    """What a case can do; None where its source only names it."""
    return _described().get(case_id)


def defects_of(one: Case) -> tuple[Defect, ...]:
    """What the source contradicts about this case."""
    return tuple(defect for defect in edition_of(one).defects if defect.case == one.id)
