"""What the office says in its own words on the pages about the portal: plain text files in `HOME/portal-texts`.

`about.txt`, `contact.txt`, `accessibility.txt`, `privacy.txt`, and with `.en.txt` their English. An empty line parts
paragraphs. Nothing in them is taken for markup.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from govgauge.web.display import is_english

NAMES = ("about", "contact", "accessibility", "privacy")
LONGEST = 20_000
"""Characters that a page takes of a file."""
_BETWEEN = re.compile(r"\n[^\S\n]*\n\s*")
Paragraphs = tuple[str, ...]


def own_text(name: str) -> Paragraphs:
    """The paragraphs of a page in the reader's language, else in Chinese; none where the office has written none."""
    endings = (".en.txt", ".txt") if is_english() else (".txt",)
    return next((found for ending in endings if (found := _read(_home() / f"{name}{ending}"))), ())


def written() -> tuple[int, ...]:
    """When each of the files was changed last: pages that are kept by browsers are made anew after that."""
    return tuple(_changed(_home() / f"{name}{ending}") for name in NAMES for ending in (".txt", ".en.txt"))


def _home() -> Path:
    return Path(settings.HOME) / "portal-texts"


def _read(path: Path) -> Paragraphs:
    changed = _changed(path)
    return _paragraphs(path, changed) if changed else ()


@lru_cache(maxsize=4 * len(NAMES))
def _paragraphs(path: Path, _changed_at: int) -> Paragraphs:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")[:LONGEST].replace("\r\n", "\n")
    except OSError:
        return ()
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
