"""Looking again at some addresses of a site that was visited: a visit that has everything else already.

The journal of the earlier visit is taken over without the lines of the addresses concerned and without its end. Such a
visit is then resumed: what is missing is asked for anew, at its old place in the order, and the rest comes from the
archive. The new folder is whole in itself, and can be read again without the earlier one.
"""

import shutil
from collections.abc import Set
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from govgauge.gather import archive, journal
from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.gather.problems import JournalUnreadableError


def addresses(base: Path) -> dict[int, str]:
    """The addresses that a visit asked for, by the offset of their answers in its archive."""
    return {made.offset: made.url for made in journal.exchanges(base / journal.NAME)}


def begin(base: Path, folder: Path, wanted: Set[str]) -> int:
    """Prepare a visit that asks again for the wanted addresses and the home page; returns how many those are.

    Raises JournalUnreadableError when `base` holds no visit that came to its end.
    """
    home = _home(base)
    again = {*wanted, home}
    folder.mkdir(parents=True, exist_ok=True)
    encoder, asked = msgspec.json.Encoder(), set()
    with (folder / journal.NAME).open("wb") as file:
        for _, line in journal.lines(base / journal.NAME):
            if line.end is not None:
                continue
            if line.exchange is not None and _is_wanted(line.exchange, again, home):
                asked.add(line.exchange.url)
                continue
            start = line.start and replace(line.start, started_at=datetime.now(UTC).isoformat(timespec="seconds"))
            file.write(encoder.encode(replace(line, start=start, seconds=0.0)) + b"\n")
    shutil.copyfile(base / archive.NAME, folder / archive.NAME)
    return len(asked)


def _is_wanted(made: Exchange, again: Set[str], home: str) -> bool:
    """The home page is opened anew however it was asked for: also over HTTPS, and as a probe."""
    if made.purpose is Purpose.HOME or not again.isdisjoint((made.url, made.final_url)):
        return True
    return made.purpose is Purpose.PROBE and made.url.partition(":")[2] == home.partition(":")[2]


def _home(base: Path) -> str:
    path = base / journal.NAME
    for _, line in journal.lines(path):
        if line.end is not None:
            return line.end.home
    raise JournalUnreadableError(path, "采集没有完成 / the visit did not come to its end")
