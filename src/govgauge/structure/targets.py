"""What became of every URL that was requested, from the exchanges of a visit."""

from collections.abc import Iterable
from functools import lru_cache
from sys import intern

import msgspec

from govgauge.gather.artifacts import OURS, Exchange, Purpose
from govgauge.structure.model import Target

KEPT_HEADERS = frozenset(
    [
        "content-type",
        "content-length",
        "content-disposition",
        "last-modified",
        "location",
        "server",
        "x-powered-by",
        "retry-after",
        "content-encoding",
        "cache-control",
    ]
)
"""Headers kept for the ordinary pages of a site; the home page and probes keep all of theirs."""
NAMES_REMEMBERED = 256


def from_exchanges(exchanges: Iterable[Exchange]) -> dict[str, Target]:
    """Targets by URL, asked and final ones, in the order of the first request.

    A fault is `confirmed` when every observation failed in the same way, two or more at different times, and the
    failure is not one of ours.
    """
    observed: dict[str, _Observed] = {}
    landed: dict[str, Exchange] = {}
    for exchange in exchanges:
        kept = _slim(exchange)
        observed.setdefault(kept.url, _Observed()).add(kept)
        if kept.final_url and kept.final_url != kept.url and kept.ok:
            landed.setdefault(kept.final_url, kept)
    targets = {url: _target(url, seen) for url, seen in observed.items()}
    for url, exchange in landed.items():
        known = targets.get(url)
        is_better = known is None or not known.exchange.ok or _is_probe(known.exchange) > _is_probe(exchange)
        if is_better:
            targets[url] = Target(url=url, exchange=exchange, content=exchange.content)
    return targets


def failure_class(exchange: Exchange) -> str:
    """How an exchange failed, as a word: the failure, or `http-404`; empty when it did not."""
    if exchange.ok:
        return ""
    return exchange.failure.value if exchange.failure else f"http-{exchange.status}"


def _is_probe(exchange: Exchange) -> bool:
    """Whether it only asked if the address answers: where a redirection led to it as well, that gave the page."""
    return exchange.purpose is Purpose.PROBE


class _Observed:
    """The observations of one URL so far."""

    __slots__ = ("ever_good", "failures", "last", "probe_only")

    def __init__(self) -> None:
        self.last: Exchange | None = None
        self.failures: tuple[tuple[str, str], ...] = ()
        self.probe_only = True
        self.ever_good = False

    def add(self, exchange: Exchange) -> None:
        is_probe = _is_probe(exchange)
        if is_probe and not self.probe_only:
            return
        if self.probe_only and not is_probe:
            self.failures, self.ever_good = (), False
        self.probe_only = is_probe
        self.ever_good = self.ever_good or exchange.ok
        self.last = exchange
        self.failures = () if exchange.ok else (*self.failures, (exchange.started_at, failure_class(exchange)))


def _target(url: str, seen: _Observed) -> Target:
    last = seen.last
    assert last is not None  # noqa: S101  # an observation is made of an exchange
    same = [at for at, failed in seen.failures if failed == failure_class(last)]
    times = tuple(dict.fromkeys(same))
    confirmed = not seen.ever_good and len(times) >= 2 and len(same) == len(seen.failures) and last.failure not in OURS
    return Target(
        url=url,
        exchange=last,
        seen_at=tuple(dict.fromkeys(at for at, _ in seen.failures)),
        confirmed=confirmed,
        content=intern(last.content),
    )


def _slim(exchange: Exchange) -> Exchange:
    """The exchange with shared strings, and without the headers that nobody asks for on an ordinary page."""
    whole = exchange.depth == 0 or exchange.purpose in (Purpose.HOME, Purpose.PROBE, Purpose.ROBOTS)
    headers = tuple([(intern(name), intern(value)) for name, value in exchange.headers if whole or _is_kept(name)])
    url = intern(exchange.url)
    return msgspec.structs.replace(
        exchange,
        url=url,
        final_url=url if exchange.final_url == url else intern(exchange.final_url),
        referrer=intern(exchange.referrer),
        content=intern(exchange.content),
        peer=intern(exchange.peer),
        headers=headers,
    )


@lru_cache(maxsize=NAMES_REMEMBERED)
def _is_kept(name: str) -> bool:
    return name.lower() in KEPT_HEADERS
