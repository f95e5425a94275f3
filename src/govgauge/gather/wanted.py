"""Files, parts of pages and foreign links that wait until the pages are done, and which of them are asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from govgauge.gather import rank, urls
from govgauge.gather.artifacts import Purpose
from govgauge.gather.frontier import Frontier, capped_per_host, fair
from govgauge.gather.rules import Rules
from govgauge.gather.territory import Territory
from govgauge.gather.traps import is_endless

EXTERNAL_PER_HOST = 5
"""Foreign links looked at on one host."""
FILES_PER_FOREIGN_HOST = 20
LEAST_FILES = 200
LEAST_EXTERNAL = 100
EXTERNAL_SHARE = 0.2
"""Foreign links looked at, as a share of the pages of the visit."""
PARTS = 40
"""Scripts and styles fetched, those of the home page first."""

Candidates = list[tuple[str, int]]

PURPOSES = {
    rank.Code.ATTACHMENT: Purpose.ATTACHMENT,
    rank.Code.IMAGE: Purpose.IMAGE,
    rank.Code.PART: Purpose.PART,
}


@dataclass(slots=True, frozen=True)
class Bounds:
    """How many of each purpose a visit of so many pages asks for."""

    max_pages: int

    def of(self, purpose: Purpose) -> int:
        """The number for a purpose."""
        if purpose is Purpose.PART:
            return PARTS
        if purpose is Purpose.EXTERNAL:
            return max(LEAST_EXTERNAL, int(self.max_pages * EXTERNAL_SHARE))
        return max(LEAST_FILES, self.max_pages)


class Wanted:
    """Candidates that lead no further, each with the key of its first link."""

    def __init__(self, territory: Territory, rules: Rules, frontier: Frontier, bounds: Bounds) -> None:
        self._territory = territory
        self._rules = rules
        self._frontier = frontier
        self._bounds = bounds
        self._spent: dict[Purpose, int] = {}
        self._asked: set[int] = set()
        self._waiting: dict[str, int] = {}

    def add(self, url: str, key: int) -> None:
        """Take a link in that is no page of the site."""
        known = self._waiting.get(url)
        if known is None or rank.place_of(key) < rank.place_of(known):
            self._waiting[url] = key

    def take(
        self, *, visited: Callable[[str], bool], confused: Callable[[str], bool]
    ) -> list[tuple[Purpose, Candidates]]:
        """What is to be asked for now, by purpose; what is left out is counted.

        `visited`: asked for as a page already. `confused`: would be asked of a server that cannot know it.
        """
        by_purpose: dict[Purpose, Candidates] = {purpose: [] for purpose in (*PURPOSES.values(), Purpose.EXTERNAL)}
        for url, key in sorted(self._waiting.items(), key=lambda pair: pair[1]):
            if hash(url) not in self._asked and not visited(url):
                self._asked.add(hash(url))
                if confused(url):
                    self._frontier.skip(url, "mapping")
                    continue
                by_purpose[PURPOSES.get(rank.Code(rank.code_of(key)), Purpose.EXTERNAL)].append((url, key))
        self._waiting.clear()
        return [(purpose, self._within_bounds(purpose, list(self._allowed(c)))) for purpose, c in by_purpose.items()]

    def _allowed(self, candidates: Candidates) -> Iterable[tuple[str, int]]:
        for url, key in candidates:
            if is_endless(url):
                self._frontier.skip(url, "trap")
            elif self._rules.allow(url):
                yield url, key
            else:
                self._frontier.skip(url, self._rules.refusal(url))

    def _within_bounds(self, purpose: Purpose, candidates: Candidates) -> Candidates:
        own = [pair for pair in candidates if self._territory.owns(pair[0])]
        foreign = [pair for pair in candidates if not self._territory.owns(pair[0])]
        cap = {Purpose.EXTERNAL: EXTERNAL_PER_HOST, Purpose.PART: 0}.get(purpose, FILES_PER_FOREIGN_HOST)
        near, _ = capped_per_host(foreign, cap)
        room = max(0, self._bounds.of(purpose) - self._spent.get(purpose, 0))
        now = sorted(fair(sorted(own + near, key=lambda pair: pair[1]), room), key=lambda pair: pair[1])
        self._spent[purpose] = self._spent.get(purpose, 0) + len(now)
        names = {url for url, _ in now}
        for url, _ in candidates:
            if url not in names:
                self._frontier.skip(url, f"budget-{purpose.value}", _shown(url, purpose))
        return now


def _shown(url: str, purpose: Purpose) -> str:
    """Foreign links are counted by host; everything else by its template."""
    return urls.origin(url) if purpose is Purpose.EXTERNAL else ""
