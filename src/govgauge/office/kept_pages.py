"""Pages as a visit found them, taken out of its archive so that they can be shown without doing anything."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from govgauge.gather import archive, charset, journal
from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.office.models import Entry, Visit

REFRESH = re.compile(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?\s*refresh[^>]*>", re.IGNORECASE)
"""It would lead to the site as it is today, and no policy of ours would hold it back."""
LINK = re.compile(r"(<(?:a|area|form|button|input)\b[^<>]*?\s)(href|action|formaction)(?=\s*=)", re.IGNORECASE)
"""Where it leads today is not what was visited, and a path of it would lead to one of our own pages."""
CHARACTERS = 2_000_000


class KeptPage(Struct, frozen=True):
    """A page as it was: its address, when it was asked for (UTC), and its text."""

    address: str
    seen_at: datetime
    text: str


def visit_of(entry: Entry) -> Visit | None:
    """The last visit of an entry whose outcome was taken, with files."""
    return Visit.objects.filter(entry=entry, accepted=True).exclude(evidence="").order_by("-number").first()


def page(folder: Path, address: str = "") -> KeptPage | None:
    """The copy of an address in a visit's folder, of the home page without one; None where there is none.

    Raises ArchiveError, GovgaugeError or OSError where the files cannot be read.
    """
    found = next((one for one in _pages(folder) if _is_it(one, address)), None)
    if found is None:
        return None
    headers, body = archive.body(folder / archive.NAME, found.offset)
    kind = next((value for name, value in headers if name.lower() == "content-type"), None)
    text = LINK.sub(r"\1data-\2", REFRESH.sub("", charset.decode(body, kind)[0][:CHARACTERS]))
    return KeptPage(found.final_url or found.url, datetime.fromisoformat(found.started_at), text)


def _pages(folder: Path) -> Iterator[Exchange]:
    for _place, line in journal.lines(folder / journal.NAME):
        if (one := line.exchange) and one.offset >= 0 and one.content == "html":
            yield one


def _is_it(one: Exchange, address: str) -> bool:
    return address in {one.url, one.final_url} if address else one.purpose is Purpose.HOME
