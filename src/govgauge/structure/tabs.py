"""Tab bars: labels in a row whose contents stand in panes elsewhere on the page."""

import re

import turbohtml

from govgauge.structure.blocks import PICTURE, PICTURES, Block
from govgauge.structure.element_table import Pair, bare

UNSEEN = "（内容由脚本载入）"
"""What a pane is taken to say when none of the bar's panes holds a word: they are filled by a script."""
FEWEST = 2
"""Labels in a row that make a bar."""
_TARGETS = ("data-target", "data-id", "data-tab", "href", "rel", "aria-controls", "data-for")


def panes(document: turbohtml.Document, blocks: list[Block], pairs: list[Pair]) -> dict[int, str]:
    """For each label that is a tab, by the index of its block, the text of its pane (empty when the pane is empty).

    Labels are tabs when they follow one another directly, in the same box, with nothing between them. When no pane of
    the bar holds anything, all of them are `UNSEEN`; a label whose pane cannot be told is left out.
    """
    found: dict[int, str] = {}
    for bar in _bars(blocks, pairs):
        texts = {pair.first: _pane_of(document, pair.label) for pair in bar}
        known = {first: text for first, text in texts.items() if text is not None}
        if not any(known.values()):
            known = dict.fromkeys(texts, UNSEEN) if known or _is_scripted(document, bar) else {}
        found.update(known)
    return found


def _bars(blocks: list[Block], pairs: list[Pair]) -> list[list[Pair]]:
    bars: list[list[Pair]] = []
    present: list[Pair] = []
    for pair in pairs:
        block = blocks[pair.first]
        if block.row or block.text != pair.label:
            continue
        if present and pair.first - present[-1].first == 1 and _sisters(blocks[present[-1].first], block):
            present.append(pair)
            continue
        bars.append(present)
        present = [pair]
    return [bar for bar in [*bars, present] if len(bar) >= FEWEST]


def _sisters(left: Block, right: Block) -> bool:
    return len(left.path) == len(right.path) and (
        left.path[:-1] == right.path[:-1] or left.path[:-2] == right.path[:-2]
    )


def _is_scripted(document: turbohtml.Document, bar: list[Pair]) -> bool:
    """Whether the bar reacts to a script: its labels carry handlers or stand in a list called a tab."""
    tab = _tab(document, bar[0].label)
    while tab is not None and tab.tag not in {"body", "html"}:
        names = (
            " ".join(tab.attr("class") or []) if isinstance(tab.attr("class"), list) else str(tab.attr("class") or "")
        )
        if re.search(r"tab|nav|menu|qh|switch", names, re.IGNORECASE) or tab.attr("onclick") or tab.attr("onmouseover"):
            return True
        parent = tab.parent
        tab = parent if isinstance(parent, turbohtml.Element) else None
    return False


def _tab(document: turbohtml.Document, label: str) -> turbohtml.Element | None:
    for tag in ("li", "a", "span", "div", "dt", "p", "h3", "h4"):
        for element in document.find_all(tag):
            if bare(element.text) == label:
                return element
    return None


def _pane_of(document: turbohtml.Document, label: str) -> str | None:
    """The text of the pane of a tab, by its target or by its place; None when the pane cannot be told."""
    tab = _tab(document, label)
    if tab is None:
        return None
    for source in (tab, tab.find("a")):
        for name in _TARGETS:
            target = str(source.attr(name) or "") if source is not None else ""
            if re.match(r"^#?[A-Za-z_][\w-]{0,40}$", target):
                pane = document.find(attrs={"id": target.lstrip("#")})
                if pane is not None and pane != tab:
                    return _text(pane, label)
    return _by_order(tab, label)


def _by_order(tab: turbohtml.Element, label: str) -> str | None:
    """The pane with the same place among its sisters as the tab has in its bar."""
    level, bar = tab, tab.parent
    while isinstance(bar, turbohtml.Element) and len(_elements(bar)) < FEWEST:
        level, bar = bar, bar.parent
    if not isinstance(bar, turbohtml.Element):
        return None
    tabs = _elements(bar)
    place = next((at for at, sister in enumerate(tabs) if sister == level), -1)
    outer = bar
    for _step in range(3):
        sisters = _following(outer)
        for row in (sisters, _elements(sisters[0]) if sisters else []):
            if len(row) == len(tabs) and place >= 0:
                return _text(row[place], label)
        parent = outer.parent
        if not isinstance(parent, turbohtml.Element):
            return None
        outer = parent
    return None


def _elements(parent: turbohtml.Element) -> list[turbohtml.Element]:
    return [
        child
        for child in parent.children
        if isinstance(child, turbohtml.Element) and child.tag not in {"script", "style"}
    ]


def _following(element: turbohtml.Element) -> list[turbohtml.Element]:
    return [
        sister
        for sister in element.next_siblings
        if isinstance(sister, turbohtml.Element) and sister.tag not in {"script", "style"}
    ]


def _text(pane: turbohtml.Element, label: str) -> str:
    text = " ".join(pane.text.split())
    if bare(text) != label and text:
        return text
    return PICTURE if any(pane.find(tag) for tag in PICTURES) else ""
