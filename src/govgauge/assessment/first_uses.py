"""Which links are the first of their kind: those few are looked through when the site is judged, not all there are."""

from bisect import insort
from collections.abc import Iterable

from govgauge.gather.artifacts import Link

PLACES_KEPT = 2
"""Pages on which a link (URL, kind, words, region) is kept for looking through all links."""
USES_KEPT = 6
"""Uses of one URL that are kept, under whatever words."""
REMEMBERED = 200_000
"""Links remembered before the memory is emptied; then more is kept than need be, and nothing is lost."""
NEVER = 1 << 62


class FirstUses:
    """Keeps the first uses in the order of the visit, whatever the order in which pages are shown to it.

    What one keeper of some of the pages drops, a keeper of all pages would drop, too: the reading processes sieve each
    for itself, and what they keep is sieved once more. It gives the same as sieving all pages in their order.
    """

    def __init__(self) -> None:
        self._places: dict[int, tuple[int, int]] = {}
        self._uses: dict[int, list[int]] = {}
        self._full: dict[int, int] = {}
        """The place of the last use that is kept of a URL with enough of them."""

    def sieve(self, links: Iterable[Link], order: int) -> list[Link]:
        """The links of a page that may be among the first uses. `order` is the page's place in the visit."""
        if len(self._places) > REMEMBERED:
            self._places.clear()
            self._uses.clear()
            self._full.clear()
        places, uses, full = self._places, self._uses, self._full.get
        found = []
        # Most links lead to what is known well enough already: they are passed by with one look.
        for link in dict.fromkeys([link for link in links if full(hash(link.url), NEVER) > order]):
            name, url = hash(link), hash(link.url)
            known = places.get(name)
            if (known is not None and known[1] <= order) or full(url, NEVER) <= order:
                continue
            found.append(link)
            kept = uses.get(url)
            if kept is None:
                kept = uses[url] = []
            first, second = known or (NEVER, NEVER)
            if second in kept:
                kept.remove(second)
            places[name] = (first, order) if order >= first else (order, first)
            insort(kept, order)
            del kept[USES_KEPT:]
            if len(kept) == USES_KEPT:
                self._full[url] = kept[-1]
        return found
