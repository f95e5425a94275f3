"""Which blocks of a page are its own content, and which belong to head, foot and margin."""

import re
from collections.abc import Iterable

from govgauge import lazy_re
from govgauge.structure.blocks import Block

FOOT = lazy_re.compile(
    r"版权所有|网站标识码|ICP备|公网安备|Copyright|主办单位[:：]|^主办[:：]|技术支持|建议使用.{0,20}浏览器",
    re.IGNORECASE,
)
"""Words of a page's foot."""
LONG_LINE = 16
"""Characters of a line that is running text, not a label or a menu entry."""
MOST_OF_THE_TEXT = 0.6
"""Share of the running text that the box of the main text must hold."""


def before_foot(blocks: list[Block], last: int) -> int:
    """The index of the first block of the page's foot, which begins after block `last`; their number without a foot.

    The foot is the largest box that holds words of a foot and nothing of what stands up to `last`.
    """
    found = next((at for at in range(last + 1, len(blocks)) if FOOT.search(blocks[at].text)), None)
    if found is None:
        return len(blocks)
    start = found
    path = blocks[found].path
    for depth in range(len(path), 0, -1):
        first = _first_inside(blocks, path[:depth])
        if first <= last:
            break
        start = min(start, first)
    return start


def common_box(blocks: Iterable[Block]) -> tuple[int, ...]:
    """The path of the innermost box that holds all of the blocks; empty when only the page itself does."""
    paths = [block.path for block in blocks]
    if not paths:
        return ()
    shared = paths[0][:-1]
    for path in paths[1:]:
        while shared and path[: len(shared)] != shared:
            shared = shared[:-1]
    return shared


def main_text(blocks: list[Block], title: str) -> tuple[int, int]:
    """First and last index of the page's own content: from its title to the end of the box with most running text."""
    folded = re.sub(r"\s", "", title)[:14]
    start = next((at for at, block in enumerate(blocks) if folded and folded in re.sub(r"\s", "", block.text)), 0)
    weights: dict[tuple[int, ...], int] = {}
    total = 0
    for block in blocks[start:]:
        size = len(block.text)
        if size < LONG_LINE or block.links:
            continue
        total += size
        for depth in range(1, len(block.path)):
            box = block.path[:depth]
            weights[box] = weights.get(box, 0) + size
    boxes = [box for box, weight in weights.items() if weight >= MOST_OF_THE_TEXT * total]
    if not boxes:
        return start, len(blocks) - 1
    box = max(boxes, key=len)
    return start, max(at for at, block in enumerate(blocks) if block.path[: len(box)] == box)


def _first_inside(blocks: list[Block], box: tuple[int, ...]) -> int:
    return next(at for at, block in enumerate(blocks) if block.path[: len(box)] == box)
