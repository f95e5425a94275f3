"""One page, parsed once and looked at by many: the readers of `structure` and the page-wise audits."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import turbohtml

from govgauge.gather import charset, links
from govgauge.gather.artifacts import Exchange, Link

INVISIBLE = ("script", "style", "noscript", "template", "textarea", "select")
"""Elements whose words no reader sees as running text."""


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may know beside the page: the site's home URL, its host, and today's date of the assessment."""

    home: str
    host: str
    as_of: date


class Page:
    """A page with its exchange. Everything derived is computed on first use and kept.

    `html` is the decoded text, `charset` its WHATWG encoding name, `document` the parsed tree, `links` all references,
    `text` the visible text with line breaks at block elements.
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

    @cached_property
    def document(self) -> turbohtml.Document:
        return turbohtml.parse(self.html)

    @cached_property
    def links(self) -> list[Link]:
        return links.from_document(self.document, self.html, self.url)

    @cached_property
    def text(self) -> str:
        """Visible text: no scripts, styles, comments; one line per block."""
        return visible_text(self.document)


def visible_text(document: turbohtml.Document) -> str:
    """Visible text of a parsed page, one line per block, white space folded inside a line."""
    raw = document.to_text()
    lines = (" ".join(line.split()) for line in raw.splitlines())
    return "\n".join(line for line in lines if line)
