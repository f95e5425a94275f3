"""The HTML of a document: one file that opens offline and prints well."""

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from govgauge.reports.document.model import Document
from govgauge.reports.document.numbering import Numbered, numbered

CONTENTS_LEVELS = 2


def write_html(document: Document | Numbered, path: Path) -> None:
    """Write the file. All text is escaped; drawings are pictures, whose insides no page can touch."""
    whole = document if isinstance(document, Numbered) else numbered(document)
    entries = [each for each in whole.headings() if each.block.level <= CONTENTS_LEVELS]  # type: ignore[union-attr]
    path.write_text(_template().render(document=whole.document, blocks=whole.blocks, entries=entries), encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["picture"] = _picture
    environment.filters["kind"] = lambda block: type(block).__struct_config__.tag
    environment.filters["web"] = lambda url: url if url.startswith(("http://", "https://")) else ""
    environment.filters["parts"] = lambda columns: [
        round(100 * column.width / (sum(each.width for each in columns) or 1), 2) for column in columns
    ]
    return environment.get_template("document.html")


def _picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
