"""What of an entry is shown under its title, and where in it the terms stand."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from govgauge.web.portal.search.tokens import PIECE, folded, spelling
from govgauge.web.portal.search.ways import SHORTEST_NEAR, Term

BEFORE, WHOLE = 24, 96
Span = tuple[int, int]


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """A text with the terms that stand in it marked."""
    parts, at = [], 0
    for start, end in _merged(_spans(text, terms)):
        parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - every part is escaped


def excerpt(text: str, terms: Sequence[Term]) -> SafeString:
    """A stretch of the text around the first term, or its beginning, marked."""
    first = min((start for start, _end in _spans(text, terms)), default=0)
    start = max(0, first - BEFORE) if first + BEFORE > WHOLE else 0
    stretch = text[start : start + WHOLE].strip()
    shown = ("…" if start else "") + stretch + ("…" if start + WHOLE < len(text) else "")
    return marked(shown, terms)


def _spans(text: str, terms: Sequence[Term]) -> Iterator[Span]:
    for term in terms:
        found = list(_literal(text, term.text)) or list(_by_sound(text, term))
        if not found:
            found = [span for word in term.words if len(word) > 1 for span in _literal(text, word)]
        if not found and len(text) >= SHORTEST_NEAR and folded(text) in term.text:
            found = [(0, len(text))]
        yield from found


def _literal(text: str, wanted: str) -> Iterator[Span]:
    """Where the pieces stand one after the other, whatever is between them but letters and characters."""
    between = r"[\W_]*"
    parts = [re.escape(one) for one in wanted] if not wanted.isascii() else [re.escape(wanted)]
    plain = folded(text)
    if len(plain) != len(text):
        plain = text.casefold() if len(text.casefold()) == len(text) else text
    for match in re.finditer(between.join(parts), plain):
        yield match.span()


def _by_sound(text: str, term: Term) -> Iterator[Span]:
    """Where the characters are read as the term is: as its syllables, its letters or its initials."""
    if len(folded(text)) != len(text):
        return
    places = [match.span() for match in PIECE.finditer(folded(text))]
    spelled = spelling(text)
    if len(places) < len(spelled.syllables) or len(term.text) < 2:
        return
    wanted = term.text if term.is_latin else spelling(term.text).letters
    starts = spelled.starts()
    for place, start in enumerate(starts):
        if spelled.letters.startswith(wanted, start):
            last = max(other for other, begins in enumerate(starts) if begins < start + len(wanted))
            yield places[place][0], places[last][1]
        elif term.is_letters and spelled.initials.startswith(wanted, place):
            yield places[place][0], places[place + len(wanted) - 1][1]


def _merged(spans: Iterator[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found
