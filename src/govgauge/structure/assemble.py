"""From the readings of all pages to the artifacts of the site."""

from collections.abc import Callable, Iterable, Iterator

from govgauge.gather.artifacts import Exchange
from govgauge.structure.model import NetworkFacts, PageReading, Probe, SiteFacts
from govgauge.structure.site import LinkUse, Site


def assemble(
    facts: SiteFacts,
    readings: Iterable[PageReading],
    exchanges: Iterable[Exchange],
    *,
    probes: tuple[Probe, ...] = (),
    network: NetworkFacts | None = None,
    links: Callable[[], Iterator[LinkUse]] | None = None,
    uses: Callable[[set[str], int], dict[str, list[LinkUse]]] | None = None,
    text_of: Callable[[str], str] | None = None,
    html_of: Callable[[str], str] | None = None,
) -> Site:
    """Build the site from one pass over its readings (in the order of the visit) and its exchanges.

    The readings are consumed one at a time and not kept, so that a site of 100,000 pages fits in memory.
    """
    raise RuntimeError("not yet assembled")
