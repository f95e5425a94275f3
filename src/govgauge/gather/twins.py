"""One page under two addresses: http and https, with and without www."""

from collections import defaultdict

from govgauge.gather import urls
from govgauge.gather.territory import Territory

PROOFS = 5
"""So many pairs must be alike, and none unlike, before two origins are taken for one."""
TRIES = 10
"""So many pairs are tried whatever comes of it, before the second origin is left alone."""


class Twins:
    """Which origin each path of the site was first seen on, and which origins have proved to be the same."""

    def __init__(self, territory: Territory) -> None:
        self._territory = territory
        self._first: dict[int, int] = {}
        self._origins: list[str] = []
        self._alike: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._unlike: defaultdict[tuple[int, int], int] = defaultdict(int)
        self._failed: defaultdict[tuple[int, int], int] = defaultdict(int)

    def first_of(self, url: str) -> str:
        """The URL on another origin under which the same path was seen before; empty when this is the first."""
        name = hash(self._territory.twin_name(url))
        origin = urls.origin(url)
        number = self._number(origin)
        first = self._first.setdefault(name, number)
        return "" if first == number else self._origins[first] + url[len(origin) :]

    def is_settled(self, url: str, first: str) -> bool:
        """Whether asking for `url` would teach nothing: its origin is that of `first`, or does not answer."""
        pair = self._pair(url, first)
        if self._unlike[pair]:
            return False
        return self._alike[pair] >= PROOFS or self._failed[pair] >= TRIES

    def learn(self, url: str, first: str, *, alike: bool, failed: bool) -> None:
        """A pair was compared, or `url` gave no page."""
        pair = self._pair(url, first)
        (self._failed if failed else self._alike if alike else self._unlike)[pair] += 1

    def _pair(self, url: str, first: str) -> tuple[int, int]:
        return self._number(urls.origin(url)), self._number(urls.origin(first))

    def _number(self, origin: str) -> int:
        if origin not in self._origins:
            self._origins.append(origin)
        return self._origins.index(origin)
