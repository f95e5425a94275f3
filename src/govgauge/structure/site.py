"""The artifacts of a whole site, as the audits see them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from govgauge.gather.artifacts import Link
from govgauge.gather.facts import NetworkFacts
from govgauge.structure.model import (
    ArticleFacts,
    Column,
    Consultation,
    Dataset,
    Guide,
    Letter,
    Marks,
    PageFacts,
    PageReading,
    Policy,
    Probe,
    SiteFacts,
    Target,
)


class LinkUse(Struct, frozen=True):
    """One use of a link: the page that holds it, and the link."""

    page: str
    link: Link


@dataclass(slots=True)
class Site:
    """Everything read from one visit. Dictionaries are keyed by canonical URL, in the order of the visit.

    An audit declares which of these it needs and sees no others. `links` yields the different links (URL, kind, text,
    region) on the first pages that hold them, a few uses for each URL; `uses` returns, for a set of URLs, where they
    are linked from (at most `limit` uses per URL, first pages first). `text_of` and `html_of` read a page's main text
    and source from disk.
    """

    facts: SiteFacts
    home: PageReading | None = None
    marks: Marks | None = None
    pages: dict[str, PageFacts] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    articles: dict[str, ArticleFacts] = field(default_factory=dict)
    policies: dict[str, Policy] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    probes: tuple[Probe, ...] = ()
    network: NetworkFacts = field(default_factory=NetworkFacts)
    links: Callable[[], Iterator[LinkUse]] = lambda: iter(())
    uses: Callable[[set[str], int], dict[str, list[LinkUse]]] = lambda _urls, _limit: {}
    text_of: Callable[[str], str] = lambda _url: ""
    html_of: Callable[[str], str] = lambda _url: ""
