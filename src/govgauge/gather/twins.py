"""One page under two addresses: http and https, with and without www, the home page and its index file."""

import re
from collections import defaultdict

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.gather.territory import Territory

PROOFS = 5
"""So many pairs must be alike, and none unlike, before two origins are taken for one."""
TRIES = 10
"""So many pairs are tried whatever comes of it, before the second origin is left alone."""
_HOME_FILE = lazy_re.compile(r"/(?:index|default|main)\.(?:s?html?|jsp|php|aspx?|do|action)", re.IGNORECASE)


class Twins:
    """Which URL each page of the site was first seen under, and which origins have proved to be the same."""

    def __init__(self, territory: Territory) -> None:
        self._territory = territory
        self._first: dict[int, str] = {}
        self._alike: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._unlike: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._failed: defaultdict[tuple[str, str], int] = defaultdict(int)

    def first_of(self, url: str) -> str:
        """Another URL under which what may be the same page was seen before; empty when this is the first."""
        name = self._territory.twin_name(url)
        if _HOME_FILE.fullmatch(name, len(urls.origin(name))):
            name = f"{urls.origin(name)}/"
        first = self._first.setdefault(hash(name), url)
        return "" if first == url else first

    def is_settled(self, url: str, first: str) -> bool:
        """Whether asking for `url` would teach nothing: its origin is that of `first`, or does not answer."""
        pair = _pair(url, first)
        if pair[0] == pair[1] or self._unlike[pair]:
            return False
        return self._alike[pair] >= PROOFS or self._failed[pair] >= TRIES

    def learn(self, url: str, first: str, *, alike: bool, failed: bool) -> None:
        """A pair was compared, or `url` gave no page."""
        (self._failed if failed else self._alike if alike else self._unlike)[_pair(url, first)] += 1


def _pair(url: str, first: str) -> tuple[str, str]:
    return urls.origin(url), urls.origin(first)
