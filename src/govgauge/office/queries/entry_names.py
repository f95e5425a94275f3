"""How entries are named in texts: by their keys, and by system where a subject is assessed by several of them."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from govgauge.office.models import Round


class Names(Struct, frozen=True):
    """The keys that stand in several systems of a round."""

    several: frozenset[str]

    @classmethod
    def among(cls, keys: Iterable[str]) -> "Names":
        """The names where there is one key for each entry."""
        return cls(frozenset(key for key, count in Counter(keys).items() if count > 1))

    def of(self, key: str, system: str) -> str:
        """The name of an entry."""
        return f"{key}（{system}）" if key in self.several else key


def names(round_: Round) -> Names:
    """The names of the entries of a round; one query."""
    return Names.among(round_.entries.values_list("key", flat=True))


def names_by_id(round_: Round) -> dict[int, str]:
    """The same by the entry's id, in the order of keys and systems."""
    found = list(round_.entries.order_by("key", "system").values_list("id", "key", "system"))
    told = Names.among(key for _, key, _ in found)
    return {number: told.of(key, system) for number, key, system in found}
