"""Text that every writer can take: no control characters, no halves of characters, no markers of direction."""

import re
from typing import TypeVar, cast

import msgspec

UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""What XML forbids, and marks that turn the direction of the text around them."""
BREAKS = re.compile(r"[\r\n\t\u2028\u2029]+")
T = TypeVar("T")


def plain(text: str) -> str:
    """The text without what no page can show; breaks of lines become spaces."""
    return UNFIT.sub("", BREAKS.sub(" ", text))


def cleaned(found: T) -> T:
    """The same struct with every text in it made plain; drawings keep their breaks of lines."""
    return cast("T", _cleaned(found))


def _cleaned(found: object) -> object:
    if isinstance(found, str):
        return plain(found) if type(found) is str else found
    if isinstance(found, tuple):
        return tuple(_cleaned(each) for each in found)
    if isinstance(found, msgspec.Struct):
        changed = {
            name: UNFIT.sub("", str(value)) if name == "svg" else _cleaned(value)
            for name in found.__struct_fields__
            if isinstance(value := getattr(found, name), str | tuple | msgspec.Struct)
        }
        return msgspec.structs.replace(found, **changed)
    return found
