"""Which links are the first of their kind: those few are looked through when the site is judged, not all there are."""

from bisect import insort
from collections.abc import Iterable

from govgauge.gather.artifacts import Link

PLACES_KEPT = 2
"""Pages on which a link (URL, kind, words, region) is kept for looking through all links."""
USES_KEPT = 4
"""Uses of one URL that are kept, under whatever words."""
REMEMBERED = 300_000
"""URLs that a reading process remembers before it begins anew: then it keeps more than need be, and loses nothing."""
NEVER = 1 << 62

_Kept = list[tuple[int, int]]


class FirstUses:
    """Keeps the first uses in the order of the visit, whatever the order in which pages are shown to it.

    What one keeper of some of the pages drops, a keeper of all pages would drop, too: the reading processes sieve each
    for itself, and what they keep is sieved once more, page after page. It gives the same as sieving all pages in their
    order. A keeper that forgets, too, only keeps more.
    """

    def __init__(self, remembered: float = REMEMBERED) -> None:
        self._remembered = remembered
        self._begun: dict[int, _Kept] = {}
        """The uses of URLs that have not enough of them yet: order of the page, and hash of the link."""
        self._full: dict[int, int] = {}
        """The place of the last use that is kept of a URL with enough of them."""
        self._latest = -1
        """The last of these places: what is full is full for all pages behind it."""

    def sieve(self, links: Iterable[Link], order: int) -> list[Link]:
        """The links of a page that may be among the first uses. `order` is the page's place in the visit."""
        begun, known, full = self._begun, self._full, self._full.get
        if len(begun) + len(known) > self._remembered:
            begun.clear()
            known.clear()
        found = []
        # Most links lead to what is known well enough already: they are passed by with one look.
        if order >= self._latest:
            left = [link for link in links if hash(link.url) not in known]
        else:
            left = [link for link in links if full(hash(link.url), NEVER) > order]
        for link in dict.fromkeys(left):
            name, url = hash(link), hash(link.url)
            kept = begun.get(url)
            if kept is None:
                if full(url, NEVER) > order:
                    begun[url] = [(order, name)]
                    found.append(link)
                continue
            same = [use for use in kept if use[1] == name]
            if len(same) >= PLACES_KEPT and same[-1][0] <= order:
                continue
            found.append(link)
            if len(same) >= PLACES_KEPT:
                kept.remove(same[-1])
            insort(kept, (order, name))
            if len(kept) >= USES_KEPT:
                known[url] = kept[-1][0]
                self._latest = max(self._latest, kept[-1][0])
                del begun[url]
        return found
