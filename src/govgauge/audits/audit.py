"""What an audit is: static meta, typed parameters, and pure functions from artifacts to a judgement."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import Struct

from govgauge.outcomes import Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site
from govgauge.word_enum import WordEnum


class Group(WordEnum):
    """The sections of the catalogue."""

    UPKEEP = "upkeep"
    MARKS = "marks"
    SAFETY = "safety"
    REACH = "reach"
    DISCLOSURE = "disclosure"
    SEARCH = "search"
    DIALOGUE = "dialogue"


class Params(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of an audit's parameters: a field with a default for each. Rule sets and checks override them by name."""


class Meta(Struct, frozen=True, kw_only=True):
    """Static facts about an audit. `needs` names the fields of `Site` that `judge` reads; it sees no others."""

    id: str
    version: int
    group: Group
    needs: tuple[str, ...]
    params: type[Params] = Params
    source: str = ""
    """Document and clause that the rule comes from."""


class View:
    """A site reduced to the artifacts that an audit declared. Reading any other is a programming error."""

    __slots__ = ("_needs", "_site")

    def __init__(self, site: Site, needs: tuple[str, ...]) -> None:
        self._site = site
        self._needs = frozenset(needs)

    def __getattr__(self, name: str) -> Any:
        if name not in self._needs:
            raise AttributeError(f"the audit did not declare that it needs {name!r}")
        return getattr(self._site, name)


@dataclass(frozen=True, slots=True)
class Audit:
    """An audit as found in its folder.

    `judge(site, params, observed)` gives the result; `observed` are the findings of `inspect`, which (where an audit
    has one) looks at each parsed page in turn, while pages are read, and may use nothing but that page.
    """

    meta: Meta
    judge: Callable[[Site, Any, Sequence[Finding]], Result]
    inspect: Callable[[Page, Any], Iterable[Finding]] | None
    folder: Path
