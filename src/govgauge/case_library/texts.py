"""What of a case is searched: its words field by field, as written and as spelled, and what each field weighs."""

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from govgauge.case_library import library
from govgauge.case_library.model import Case
from govgauge.case_library.spelling import Spelled, spelled
from govgauge.case_library.words import GROUPS, KINDS

NAME, OWNER, CATEGORY, REGION, KIND, CAPABILITY = 100, 90, 80, 70, 60, 50
"""Weights: a word of the name says more about a case than one of its capabilities."""
SHORTEST_TELLING = 4
SMALL_WORDS = frozenset({"with", "from", "that", "this", "their", "they", "what", "when", "where", "which", "into"})
"""English words that say nothing of a case; nor do shorter ones, which are tried as pinyin."""
_BETWEEN = re.compile(r"[\W_]+")


class Field(Struct, frozen=True):
    """A text of a case: squeezed (letters, digits and characters only), its Latin words, its spelling."""

    weight: int
    squeezed: str
    latin: frozenset[str] = frozenset()
    spelling: Spelled = ()


class Texts(Struct, frozen=True):
    """A case with all that is searched of it."""

    case: Case
    fields: tuple[Field, ...]


def squeezed(text: str) -> str:
    """A text as it is compared: one width, small letters, nothing but letters, digits and characters."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def latin_words(text: str) -> frozenset[str]:
    """The words of Latin letters and digits in a text, in small letters."""
    return frozenset(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).casefold()))


def telling_words(text: str) -> frozenset[str]:
    """The English words of a capability by which it may be found."""
    return frozenset(word for word in latin_words(text) if len(word) >= SHORTEST_TELLING) - SMALL_WORDS


@cache
def texts() -> tuple[Texts, ...]:
    """Every case of the library with its texts, in its order."""
    return tuple(Texts(case, fields_of(case)) for case in library.cases())


@lru_cache(maxsize=5000)
def texts_of(case: Case) -> Texts:
    """A case of elsewhere with its texts."""
    return Texts(case, fields_of(case))


def fields_of(case: Case) -> tuple[Field, ...]:
    fields = [_spelled(NAME, case.name), _spelled(OWNER, case.owner)]
    if case.subject:
        fields.append(_spelled(OWNER, case.subject))
    fields += [_spelled(CATEGORY, category) for category in case.categories]
    fields += [_spelled(REGION, case.region)] if case.region else []
    fields += [_field(KIND, text) for text in (str(case.year), case.id, KINDS[case.kind], GROUPS[case.group])]
    told = library.description(case.id)
    for capability in told.capabilities if told else ():
        fields += [
            _field(CAPABILITY, capability.zh),
            Field(CAPABILITY, "", telling_words(capability.en)),
        ]
    return tuple(fields)


def _spelled(weight: int, text: str) -> Field:
    plain = squeezed(text)
    return Field(weight, plain, latin_words(text), spelled(plain))


def _field(weight: int, text: str) -> Field:
    return Field(weight, squeezed(text), latin_words(text))
