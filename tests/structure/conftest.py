"""Pages as a visit hands them over."""

from collections.abc import Callable
from datetime import date

import pytest

from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.structure.model import PageReading
from govgauge.structure.page import Page, ReadContext
from govgauge.structure.reading import read

HOME = "http://www.a.gov.cn/"
COLUMN = "http://www.a.gov.cn/xxgk/tzgg/index.html"


@pytest.fixture
def page_of() -> Callable[..., Page]:
    """Make a page from its markup (or bytes), as if fetched from `url`; depth 0 is the home page."""

    def make(html: str | bytes, url: str = COLUMN, depth: int = 1, content_type: str = "text/html") -> Page:
        body = html.encode() if isinstance(html, str) else html
        exchange = Exchange(
            url=url,
            final_url=url,
            purpose=Purpose.PAGE if depth else Purpose.HOME,
            status=200,
            headers=(("content-type", content_type),),
            content="html",
            depth=depth,
        )
        return Page(exchange, body, ReadContext(home=HOME, host="www.a.gov.cn", as_of=date(2025, 11, 30)))

    return make


@pytest.fixture
def reading_of(page_of: Callable[..., Page]) -> Callable[..., PageReading]:
    """Read a page from its markup."""
    return lambda *arguments, **named: read(page_of(*arguments, **named))
