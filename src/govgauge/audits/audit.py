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


class Extent(WordEnum):
    """What of a site an audit's judgement rests on, and with it what it may say after a visit that was cut short."""

    HOME = "home"
    """The home page, the network or addresses asked for in every visit: judged whatever else was left unread."""
    PAGES = "pages"
    """Page by page: faults that were seen stay; that there are none is said only where enough was read."""
    PRESENCE = "presence"
    """Whether something is anywhere on the site: that it was found stays, that it is missing is not said."""


class Params(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of an audit's parameters: a field with a default for each. Rule sets and checks override them by name.

    After a visit that was cut short, an audit that goes page by page passes a site only where enough was read.
    """

    clean_share: float = 0.5
    """Share of the pages known of the site that must have been read: what a majority shows, a rest of unknown pages
    (those that unread pages lead to) is not likely to overturn."""
    clean_pages: int = 1000
    """So many pages are enough by themselves: none faulty among n means, at 95 % confidence, fewer than 3/n faulty,
    here 0.3 % (the rule of three); the visit spreads over all forms of addresses."""


class Meta(Struct, frozen=True, kw_only=True):
    """Static facts about an audit. `needs` names the fields of `Site` that `judge` reads; it sees no others."""

    id: str
    version: int
    group: Group
    needs: tuple[str, ...]
    extent: Extent = Extent.PAGES
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
