"""Where the visit goes next: the links of a level, in an order that no timing changes, within the budget."""

from collections import defaultdict
from collections.abc import Iterable

from govgauge.gather import rank, urls
from govgauge.gather.artifacts import Skipped

DETAIL_SHARE = 0.5
"""How much of the pages left one level may spend on details when not all of them fit: deeper columns need the rest."""


class Frontier:
    """Candidates for the next level, and those put off: URLs, each with the key of its first link (see `rank`)."""

    def __init__(self) -> None:
        self.fresh: dict[str, int] = {}
        self.put_off: dict[str, int] = {}
        self._skipped: dict[tuple[str, str], tuple[int, str]] = {}

    def add(self, url: str, key: int) -> None:
        """Take a link in; of several links to one URL the first counts."""
        known = self.fresh.get(url)
        if known is None or rank.place_of(key) < rank.place_of(known):
            self.fresh[url] = key

    def take_fresh(self) -> list[tuple[str, int]]:
        """All fresh candidates in the order of their keys; the frontier forgets them."""
        taken = sorted(self.fresh.items(), key=lambda pair: pair[1])
        self.fresh = {}
        return taken

    def take_put_off(self) -> list[tuple[str, int]]:
        """All candidates that were put off, in the order of their keys."""
        taken = sorted(self.put_off.items(), key=lambda pair: pair[1])
        self.put_off = {}
        return taken

    def skip(self, url: str, reason: str, template: str = "") -> None:
        """Count a URL as seen and not visited."""
        name = (template or urls.template(url), reason)
        count, example = self._skipped.get(name, (0, url))
        self._skipped[name] = (count + 1, example)

    def skipped(self) -> tuple[Skipped, ...]:
        """Everything not visited, the most numerous first."""
        made = [
            Skipped(template=template, count=count, reason=reason, example=example)
            for (template, reason), (count, example) in self._skipped.items()
        ]
        return tuple(sorted(made, key=lambda each: (-each.count, each.reason, each.template)))


def choose(
    candidates: list[tuple[str, int]], room: int, *, last: bool
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Split sorted candidates into those to visit now and those to put off.

    What leads to lists comes first. When the details do not fit, they get half of the room that is left (all of it
    when `last`), shared out evenly among their URL templates, in the order of the lists.
    """
    if len(candidates) <= room:
        return candidates, []
    leading = [pair for pair in candidates if rank.code_of(pair[1]) < rank.Code.DETAIL]
    details = [pair for pair in candidates if rank.code_of(pair[1]) >= rank.Code.DETAIL]
    now = fair(leading, room)
    left = room - len(now)
    now += fair(details, left if last else min(left, max(1, int(left * DETAIL_SHARE))) if left else 0)
    chosen = {url for url, _ in now}
    return sorted(now, key=lambda pair: pair[1]), [pair for pair in candidates if pair[0] not in chosen]


def fair(candidates: list[tuple[str, int]], room: int) -> list[tuple[str, int]]:
    """At most `room` of the candidates, taken in turn from each URL template, each template in its own order."""
    if len(candidates) <= room:
        return list(candidates)
    by_template: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for pair in candidates:
        by_template[urls.template(pair[0])].append(pair)
    shares = _shares([len(group) for group in by_template.values()], room)
    return [pair for group, share in zip(by_template.values(), shares, strict=True) for pair in group[:share]]


def _shares(sizes: list[int], room: int) -> list[int]:
    """How many each group may send when all are served in turn until the room is used up."""
    shares = [0] * len(sizes)
    waiting = list(range(len(sizes)))
    while room > 0 and waiting:
        each = max(1, room // len(waiting))
        for place in list(waiting):
            given = min(each, sizes[place] - shares[place], room)
            shares[place] += given
            room -= given
            if shares[place] == sizes[place]:
                waiting.remove(place)
    return shares


def capped_per_host(
    candidates: Iterable[tuple[str, int]], cap: int
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Split candidates into those among the first `cap` of their host, and the others."""
    seen: defaultdict[str, int] = defaultdict(int)
    now: list[tuple[str, int]] = []
    later: list[tuple[str, int]] = []
    for pair in candidates:
        name = urls.host(pair[0])
        seen[name] += 1
        (now if seen[name] <= cap else later).append(pair)
    return now, later
