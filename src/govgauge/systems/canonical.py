"""One form for each system, so that two files that mean the same have the same hash."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

import msgspec

from govgauge.systems.model import System


def canonical(system: System) -> bytes:
    """UTF-8 JSON with sorted keys and decimals without trailing zeros."""
    return dumped(plain(system))


def digest(system: System) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(system)).hexdigest()


def dumped(value: object) -> bytes:
    """JSON in its one form: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: object) -> object:
    """Any value of a system as JSON would hold it; decimals as text, without trailing zeros."""
    return _exact(msgspec.to_builtins(value, builtin_types=(Decimal,)))


def _exact(value: object) -> object:
    if isinstance(value, Decimal):
        shown = f"{value.normalize():f}"
        return {"-0": "0"}.get(shown, shown)
    if isinstance(value, Mapping):
        return {str(key): _exact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(inner) for inner in value]
    return value
