"""A pattern for any of many labels: beginnings that labels share are written once, so that a search is short."""

import re
from collections.abc import Iterable


def any_of(labels: Iterable[str], between: str) -> str:
    """A pattern without groups that matches the longest of the labels, with `between` between their characters."""
    return "|".join(_branches(labels, between))


def _branches(labels: Iterable[str], between: str) -> list[str]:
    """One pattern for each first character."""
    rests: dict[str, list[str]] = {}
    for label in labels:
        if label:
            rests.setdefault(label[0], []).append(label[1:])
    return [re.escape(first) + _tail(rest, between) for first, rest in rests.items()]


def _tail(rests: list[str], between: str) -> str:
    """What may follow a shared beginning; nothing at all where a label ends with it."""
    branches = _branches(rests, between)
    if not branches:
        return ""
    following = between + (branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})")
    return f"(?:{following})?" if "" in rests else following
