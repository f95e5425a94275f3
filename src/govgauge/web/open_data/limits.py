"""How much one address may ask for in a minute, counted over all processes of this machine.

The counters lie in a small file that all processes map into memory: counting costs microseconds and waits for no
database. It holds no addresses, only hashes of them, and only of the last minutes.
"""

import fcntl
import hashlib
import mmap
import os
import struct
import time
from functools import cache
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from django.conf import settings
from msgspec import Struct

WINDOW = 60
"""Seconds after which counting begins anew."""
SLOTS, PROBES = 8192, 8
SLOT = struct.Struct("<QII")
"""Hash of an address, number of the window, requests in it."""
NAME = "open-data.counters"
NETWORK_6 = 64
"""Bits of an address of version 6 that name one connection."""


class Count(Struct, frozen=True):
    """Requests of an address in this window, and the seconds until the next one."""

    asked: int
    seconds: int


class Counters:
    """The counters of one file."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, SLOTS * SLOT.size)
        self._map = mmap.mmap(self._file, SLOTS * SLOT.size)

    def count(self, who: bytes, now: float) -> Count:
        """Count a request; when all places for it are taken, the one that asked least gives way."""
        digest = hashlib.blake2b(who, digest_size=8, key=settings.SECRET_KEY.encode()[:64]).digest()
        key, window = int.from_bytes(digest, "little"), int(now) // WINDOW
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            places = [(key + probe) % SLOTS * SLOT.size for probe in range(PROBES)]
            found = [(place, *SLOT.unpack_from(self._map, place)) for place in places]
            mine = [(place, asked) for place, owner, when, asked in found if owner == key and when == window]
            free = [(place, 0) for place, _owner, when, _asked in found if when != window]
            least = min(found, key=lambda slot: slot[3])
            place, asked = (mine or free or [(least[0], 0)])[0]
            SLOT.pack_into(self._map, place, key, window, asked + 1)
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        return Count(asked + 1, WINDOW - int(now) % WINDOW)


def counted(address: str) -> Count:
    """Count a request from an address."""
    return _counters(str(settings.HOME)).count(source(address).encode(), time.time())


def source(address: str) -> str:
    """Who stands behind an address: of version 6 the network, since one computer has very many there."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(IPv6Address(int(known) >> (128 - NETWORK_6) << (128 - NETWORK_6)))
    return str(known)


@cache
def _counters(home: str) -> Counters:
    return Counters(Path(home) / NAME)
