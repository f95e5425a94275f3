"""What an answer, or the silence, of a foreign host is worth in a visit."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from govgauge.audits.addresses import never_resolves, place
from govgauge.gather import urls
from govgauge.gather.artifacts import OURS, Failure
from govgauge.gather.facts import NetworkFacts
from govgauge.structure.model import Target

SILENCE = frozenset({Failure.DNS, Failure.REFUSED, Failure.CONNECT, Failure.TIMEOUT, Failure.SLOW, Failure.RESET})
"""Failures before an answer, which our own network may cause as well."""

SIMULATED = (".test", ".example", ".localhost", ".local", ".internal")
"""Ends of names that no public host bears (RFC 2606, 6761, 6762): what answers under them is meant to."""

FRONT_SLASHES = 3
"""Slashes in the address of a front door at most."""
MANY_HOSTS = 2
"""So many foreign hosts must have been tried before their common silence is taken for a fault of our network."""


class Network:
    """Our own way to foreign hosts, judged by all that was requested in the visit."""

    def __init__(self, home: str, facts: NetworkFacts, targets: Iterable[Target]) -> None:
        self._home = home
        known = list(targets)
        self._private = facts.private_address
        self._closed = not facts.resolver_works or _all_silent(home, known)
        self._told_apart = self._private and _tells_hosts_apart(home, known)

    def is_home(self, url: str) -> bool:
        """The home page has an audit of its own, and every link that says 首页 would be accused with it."""
        return place(url) == place(self._home)

    def is_foreign(self, url: str) -> bool:
        """Whether a URL lies on another host than the site (with or without `www.`)."""
        return not urls.is_same_site(self._home, url)

    def may_be_ours(self, target: Target) -> bool:
        """Whether what became of a foreign URL may be the doing of our own network.

        On a visit to a private address (or through a given one) a public name is answered by a stand-in, if at all.
        """
        if not self.is_foreign(target.url) or never_resolves(target.url):
            return False
        reached = bool(target.exchange.peer)
        if self._private and not (reached and (self._told_apart or urls.host(target.url).endswith(SIMULATED))):
            return True
        return self._closed and not reached and target.exchange.failure in SILENCE


def _all_silent(home: str, targets: Iterable[Target]) -> bool:
    answered, silent = set[str](), set[str]()
    for target in targets:
        if target.exchange.failure in OURS or urls.is_same_site(home, target.url):
            continue
        (silent if target.exchange.failure in SILENCE else answered).add(urls.host(target.url))
    return not answered and len(silent) >= MANY_HOSTS


def _tells_hosts_apart(home: str, targets: Iterable[Target]) -> bool:
    """Whether the server in private answers foreign front doors with pages of their own, not with our home page."""
    own, foreign = "", set[str]()
    for target in targets:
        if target.url.count("/") <= FRONT_SLASHES and target.exchange.ok and urlsplit(target.url).path in ("", "/"):
            length = target.exchange.header("content-length")
            if urls.is_same_site(home, target.url):
                own = own or length
            else:
                foreign.add(length)
    return bool(own and foreign) and own not in foreign and "" not in foreign
