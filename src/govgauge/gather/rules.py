"""What robots.txt of the site's hosts allows."""

from govgauge.gather import robots, urls
from govgauge.gather.artifacts import Exchange, Failure

FORBIDDEN = b"User-agent: *\nDisallow: /\n"
NO_TLS = frozenset({Failure.TLS, Failure.REFUSED, Failure.CONNECT, Failure.RESET, Failure.TIMEOUT})
"""What meets who asks for https where a host serves http only."""


class Rules:
    """robots.txt by origin. An origin whose file was not asked for allows everything."""

    def __init__(self, user_agent: str, *, obeyed: bool) -> None:
        self._user_agent = user_agent
        self._obeyed = obeyed
        self._bodies: dict[str, bytes] = {}
        self._without_tls: set[str] = set()

    def knows(self, origin: str) -> bool:
        """Whether the file of an origin was asked for."""
        return origin in self._bodies

    def learn(self, origin: str, exchange: Exchange, body: bytes) -> None:
        """Take in the answer to robots.txt (RFC 9309, 2.3.1).

        4xx: no rules. 5xx, 429 and no answer: everything is forbidden. What is no text (an HTML page in its place) has
        no rules either.
        """
        if exchange.ok or exchange.failure is Failure.TOO_LARGE:
            self._bodies[origin] = body if exchange.content in {"text", "other"} else b""
        elif _has_no_rules(exchange):
            self._bodies[origin] = b""
        else:
            self._bodies[origin] = FORBIDDEN
            if origin.startswith("https://") and exchange.failure in NO_TLS:
                self._without_tls.add(origin)

    def is_closed(self, origin: str) -> bool:
        """Whether the site's rules could not be learned, so that nothing beyond the home page may be asked for."""
        return self._obeyed and self._bodies.get(origin) is FORBIDDEN

    def allow_home(self, url: str) -> bool:
        """As `allow`, but a home page that was named to us is asked for when the rules cannot be learned."""
        return self.is_closed(urls.origin(url)) or self.allow(url)

    def allow(self, url: str) -> bool:
        """Whether a URL may be asked for."""
        if not self._obeyed:
            return True
        body = self._bodies.get(urls.origin(url))
        return not body or robots.allowed(body, self._user_agent, url)

    def refusal(self, url: str) -> str:
        """Why a URL that is not allowed may not be asked for, as a reason of `Skipped`.

        robots: the file says so; robots-unreachable: the file could not be had; no-tls: nor could anything else,
        because the host answers over http and gives no answer over https.
        """
        origin = urls.origin(url)
        if not self.is_closed(origin):
            return "robots"
        plain = self._bodies.get(f"http://{origin.removeprefix('https://')}", FORBIDDEN)
        return "no-tls" if origin in self._without_tls and plain is not FORBIDDEN else "robots-unreachable"

    def crawl_delay(self, origin: str) -> float:
        """Seconds between two requests that the site asks for; 0 when it does not."""
        body = self._bodies.get(origin) if self._obeyed else None
        return (robots.crawl_delay(body, self._user_agent) or 0.0) if body else 0.0

    def sitemaps(self, origin: str) -> list[str]:
        """Canonical URLs of the site maps that the file names."""
        found = robots.sitemaps(self._bodies.get(origin) or b"")
        resolved = (urls.absolute(f"{origin}/", name) for name in found)
        return [name for name in resolved if name and urls.is_web(name)]


def _has_no_rules(exchange: Exchange) -> bool:
    if exchange.failure in {Failure.REDIRECT_LOOP, Failure.PROTOCOL}:
        return True
    return exchange.failure is None and 300 <= exchange.status < 500 and exchange.status != 429
