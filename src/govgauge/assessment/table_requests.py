"""What is asked of the process that keeps the tables, and what it answers: frames of msgpack in both directions."""

import struct

from msgspec import Struct

FRAME = struct.Struct(">I")
"""Before each request and answer: its bytes."""

Use = tuple[str, str, str, str, str]
"""A use of a link: page, URL, kind, text, region."""


class LinksTable(Struct, frozen=True, tag=True):
    """Write the links of all pages as a table; `order` are the URLs of the pages in the order of the visit."""

    order: list[str]


class Uses(Struct, frozen=True, tag=True):
    """Where are these URLs linked from? At most `limit` uses a URL. Follows LinksTable."""

    wanted: list[str]
    limit: int


class Table(Struct, frozen=True, tag=True):
    """Write one of the other tables (pages, columns, articles) from its rows."""

    name: str
    rows: list[list[object]]


Request = LinksTable | Uses | Table


class Answer(Struct, frozen=True):
    """The answer to one request. `errno` is not 0 where it could not be fulfilled."""

    uses: list[Use] = []
    errno: int = 0
    error: str = ""
