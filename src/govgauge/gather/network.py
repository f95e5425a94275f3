"""What is found about the host beside its pages: names, HTTPS, robots.txt, what a wrong path answers."""

from collections.abc import Callable

from msgspec.structs import replace

from govgauge.gather import failures, probing, resolver, urls
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.certificates import expiry
from govgauge.gather.errand import Errand, Outcome
from govgauge.gather.facts import NetworkFacts
from govgauge.gather.mapping import Mapping
from govgauge.gather.plan import Plan
from govgauge.gather.territory import DEFAULT_PORTS, port_of

TRIAL_HOSTS = 8
"""Foreign hosts looked at before it is taken for granted that anything abroad can be reached."""
NAMES_TRIED = 2
"""Names that did not resolve which are asked again, to see whether the resolver answers at all."""
LEAST_HOSTS = 4
"""With fewer foreign hosts than this nothing can be concluded from their silence."""

Ask = Callable[[Errand], Outcome]


class Surroundings:
    """Finds the facts about a host through the engine of the visit."""

    def __init__(self, plan: Plan, ask: Ask) -> None:
        self._plan = plan
        self._ask = ask
        self._mapping = Mapping(plan.connect_to)
        self._nameless: dict[str, None] = {}

    def look(self, home: Exchange, robots: tuple[int, bytes], *, may_ask: Callable[[str], bool]) -> NetworkFacts:
        """The facts, after the home page was asked for. `robots`: status and body of robots.txt."""
        url = home.final_url or home.url
        # What is mapped to another server is not looked up: its addresses would tell nothing of what was visited.
        names = resolver.Names() if self._plan.connect_to else resolver.addresses(urls.host(url))
        private = bool(self._plan.connect_to) or names.private or resolver.is_private(home.peer)
        facts = NetworkFacts(
            ipv4=() if private else names.ipv4,
            ipv6=() if private else names.ipv6,
            ipv6_reachable=None if private or not names.ipv6 else resolver.reaches(names.ipv6, _port(url)),
            resolver_works=names.resolver_works,
            robots_status=robots[0],
            robots_body=robots[1].decode("utf-8", "replace"),
            private_address=private,
        )
        facts = self._with_https(facts, home)
        if failures.fault(home):
            return facts
        invented = probing.invented(url)
        if may_ask(invented):
            facts = replace(facts, invented_path_status=self._probe(invented).status)
        return facts

    def trial(self, errands: list[Errand]) -> tuple[list[Errand], list[Errand]]:
        """A first link to each of a few foreign hosts, and all the others."""
        first: dict[str, Errand] = {}
        for errand in errands:
            if len(first) < TRIAL_HOSTS:
                first.setdefault(urls.host(errand.url), errand)
        if len(first) < LEAST_HOSTS:
            return errands, []
        chosen = list(first.values())
        names = {errand.url for errand in chosen}
        return chosen, [errand for errand in errands if errand.url not in names]

    def note(self, exchange: Exchange) -> None:
        """Remember hosts whose names did not resolve."""
        if exchange.failure is Failure.DNS and len(self._nameless) < NAMES_TRIED:
            self._nameless[urls.host(exchange.final_url)] = None

    def settled(self, facts: NetworkFacts) -> NetworkFacts:
        """The facts at the end: when names did not resolve, whether that was this machine's resolver's fault."""
        if not self._nameless or any(resolver.addresses(name).resolver_works for name in self._nameless):
            return facts
        return replace(facts, resolver_works=False)

    def cut_off(self, facts: NetworkFacts) -> NetworkFacts:
        """The facts once it is clear that no foreign host can be reached from here."""
        return replace(facts, resolver_works=False)

    def _with_https(self, facts: NetworkFacts, home: Exchange) -> NetworkFacts:
        """How the home page answers over HTTPS, and whether HTTP leads there. Not looked at on unusual ports."""
        final = home.final_url or home.url
        if final.startswith("https:"):
            facts = replace(
                facts,
                https_status=home.status,
                https_error=_certificate_error(home),
                certificate_expires=expiry(final, self._plan),
            )
            return replace(facts, http_leads_to_https=self._http_leads_on(home, final))
        if not self._may_try_https(final):
            return facts
        secure = "https" + final.removeprefix("http")
        answer = self._probe(secure)
        return replace(
            facts,
            https_status=answer.status,
            https_error=_certificate_error(answer) or (answer.failure.value if answer.failure else ""),
            certificate_expires=expiry(secure, self._plan) if answer.status else "",
            http_leads_to_https=False if answer.status else None,
        )

    def _http_leads_on(self, home: Exchange, final: str) -> bool | None:
        if home.url.startswith("http:"):
            return True
        if port_of(urls.origin(final)) not in DEFAULT_PORTS or not self._mapping.reaches_port("80"):
            return None
        answer = self._probe("http" + urls.origin(final).removeprefix("https") + "/")
        return answer.final_url.startswith("https:") if answer.status else None

    def _may_try_https(self, url: str) -> bool:
        return port_of(urls.origin(url)) in DEFAULT_PORTS and self._mapping.reaches_port("443")

    def _probe(self, url: str) -> Exchange:
        return self._ask(Errand(url, Purpose.PROBE)).exchange


def _certificate_error(exchange: Exchange) -> str:
    return exchange.detail if exchange.detail.startswith(("certificate: ", "tls: ")) else ""


def _port(url: str) -> int:
    given = port_of(urls.origin(url))
    return int(given) if given else 443 if url.startswith("https:") else 80
