"""Names and addresses of a host, asked of this machine's resolver within a time limit."""

import contextlib
import ipaddress
import socket
import threading
from dataclasses import dataclass

SECONDS = 10.0
"""How long the resolver may take."""
REACH_SECONDS = 5.0
_OUTSIDE = ("2001:db8::1", 9)
"""A documentation address (RFC 3849): connecting a datagram socket to it sends nothing, but needs a route."""
CONTROL_NAMES = ("www.gov.cn", "www.cnnic.cn")
"""Names that exist. A resolver that knows neither of them has no way to the outside, and its "no such name" says
nothing about the name asked for."""

_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


@dataclass(slots=True, frozen=True)
class Names:
    """Addresses of a host. `resolver_works` is False when the resolver gave no answer, or knows no public name."""

    ipv4: tuple[str, ...] = ()
    ipv6: tuple[str, ...] = ()
    resolver_works: bool = True

    @property
    def private(self) -> bool:
        """Whether every address is one that the public network does not route."""
        return bool(self.ipv4 or self.ipv6) and all(is_private(each) for each in (*self.ipv4, *self.ipv6))


def addresses(host: str) -> Names:
    """The addresses of a host name; an address in the place of a name is its own answer."""
    bare = host.strip("[]")
    with contextlib.suppress(ValueError):
        version = ipaddress.ip_address(bare).version
        return Names(ipv4=(bare,) if version == 4 else (), ipv6=(bare,) if version == 6 else ())
    found, answered = ask(bare)
    works = bool(found) or (answered and any(ask(name)[0] for name in CONTROL_NAMES))
    return Names(found.get(socket.AF_INET, ()), found.get(socket.AF_INET6, ()), works)


def ask(name: str) -> tuple[dict[int, tuple[str, ...]], bool]:
    """The addresses of a name by family, and whether the resolver answered at all (be it "no such name")."""
    found: dict[int, tuple[str, ...]] = {}
    silent: list[bool] = []

    def look(family: int) -> None:
        try:
            answers = socket.getaddrinfo(name, None, family, socket.SOCK_STREAM)
            found[family] = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except socket.gaierror as error:
            silent.append(error.errno not in _NO_SUCH_NAME)
        except (OSError, UnicodeError):
            silent.append(False)

    threads = [
        threading.Thread(target=look, args=(family,), daemon=True) for family in (socket.AF_INET, socket.AF_INET6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return found, bool(found) or (bool(silent) and not all(silent))


def is_private(address: str) -> bool:
    """Whether an address is not routed on the public network; False for what is no address."""
    try:
        return not ipaddress.ip_address(address.strip("[]")).is_global
    except ValueError:
        return False


def reaches(addresses_: tuple[str, ...], port: int) -> bool | None:
    """Whether one of the IPv6 addresses takes a connection; None when this machine has no IPv6 itself."""
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(_OUTSIDE)
        except OSError:
            return None
    for address in addresses_[:3]:
        with contextlib.suppress(OSError), socket.create_connection((address, port), REACH_SECONDS):
            return True
    return False
