"""One page, parsed once and looked at by many: the readers of `structure` and the page-wise audits."""

from dataclasses import dataclass
from datetime import date

import turbohtml

from govgauge.gather import charset, links, named_elements
from govgauge.gather.artifacts import Exchange, Link, LinkKind
from govgauge.once import once
from govgauge.structure import blocks as flow
from govgauge.structure import character_runs, meta_tags, telltales
from govgauge.structure.outline import Outline


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may know beside the page: the site's home URL, its host, and today's date of the assessment."""

    home: str
    host: str
    as_of: date


class Page:
    """A page with its exchange. Everything derived is computed on first use and kept.

    `html` is the decoded text, `charset` its WHATWG encoding name, `document` the parsed tree, `links` all references,
    `text` the visible text with line breaks at block elements,
    `outline` the tree as a flat table.
    """

    def __init__(self, exchange: Exchange, body: bytes, context: ReadContext) -> None:
        self.exchange = exchange
        self.body = body
        self.context = context
        self.url = exchange.final_url or exchange.url
        self.html, self.charset = charset.decode(body, exchange.header("content-type") or None)

    @property
    def is_home(self) -> bool:
        return self.exchange.depth == 0

    @once
    def document(self) -> turbohtml.Document:
        return turbohtml.parse(self.html, positions=False)

    @once
    def meta(self) -> dict[str, str]:
        """Meta tags by lower-case name."""
        return meta_tags.read(self.document)

    @once
    def links_away(self) -> list[Link]:
        """The references that leave the page's own scheme and host: few on an ordinary page."""
        own = "/".join(self.url.split("/", 3)[:3]) + "/"
        return [link for link in self.links if not link.url.startswith(own)]

    @once
    def links(self) -> list[Link]:
        return links.from_document(self.document, self.html, self.url, self.charset, self.names)

    @once
    def names(self) -> dict[turbohtml.Element, str]:
        """The id and classes of the elements that have any."""
        return named_elements.names_of(self.document)

    @once
    def parts(self) -> list[Link]:
        """The references other than links to follow: scripts, pictures, frames and the like. Few beside the links."""
        plain = LinkKind.A
        return [link for link in self.links if link.kind is not plain]

    @once
    def scripts(self) -> list[tuple[str | None, str]]:
        """Every script element: its address as written (None where it has none), and what is written into it."""
        return [(script.attr("src"), script.text) for script in self.document.find_all("script")]

    @once
    def blocks(self) -> list[flow.Block]:
        """The page as a flow of text blocks, for the readers of labels and values."""
        return flow.of(self.document)

    @once
    def telltales(self) -> frozenset[str]:
        """The words of special pages (policies, guides, letters, datasets) that stand on the page."""
        return telltales.found(self.outline.dense)

    @once
    def outline(self) -> Outline:
        """The page as a flat table of blocks, with `<base>` honoured in its addresses."""
        base = self.document.base_url(self.url)
        return Outline(
            self.document,
            base if base.startswith(("http:", "https:")) else self.url,
            self.charset,
            clickable="onclick" in self.html,
            names=self.names,
        )

    @once
    def text(self) -> str:
        """Visible text: no scripts, styles, comments; one line per block, white space folded inside a line."""
        return self.outline.visible

    @once
    def runs(self) -> frozenset[str]:
        """The runs of Chinese characters in the visible text, each once (`+` and `、` do not end one).

        The same words stand between ever new numbers and marks: what is looked for inside words is soonest ruled out
        by remembering the runs of the pages before.
        """
        return character_runs.of(self.text)

    @once
    def ascii(self) -> bytes:
        """The visible text with `?` in the place of all that is not ASCII."""
        return self.text.encode("ascii", "replace")

    @once
    def letters(self) -> bytes:
        """The ASCII characters of the visible text but `?`, without the others between them.

        On a Chinese page they are few: what is written in figures, Latin letters or signs is soonest ruled out here.
        """
        return self.ascii.translate(None, b"?")
