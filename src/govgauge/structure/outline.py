"""The parsed page as a flat table of blocks, walked once: every reader asks it instead of walking again."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from msgspec import Struct
from turbohtml import Document, Element, Node, Text

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.gather.addresses import addresses
from govgauge.gather.artifacts import Region
from govgauge.gather.named_elements import names_of
from govgauge.once import once
from govgauge.structure import regions
from govgauge.structure.elements import BREAK, CELL, INK, LIGHT, LINE, NEWLINE, PLAIN, ROLES, SKIP, SPACE
from govgauge.structure.folding import folded_lines, with_edges

FOOT_CHARS = 700
"""A foot says no more than this."""
_FOOT_WORDS = lazy_re.compile(r"ICP\s*备|公网安备|网站标识码|版权所有|备案号|备案序号")
_ADDRESS_IN_SCRIPT = lazy_re.compile(
    r"(?:open|location(?:\.href)?\s*=|location\.(?:replace|assign)|goto\w*|gourl|jump\w*|view\w*|show\w*|turn\w*|href)"
    r"\s*\(?\s*['\"]([^'\"\s]+)['\"]",
    re.IGNORECASE,
)
_LOOKS_LIKE_ADDRESS = lazy_re.compile(r"^(?:https?:)?//|/|\.(?:s?html?|aspx?|jspx?|php|do|action)\b", re.IGNORECASE)


class Block(Struct, eq=False, gc=False):
    """One element: where it stands in the tree and which run of texts, blocks and anchors it covers."""

    element: Element
    tag: str
    names: str
    parent: "Block | None"
    region: Region
    index: int
    stop: int
    text_start: int
    text_stop: int
    anchor_start: int
    anchor_stop: int

    @property
    def anchors(self) -> int:
        """Number of links in this block."""
        return self.anchor_stop - self.anchor_start

    def holds(self, other: "Block") -> bool:
        """Whether `other` lies inside this block (or is it)."""
        return self.index <= other.index < self.stop


class Outline:
    """The blocks of a page in document order, its visible texts, and its links.

    `base` is the URL against which links are resolved, `encoding` the WHATWG name of the page's encoding. What no
    reader sees (scripts, select boxes …) is not in it. With `clickable`, blocks that a click handler turns into links
    are among the anchors. `names` are the names of the elements, where they are known already (see `named_elements`).
    `own_words` is what `main_text` has counted, by the index of the block.
    """

    def __init__(
        self,
        document: Document,
        base: str,
        encoding: str = "utf-8",
        *,
        clickable: bool = False,
        names: Mapping[Element, str] | None = None,
    ) -> None:
        self.base = base
        self.encoding = encoding
        self._address_of = addresses(base, encoding)
        self.blocks: list[Block] = []
        self.texts: list[str] = []
        self.anchors: list[Block] = []
        self._clickable = clickable
        self.own_words: dict[int, int] = {}
        self._words: dict[int, str] = {}
        self._addresses: dict[str, str] = {}
        self._marks: dict[int, Region] = {}
        self._walk(document, names_of(document) if names is None else names)
        self._sizes = sizes = [0, *accumulate(map(len, self.texts))]
        self._linked = [0, *accumulate([sizes[a.text_stop] - sizes[a.text_start] for a in self.anchors])]
        self._unmark_frames()
        self._whole = "".join(self.texts)
        self._mark_foot()

    def text(self, block: Block) -> str:
        """Visible text of a block, white space folded into single spaces."""
        words = self._words.get(block.index)
        if words is None:
            words = self._words[block.index] = self.between(block.text_start, block.text_stop)
        return words

    def between(self, start: int, stop: int) -> str:
        """Visible text of a run of texts, white space folded."""
        if stop - start == 1:
            return " ".join(self.texts[start].split())
        return " ".join("".join(self.texts[start:stop]).split()) if start < stop else ""

    def lines(self, block: Block) -> list[str]:
        """Visible lines of a block, without empty ones."""
        return folded_lines("".join(self.texts[block.text_start : block.text_stop]))

    def texts_of(self, block: Block) -> list[str]:
        """The runs of text of a block as they stand in the page, line breaks between them as runs of their own."""
        return self.texts[block.text_start : block.text_stop]

    def chars(self, block: Block) -> int:
        """Visible characters of a block, about."""
        return self._sizes[block.text_stop] - self._sizes[block.text_start]

    def plain_chars(self, block: Block) -> int:
        """Visible characters of a block outside links, about."""
        return (
            self._sizes[block.text_stop]
            - self._sizes[block.text_start]
            - self._linked[block.anchor_stop]
            + self._linked[block.anchor_start]
        )

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
        href = anchor.element.attr("href") or ""
        known = self._addresses.get(href)
        if known is not None:
            return known
        if not href or (href[0] in "jJ" and href[:11].lower() == "javascript:"):
            return self._resolve(_scripted(anchor.element.attr("onclick") or "") or _scripted(href))
        known = self._addresses[href] = self._resolve(href)
        return known

    @once
    def named(self) -> list[Block]:
        """The blocks that carry an id or classes, in document order."""
        return [block for block in self.blocks if block.names]

    @once
    def outlying(self) -> list[Block]:
        """The blocks outside the main part: those of navigation, side and foot, in document order."""
        main = Region.MAIN
        return [block for block in self.blocks if block.region is not main]

    def outlying_in(self, block: Block) -> list[Block]:
        """Those of them below a block."""
        first, stop = block.index, block.stop
        return [other for other in self.outlying if first < other.index < stop]

    @once
    def visible(self) -> str:
        """The visible text of the page, one line per block."""
        return "\n".join(self.visible_lines)

    @once
    def visible_lines(self) -> list[str]:
        """The visible lines of the page, without empty ones."""
        return [line for line in self._lines if line]

    @once
    def _lines(self) -> list[str]:
        """All lines of the page, white space folded."""
        return [" ".join(raw.split()) for raw in self._whole.split("\n")]

    def lines_between(self, start: int, stop: int) -> list[str] | None:
        """Visible lines of a run of texts that begins and ends with a line; None when it cuts a line."""
        first, last = self._sizes[start], self._sizes[stop]
        whole = self._whole
        ends = whole[last - 1 : last] == "\n"
        if (first and whole[first - 1] != "\n") or not (ends or last == len(whole)):
            return None
        above = whole.count("\n", 0, first)
        below = above + whole.count("\n", first, last) + (not ends)
        return [line for line in self._lines[above:below] if line]

    @once
    def runs(self) -> str:
        """The visible runs of text of the page, one a line."""
        return "\n".join([run for text in self.texts if (run := text.strip())])

    def holding(self, word: str, sign: str) -> list[int]:
        """Numbers of the runs of text that hold a word. `sign` is its rarest character: to look for a single one is
        several times as fast as for two."""
        whole, ahead, found = self._whole, word.index(sign), []
        at = whole.find(sign)
        while at >= 0:
            if whole.startswith(word, at - ahead):
                found.append(bisect_right(self._sizes, at) - 1)
            at = whole.find(sign, at + 1)
        return found

    @once
    def dense(self) -> str:
        """The visible text of the page without any white space, for finding titles in it."""
        return "".join(self.visible_lines).replace(" ", "")

    @once
    def body(self) -> Block | None:
        return next((block for block in self.blocks if block.tag in ("body", "frameset")), None)

    def _resolve(self, href: str) -> str:
        href = href.strip()
        if not href or href[0] == "#" or "<" in href or "{" in href:
            return ""
        url = self._address_of(href) or urls.absolute(self.base, href, self.encoding)
        return url if url and url.startswith(("http:", "https:")) else ""

    # The hot loop of every page: cut into calls it would cost half as much again.
    def _walk(self, document: Document, names_of: Mapping[Element, str]) -> None:  # noqa: C901, PLR0912, PLR0915
        role_of, by_tag, by_names, named = ROLES.get, regions.BY_TAG, regions.by_names, names_of.get
        put, add, put_anchor = self.texts.append, self.blocks.append, self.anchors.append
        # How many texts, blocks and anchors there are so far: counting is faster than asking for lengths.
        word = at = link = 0
        waiting: list[tuple[Iterator[Node], Block | None, Region, int]] = []
        # Asking a set is ten times as fast as asking an element for attributes that it does not have.
        clicked = set(document.select("[onclick]")) if self._clickable else None
        nodes: Iterator[Node] = iter(document.children)
        parent: Block | None = None
        region = Region.MAIN
        role, gap = LIGHT, LINE
        while True:
            for node in nodes:
                kind = type(node)
                if kind is Text:
                    data: str = node.data  # type: ignore[attr-defined]  # narrowed by the identity of the type
                    stripped = data.strip()
                    if stripped:
                        gap = INK
                        if stripped is not data:
                            data = with_edges(stripped, data)
                            gap = SPACE if data[-1] == " " else INK
                        put(data.replace("\n", " ") if "\n" in data else data)
                        word += 1
                    elif gap == INK:
                        put(" ")
                        word += 1
                        gap = SPACE
                    continue
                if kind is not Element:
                    continue
                tag: str = node.tag  # type: ignore[attr-defined]
                names: str = named(node, "")  # type: ignore[call-overload]  # narrowed as above
                inner = role_of(tag, PLAIN)
                if inner == BREAK:
                    if gap != LINE:
                        put("\n")
                        word += 1
                        gap = LINE
                elif inner != PLAIN:
                    if inner == SKIP:
                        continue
                    if inner == NEWLINE:
                        put("\n")
                        word += 1
                        gap = LINE
                        continue
                    if inner == CELL and gap == INK:
                        put(" ")
                        word += 1
                        gap = SPACE
                    elif inner == LIGHT and names:
                        inner = PLAIN
                inside = region
                if inner != LIGHT and (names or tag in by_tag):
                    marked = by_tag.get(tag)
                    if marked is None and tag != "body":
                        marked = by_names(names)
                    if marked is not None:
                        self._marks[at] = inside = marked
                start = word
                # Most elements hold one run of text, or nothing: what follows is not worth it for them.
                below = len(node)
                only = node[0] if below == 1 else None
                if below < 2 and (only is None or type(only) is Text) and not (clicked and node in clicked):
                    if only is not None:
                        data = only.data
                        stripped = data.strip()
                        if stripped:
                            gap = INK
                            if stripped is not data:
                                data = with_edges(stripped, data)
                                gap = SPACE if data[-1] == " " else INK
                            put(data.replace("\n", " ") if "\n" in data else data)
                            word += 1
                        elif gap == INK:
                            put(" ")
                            word += 1
                            gap = SPACE
                    if inner == LIGHT:
                        continue
                    if inner == BREAK and gap != LINE:
                        put("\n")
                        word += 1
                        gap = LINE
                    first = at
                    at += 1
                    if tag == "a":
                        leaf = Block(node, tag, names, parent, inside, first, at, start, word, link, link + 1)  # type: ignore[arg-type]
                        put_anchor(leaf)
                        link += 1
                    else:
                        leaf = Block(node, tag, names, parent, inside, first, at, start, word, link, link)  # type: ignore[arg-type]
                    add(leaf)
                    continue
                waiting.append((nodes, parent, region, role))
                nodes = iter(node.children)
                role = inner
                if inner != LIGHT:
                    region = inside
                    parent = Block(node, tag, names, parent, region, at, at, word, word, link, link)  # type: ignore[arg-type]
                    at += 1
                    add(parent)
                    if tag == "a":
                        put_anchor(parent)
                        link += 1
                break
            else:
                if not waiting:
                    return
                if role != LIGHT and parent is not None:
                    if clicked and parent.anchor_start == link and parent.element in clicked and _opens(parent):
                        put_anchor(parent)
                        link += 1
                    if role == BREAK and gap != LINE:
                        put("\n")
                        word += 1
                        gap = LINE
                    parent.stop, parent.text_stop, parent.anchor_stop = at, word, link
                nodes, parent, region, role = waiting.pop()

    def _unmark_frames(self) -> None:
        """A frame named `header` or `top` that holds most of the page says nothing about its parts."""
        half_page = self._sizes[-1] / 2
        frames = [index for index in self._marks if self.chars(self.blocks[index]) > half_page]
        if not frames:
            return
        for index in frames:
            del self._marks[index]
        for block in self.blocks:
            above = block.parent.region if block.parent is not None else Region.MAIN
            block.region = self._marks.get(block.index, above)

    def _mark_foot(self) -> None:
        """The block of the site's own marks (ICP number, site code, copyright) is the foot, whatever it is called."""
        if "备" not in self._whole and "版权" not in self._whole and "标识码" not in self._whole:
            return
        for position in range(len(self.texts) - 1, -1, -1):
            text = self.texts[position]
            if ("备" in text or "版权" in text or "标识码" in text) and _FOOT_WORDS.search(text):
                self._mark_around(position)
                return

    def _mark_around(self, position: int) -> None:
        """Mark the largest small block around a run of text, with everything that follows it, as foot."""
        around = next(
            (block for block in reversed(self.blocks) if block.text_start <= position < block.text_stop), None
        )
        found, whole = None, self._sizes[-1]
        while around is not None:
            if around.tag not in ("body", "html", "form"):
                chars = self.chars(around)
                if chars <= FOOT_CHARS and chars * 2 < whole and self._sizes[around.text_start] * 2 > whole:
                    found = around
            around = around.parent
        if found is None or found.region is Region.FOOT:
            return
        for block in self.blocks[found.index :]:
            block.region = Region.FOOT


def _opens(block: Block) -> bool:
    """Whether a click on a block that holds no link opens an address."""
    return bool(_scripted(block.element.attr("onclick") or ""))


def _scripted(code: str) -> str:
    """The address that a piece of script opens, where it is written out; else empty."""
    if "'" not in code and '"' not in code:
        return ""
    found = _ADDRESS_IN_SCRIPT.search(code)
    return found[1] if found and _LOOKS_LIKE_ADDRESS.search(found[1]) else ""
