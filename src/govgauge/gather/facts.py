"""What is found about a host beside its pages."""

from msgspec import Struct


class NetworkFacts(Struct, frozen=True, kw_only=True):
    """Facts about the host of a visit. None means: not looked at, or not to be seen from here."""

    ipv4: tuple[str, ...] = ()
    ipv6: tuple[str, ...] = ()
    ipv6_reachable: bool | None = None
    https_status: int | None = None
    """Status of the home page over HTTPS; 0 when no answer came."""
    https_error: str = ""
    certificate_expires: str = ""
    """ISO date; empty when no certificate was seen."""
    http_leads_to_https: bool | None = None
    resolver_works: bool = True
    robots_status: int = 0
    robots_body: str = ""
    invented_path_status: int = 0
    """Status of a path that cannot exist."""
    private_address: bool = False
    """The host was reached through connect_to or on a private address: DNS facts are not observable."""
