"""A large collection of phrases kept as a few long strings, one for each first character: quickly loaded, and small."""

from collections.abc import Iterable
from itertools import groupby


class Phrases:
    """Known phrases; `in` tells whether one is among them."""

    def __init__(self, packed: str) -> None:
        self._starting_with = {shelf[1]: shelf for shelf in packed.split("\f")}

    def __contains__(self, phrase: str) -> bool:
        return f"\n{phrase}\n" in self._starting_with.get(phrase[:1], "")

    def longest(self, text: str, first: int, most: int, least: int) -> int:
        """The length of the longest phrase that begins at a place of a text, within bounds; 0 when there is none.

        There must be no line break in the text that is as long as the longest phrase or longer.
        """
        shelf = self._starting_with.get(text[first])
        if shelf is None or "\n" + text[first : first + least] not in shelf:
            return 0
        for length in range(most, least - 1, -1):
            if f"\n{text[first : first + length]}\n" in shelf:
                return length
        return 0


def packed(phrases: Iterable[str]) -> str:
    """The text that Phrases reads: phrases of one first character together, each between line breaks."""
    shelves = (shelf for _first, shelf in groupby(sorted(phrases), key=lambda phrase: phrase[0]))
    return "\f".join("\n" + "\n".join(shelf) + "\n" for shelf in shelves)
