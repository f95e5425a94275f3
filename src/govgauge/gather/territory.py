"""Which URLs belong to the site that is visited."""

from govgauge.gather import urls

DEFAULT_PORTS = frozenset({"", "80", "443"})


class Territory:
    """The hosts of the site: that of the home page, with and without `www.`, and that to which the home page leads.

    A port other than the usual ones belongs to the site only when the home page has it. Sub-domains are other sites.
    """

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._ports: set[str] = set()
        self._known: dict[str, bool] = {}
        self.home_origin = ""

    def settle(self, home: str) -> None:
        """Begin anew with the site of a home page."""
        self._names.clear()
        self._ports.clear()
        self.annex(home)

    def annex(self, home: str) -> None:
        """Make the host of a home page part of the site."""
        self.home_origin = urls.origin(home)
        name = urls.host(home).removeprefix("www.")
        self._names |= {name, f"www.{name}"}
        port = port_of(self.home_origin)
        self._ports |= DEFAULT_PORTS if port in DEFAULT_PORTS else {port}
        self._known.clear()

    def owns(self, url: str) -> bool:
        """Whether a URL lies on the site."""
        origin = urls.origin(url)
        known = self._known.get(origin)
        if known is None:
            known = urls.host(origin) in self._names and port_of(origin) in self._ports
            self._known[origin] = known
        return known

    def twin_name(self, url: str) -> str:
        """The URL as it would stand on the origin of the home page: one for http and https, with or without www."""
        return self.home_origin + url[len(urls.origin(url)) :]

    def hosts(self) -> set[str]:
        """Names and ports of all its hosts as they stand in URLs."""
        found = set()
        for name in self._names:
            found |= {f"{name}:{port}" if port and port not in DEFAULT_PORTS else name for port in self._ports}
        return found


def port_of(origin: str) -> str:
    """The port written in an origin; empty when there is none."""
    place = origin.rpartition("//")[2]
    name, colon, port = place.rpartition(":")
    return port if colon and not port.endswith("]") and name else ""


def addresses(url: str) -> list[str]:
    """The URLs under which the home page is tried: both schemes when none is given."""
    text = url.strip()
    given = [text] if "://" in text else [f"http://{text}", f"https://{text}"]
    return [urls.canonical(each) for each in given]
