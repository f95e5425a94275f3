"""Results as plain values for JSON; a share carries its numerator and denominator, an unknown number is null."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum

from msgspec import Struct
from msgspec.structs import fields

from govgauge.analysis.shares import Share

Fact = None | bool | int | float | str | list["Fact"] | dict[str, "Fact"]


def facts(found: object) -> Fact:
    """Structs become objects with the names of their fields, sequences lists."""
    match found:
        case None | bool() | int() | str():
            return found.value if isinstance(found, Enum) else found
        case Share():
            return dict(found.facts())
        case float() | Decimal():
            return float(found) if math.isfinite(found) else None
        case Struct():
            return {field.name: facts(getattr(found, field.name)) for field in fields(found)}
        case Mapping():
            return {str(facts(key)): facts(value) for key, value in found.items()}
        case Sequence():
            return [facts(each) for each in found]
    raise TypeError(f"{type(found).__name__} is no result")
