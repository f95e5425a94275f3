"""Clauses: what stands between two marks of punctuation or spaces."""

from govgauge import lazy_re

_CLAUSE = lazy_re.compile(r"[^\s，。；：！？,;:!?“”‘’\"'（）()《》〈〉【】\[\]|]+")


def clause_around(text: str, place: int) -> tuple[int, int]:
    """Start and end of the clause over a place; an empty one at the place itself where a mark stands."""
    for found in _CLAUSE.finditer(text, text.rfind("\n", 0, place) + 1):
        if found.start() > place:
            break
        if found.end() > place:
            return found.span()
    return place, place
