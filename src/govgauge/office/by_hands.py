"""Many pieces of work done side by side in processes of their own; one that dies costs its piece and no other."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from govgauge.office.hands import Hand, wait

LOOK_SECONDS = 1.0
Item = TypeVar("Item")
Piece = Callable[[], None]
"""Work that can be pickled."""


def each(
    items: Iterable[Item], piece_of: Callable[[Item], Piece], workers: int, seconds: float
) -> Iterator[tuple[Item, str]]:
    """Do a piece of work for each item, so many at once, each within a time limit.

    Gives the items as they end, each with the reason why it was not done (empty: it was).
    """
    coming = iter(items)
    free: list[Hand] = []
    busy: list[tuple[Hand, Item]] = []
    try:
        while True:
            while len(busy) < workers and (item := next(coming, None)) is not None:
                hand = free.pop() if free else Hand()
                busy.append((hand, item))
                hand.begin(piece_of(item), seconds)
            if not busy:
                return
            wait([hand for hand, _ in busy], LOOK_SECONDS)
            ended = [(hand, item, told) for hand, item in busy if (told := hand.ended()) is not None]
            over = {id(hand) for hand, _, _ in ended}
            busy = [(hand, item) for hand, item in busy if id(hand) not in over]
            for hand, item, told in ended:
                if hand.worn:
                    hand.leave()
                else:
                    free.append(hand)
                yield item, told
    finally:
        for hand, _ in busy:
            hand.kill()
        for hand in free:
            hand.leave()
