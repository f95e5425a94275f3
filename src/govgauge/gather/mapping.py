"""What a mapping of hosts to other servers (`connect_to`, as curl's) leaves to be seen."""

from govgauge.gather import urls


class Mapping:
    """The rules `HOST:PORT:HOST2:PORT2` of a plan; empty parts match everything."""

    def __init__(self, connect_to: tuple[str, ...]) -> None:
        self._rules = [tuple(rule.split(":")[:2]) for rule in connect_to if rule.count(":") >= 3]
        self._known: dict[str, bool] = {}

    def reaches_port(self, port: str) -> bool:
        """Whether a request to a port goes where it says: a mapping of all ports to one server tells nothing."""
        return not self._rules or any(port == mapped for _, mapped in self._rules)

    def confuses(self, url: str, home: str) -> bool:
        """Whether a URL would be asked of a server that speaks the scheme of the home page, and not its own.

        Where all ports of a host are mapped to one, https asked of a server of http fails, and proves nothing.
        """
        if not self._rules:
            return False
        origin = urls.origin(url)
        if origin.partition(":")[0] == home.partition(":")[0]:
            return False
        known = self._known.get(origin)
        if known is None:
            host = urls.host(origin)
            first = next((port for name, port in self._rules if name in {"", host}), None)
            known = self._known[origin] = first == ""
        return known
