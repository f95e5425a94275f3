"""The trail that says where a page stands (当前位置)."""

import re

from govgauge.structure.outline import Block, Outline

_LABEL = re.compile(
    r"(?:您|你)?(?:现在|当前|目前|所在|的)*(?:所在)?的?(?:位置|页面|栏目)(?:是|在)?\s*[:：]|当前位置|您现在的位置|所在位置"
)
_NAMED = re.compile(
    r"(?<![a-z])(?:crumbs?|breadcrumbs?|bread|dqwz|mbx|weizhi|position|location|wz|curpos|dangqian|lujing|path|"
    r"site_?path|place)(?![a-z])|breadcrumb"
)
_SPLIT = re.compile(r"\s*(?:>{1,2}|＞{1,2}|»|›|→|/|\\|\||·|—{1,2}|-{1,2}|::)\s*")
_HOME = re.compile(r"^(?:网站)?首\s*页$|^(?:网站)?主页$|^home$", re.IGNORECASE)
TRAIL_CHARS = 200
"""A block longer than this is no trail."""
TRAIL_LINKS = 10


def read(outline: Outline) -> tuple[tuple[str, str], ...]:
    """(url, name) of every step, from the home page down; url empty where the step is no link."""
    block = _find(outline)
    return _steps(outline, block) if block else ()


def block_of(outline: Outline) -> Block | None:
    """The block that holds the trail."""
    return _find(outline)


def _find(outline: Outline) -> Block | None:
    for position, text in enumerate(outline.texts):
        if ("位置" in text or "所在" in text or "当前" in text) and _LABEL.search(text):
            found = _around(outline, position)
            if found:
                return found
    for block in outline.blocks:
        if block.names and _NAMED.search(block.names) and 0 < block.anchors <= TRAIL_LINKS:
            text = outline.text(block)
            if len(text) <= TRAIL_CHARS and (_HOME.match(text.split()[0]) if text.split() else None):
                return block
            first = outline.anchors_in(block)[0]
            if len(text) <= TRAIL_CHARS and _HOME.match(outline.text(first)):
                return block
    return None


def _around(outline: Outline, position: int) -> Block | None:
    """The smallest block around a text with the label that holds steps."""
    around = [block for block in outline.blocks if block.text_start <= position < block.text_stop]
    for block in sorted(around, key=lambda block: block.text_stop - block.text_start):
        if outline.chars(block) > TRAIL_CHARS or block.anchors > TRAIL_LINKS:
            return None
        if block.anchors or len(_parts(outline.text(block))) > 1:
            return block
    return None


def _parts(text: str) -> list[str]:
    return [part for part in _SPLIT.split(_LABEL.sub("", text)) if part]


def _steps(outline: Outline, block: Block) -> tuple[tuple[str, str], ...]:
    steps: list[tuple[str, str]] = []
    position = block.text_start
    for anchor in outline.anchors_in(block):
        steps += _plain(outline.between(position, anchor.text_start))
        name = outline.text(anchor)
        if name:
            steps.append((outline.address(anchor), name))
        position = anchor.text_stop
    steps += _plain(outline.between(position, block.text_stop))
    return tuple(steps)


def _plain(text: str) -> list[tuple[str, str]]:
    """Steps that are no links."""
    found = _LABEL.search(text)
    if found:
        text = text[found.end() :]
    return [("", name) for part in _SPLIT.split(text) if (name := part.strip(" :：>-、")) and len(name) <= 60]
