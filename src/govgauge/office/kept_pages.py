"""Pages as a visit found them, taken out of its archive so that they can be shown without doing anything."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from msgspec import Struct

from govgauge.gather import archive, charset, journal
from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.office.models import Entry, Visit

REFRESH = re.compile(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?\s*refresh[^>]*>", re.IGNORECASE)
"""It would lead to the site as it is today, and no policy of ours would hold it back."""
LINK = re.compile(r"(<(?:a|area|form|button|input)\b[^<>]*?\s)(href|action|formaction)(?=\s*=)", re.IGNORECASE)
"""Where it leads today is not what was visited, and a path of it would lead to one of our own pages."""
STYLE = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
IS_STYLE = re.compile(r"\brel\s*=\s*[\"']?\s*stylesheet\b", re.IGNORECASE)
WHERE = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
END = re.compile(r"</(?=style)", re.IGNORECASE)
CHARACTERS, STYLES, STYLE_CHARACTERS = 2_000_000, 12, 500_000
"""How much of a page is shown, with how many of its style sheets, and how much of each."""


class KeptPage(Struct, frozen=True):
    """A page as it was: its address, when it was asked for (UTC), and its text, with those of its styles in it that
    the visit has kept."""

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
    found, parts = _found(folder, address)
    if found is None:
        return None
    place = found.final_url or found.url
    text = REFRESH.sub("", _text(folder, found)[:CHARACTERS])
    text = LINK.sub(r"\1data-\2", _styled(text, place, parts, lambda one: _text(folder, one)))
    return KeptPage(place, datetime.fromisoformat(found.started_at), text)


def _found(folder: Path, address: str) -> tuple[Exchange | None, dict[str, Exchange]]:
    """The exchange of a page, and those of scripts and styles by their addresses."""
    found: Exchange | None = None
    parts: dict[str, Exchange] = {}
    for _place, line in journal.lines(folder / journal.NAME):
        one = line.exchange
        if one is None or one.offset < 0:
            continue
        if found is None and one.content == "html" and _is_it(one, address):
            found = one
        elif one.purpose is Purpose.PART and one.ok:
            parts[one.url] = one
    return found, parts


def _is_it(one: Exchange, address: str) -> bool:
    return address in {one.url, one.final_url} if address else one.purpose is Purpose.HOME


def _text(folder: Path, one: Exchange) -> str:
    headers, body = archive.body(folder / archive.NAME, one.offset)
    kind = next((value for name, value in headers if name.lower() == "content-type"), None)
    return charset.decode(body, kind)[0]


def _styled(text: str, place: str, parts: Mapping[str, Exchange], read: Callable[[Exchange], str]) -> str:
    """The page with the style sheets that were kept in the place of links to them. Pictures in them stay away: the
    policy of the page lets nothing be fetched."""
    left = STYLES

    def kept(link: re.Match[str]) -> str:
        nonlocal left
        if not IS_STYLE.search(link[0]):
            return link[0]
        where = WHERE.search(link[0])
        named = (where[1] or where[2] or where[3] or "").replace("&amp;", "&").strip() if where else ""
        try:
            part = parts.get(urljoin(place, named).partition("#")[0])
        except ValueError:  # no address at all
            part = None
        if part is None or left == 0:
            return ""  # it would be asked for at our own address, where the policy of the page stops it
        left -= 1
        return f"<style>{END.sub(' ', read(part)[:STYLE_CHARACTERS])}</style>"

    return STYLE.sub(kept, text)
