"""The trail that says where a page stands (当前位置)."""

import re
from functools import lru_cache

from govgauge import lazy_re
from govgauge.structure.outline import Block, Outline

_LABEL = lazy_re.compile(
    r"(?:您|你)?(?:现在|当前|目前|所在|的)*(?:所在)?的?(?:位置|页面|栏目)(?:是|在)?\s*[:：]|当前位置|您现在的位置|所在位置"
)
_IN_LABELS = (("位置", "置"), ("所在", "所"), ("当前", "当"))
"""Words without one of which no label stands in a text, and the rarer character of each."""
_NAMED = lazy_re.compile(
    r"(?<![a-z])(?:crumbs?|breadcrumbs?|bread|dqwz|mbx|weizhi|position|location|wz|curpos|dangqian|lujing|path|"
    r"site_?path|place)(?![a-z])|breadcrumb"
)
_SPLIT = lazy_re.compile(r"\s*(?:>{1,2}|＞{1,2}|»|›|→|/|\\|\||·|—{1,2}|-{1,2}|::)\s*")
_HOME = lazy_re.compile(r"^(?:网站)?首\s*页$|^(?:网站)?主页$|^home$", re.IGNORECASE)
TRAIL_CHARS = 200
"""A block longer than this is no trail."""
TRAIL_LINKS = 10
STEP_CHARS = 60
TRIES = 8
"""Words that look like a label and lead to no trail are tried so many times."""
AHEAD_CHARS = 6
"""More words ahead of the label make it part of a sentence."""


def read(outline: Outline) -> tuple[tuple[str, str], ...]:
    """(url, name) of every step, from the home page down; url empty where the step is no link."""
    run = _labelled(outline) or _named(outline)
    return _steps(outline, *run) if run else ()


def _labelled(outline: Outline) -> tuple[int, int] | None:
    """The run of texts behind the words 当前位置: the rest of their line, else of the small block around them."""
    tries = 0
    for position in sorted({place for word, sign in _IN_LABELS for place in outline.holding(word, sign)}):
        text = outline.texts[position]
        if tries < TRIES and (label := _LABEL.search(text)):
            tries += 1
            stop = _line_end(outline, position)
            line = text[label.end() :] + outline.between(position + 1, stop)
            parts = [part for raw in _SPLIT.split(line) if (part := raw.strip(" :："))]
            if len(text[: label.start()].strip()) > AHEAD_CHARS:
                continue
            if parts and not (len(parts) == 1 and _HOME.match(parts[0])):
                linked = any(position <= anchor.text_start < stop for anchor in outline.anchors)
                if len(line) <= TRAIL_CHARS and (linked or len(parts) > 1):
                    return position, stop
            elif block := _around(outline, position):
                return position, block.text_stop
    return None


def _line_end(outline: Outline, position: int) -> int:
    texts = outline.texts
    return next((place for place in range(position + 1, len(texts)) if texts[place] == "\n"), len(texts))


def _around(outline: Outline, position: int) -> Block | None:
    """The smallest block around a label that holds steps."""
    around = [block for block in outline.blocks if block.text_start <= position < block.text_stop]
    for block in sorted(around, key=lambda block: block.text_stop - block.text_start):
        if outline.chars(block) > TRAIL_CHARS or block.anchors > TRAIL_LINKS:
            return None
        if block.anchors or len(_parts(outline.text(block))) > 1:
            return block
    return None


def _named(outline: Outline) -> tuple[int, int] | None:
    """The run of texts of a block that is named as a trail and begins with the home page."""
    for block in [other for other in outline.named if _is_named(other.names)]:
        if block.anchors <= TRAIL_LINKS:
            text = outline.text(block)
            parts = _parts(text)
            if len(text) <= TRAIL_CHARS and len(parts) > 1 and _HOME.match(parts[0].split(" ")[0]):
                return block.text_start, block.text_stop
    return None


@lru_cache(maxsize=8192)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None


def _parts(text: str) -> list[str]:
    return [part for part in _SPLIT.split(_LABEL.sub("", text)) if part]


def _steps(outline: Outline, start: int, stop: int) -> tuple[tuple[str, str], ...]:
    steps: list[tuple[str, str]] = []
    position = start
    for anchor in [link for link in outline.anchors if start <= link.text_start < stop]:
        steps += _plain(outline.between(position, anchor.text_start))
        name = outline.text(anchor)
        if name:
            steps.append((outline.address(anchor), name))
        position = anchor.text_stop
    steps += _plain(outline.between(position, stop))
    return tuple(steps)


def _plain(text: str) -> list[tuple[str, str]]:
    """Steps that are no links."""
    found = _LABEL.search(text)
    if found:
        text = text[found.end() :]
    return [("", name) for part in _SPLIT.split(text) if (name := part.strip(" :：>-、")) and len(name) <= STEP_CHARS]
