"""The parsed page as a flat table of blocks, walked once: every reader asks it instead of walking again."""

import re
from functools import cached_property

from turbohtml import Document, Element, Text

from govgauge.gather import urls
from govgauge.gather.artifacts import Region

INVISIBLE = frozenset({"script", "style", "noscript", "template", "textarea", "select", "head", "title", "object"})
"""Elements whose words no reader sees as running text."""

BREAKING = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 "
    "header hr iframe legend li main nav ol option p pre section table tbody tfoot thead tr ul caption".split()
)
"""Elements that begin and end a line of their own."""

CELLS = frozenset({"td", "th"})
"""Elements separated by a space on their line."""

_ADDRESS_IN_SCRIPT = re.compile(
    r"""(?:window\.open|location(?:\.href)?\s*=|location\.(?:replace|assign)|open|goto|gourl|jump\w*|view\w*|show\w*)\s*\(?\s*['"]([^'"\s]+)['"]""",
    re.IGNORECASE,
)
_LOOKS_LIKE_ADDRESS = re.compile(r"^(?:https?:)?//|/|\.(?:s?html?|aspx?|jspx?|php|do|action)\b", re.IGNORECASE)


class Block:
    """One element: where it stands in the tree and which run of texts, blocks and anchors it covers."""

    __slots__ = (
        "anchor_start",
        "anchor_stop",
        "element",
        "hidden",
        "index",
        "names",
        "parent",
        "stop",
        "tag",
        "text_start",
        "text_stop",
    )

    def __init__(
        self, element: Element, tag: str, parent: "Block | None", hidden: bool, index: int, text: int, anchor: int
    ) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.hidden = hidden
        self.index = index
        self.stop = index + 1
        self.text_start = self.text_stop = text
        self.anchor_start = self.anchor_stop = anchor
        names = element.attr("class") or ""
        ident = element.attr("id")
        self.names = f"{ident} {names}".lower() if ident else names.lower()

    @property
    def anchors(self) -> int:
        """Number of links in this block."""
        return self.anchor_stop - self.anchor_start

    def holds(self, other: "Block") -> bool:
        """Whether `other` lies inside this block (or is it)."""
        return self.index <= other.index < self.stop


class Outline:
    """The blocks of a page in document order, its visible texts, and its links."""

    def __init__(self, document: Document, base: str) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.texts: list[str] = []
        self.anchors: list[Block] = []
        self.regions: list[Region] = []
        """Filled by `regions` on first use."""
        self._sizes: list[int] = [0]
        self._linked: list[int] = [0]
        self._addresses: dict[str, str] = {}
        self._walk(document)

    def text(self, block: Block) -> str:
        """Visible text of a block, white space folded into single spaces."""
        return " ".join("".join(self.texts[block.text_start : block.text_stop]).split())

    def between(self, start: int, stop: int) -> str:
        """Visible text of a run of texts, white space folded."""
        return " ".join("".join(self.texts[start:stop]).split())

    def lines(self, block: Block) -> list[str]:
        """Visible lines of a block, without empty ones."""
        return folded_lines("".join(self.texts[block.text_start : block.text_stop]))

    def chars(self, block: Block) -> int:
        """Visible characters of a block, without the white space around each run."""
        return self._sizes[block.text_stop] - self._sizes[block.text_start]

    def plain_chars(self, block: Block) -> int:
        """Visible characters of a block outside links."""
        return self.chars(block) - (self._linked[block.text_stop] - self._linked[block.text_start])

    def anchors_in(self, block: Block) -> list[Block]:
        return self.anchors[block.anchor_start : block.anchor_stop]

    def inside(self, block: Block) -> list[Block]:
        """All blocks below a block, in document order."""
        return self.blocks[block.index + 1 : block.stop]

    def children(self, block: Block) -> list[Block]:
        found, index = [], block.index + 1
        while index < block.stop:
            child = self.blocks[index]
            found.append(child)
            index = child.stop
        return found

    def address(self, anchor: Block) -> str:
        """Canonical URL that a link leads to; empty when it leads nowhere (javascript:;, #, broken)."""
        href = anchor.element.attr("href")
        if href is None or href[:11].lower() == "javascript:":
            href = _scripted(anchor.element.attr("onclick") or "") or _scripted(href or "")
        href = href.strip()
        known = self._addresses.get(href)
        if known is None:
            known = self._addresses[href] = self._resolve(href)
        return known

    @cached_property
    def visible(self) -> str:
        """The visible text of the page, one line per block."""
        return "\n".join(folded_lines("".join(self.texts)))

    @cached_property
    def body(self) -> Block | None:
        return next((block for block in self.blocks if block.tag in ("body", "frameset")), None)

    def _resolve(self, href: str) -> str:
        if not href or href[0] == "#" or "<" in href or "{" in href:
            return ""
        url = urls.resolve(self.base, href)
        return urls.canonical(url) if url and url.startswith(("http:", "https:")) else ""

    def _walk(self, document: Document) -> None:
        blocks, texts, anchors, sizes, linked = self.blocks, self.texts, self.anchors, self._sizes, self._linked
        stack: list[Block] = []
        size = link_size = links_open = 0
        for node in document.descendants:
            kind = type(node)
            if kind is not Text and kind is not Element:
                continue
            parent = node.parent
            while stack and stack[-1].element is not parent:
                block = stack.pop()
                if block.tag == "a":
                    links_open -= 1
                if block.tag in BREAKING and texts and texts[-1] != "\n" and not block.hidden:
                    texts.append("\n")
                    sizes.append(size)
                    linked.append(link_size)
                block.stop, block.text_stop, block.anchor_stop = len(blocks), len(texts), len(anchors)
            above = stack[-1] if stack else None
            if kind is Text:
                if above is None or not above.hidden:
                    data = node.data  # type: ignore[attr-defined]  # narrowed by identity of the type
                    length = len(data.strip())
                    texts.append((data.replace("\n", " ") if "\n" in data else data) if length else " ")
                    size += length
                    if links_open:
                        link_size += length
                    sizes.append(size)
                    linked.append(link_size)
                continue
            tag = node.tag  # type: ignore[attr-defined]
            hidden = (above is not None and above.hidden) or tag in INVISIBLE
            if not hidden:
                mark = "\n" if tag in BREAKING else " " if tag in CELLS else ""
                if mark and texts and texts[-1] != "\n":
                    texts.append(mark)
                    sizes.append(size)
                    linked.append(link_size)
            block = Block(node, tag, above, hidden, len(blocks), len(texts), len(anchors))  # type: ignore[arg-type]
            blocks.append(block)
            stack.append(block)
            if tag == "a":
                links_open += 1
                if not hidden:
                    anchors.append(block)
        for block in stack:
            block.stop, block.text_stop, block.anchor_stop = len(blocks), len(texts), len(anchors)


def folded_lines(text: str) -> list[str]:
    """Lines of a text with white space folded inside each, empty ones left out."""
    return [line for raw in text.split("\n") if (line := " ".join(raw.split()))]


def _scripted(code: str) -> str:
    """The address that a piece of script opens, where it is written out; else empty."""
    found = _ADDRESS_IN_SCRIPT.search(code)
    return found[1] if found and _LOOKS_LIKE_ADDRESS.search(found[1]) else ""
