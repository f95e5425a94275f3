"""Reading a gathered site again, from its journal and archive alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

from govgauge.gather import archive, journal
from govgauge.gather.artifacts import Exchange
from govgauge.gather.inline_readers import readers_for
from govgauge.gather.plan import PageReader, Plan, Progress
from govgauge.gather.problems import JournalUnreadableError
from govgauge.gather.ticker import Ticker


def pages(folder: Path) -> Iterator[tuple[Exchange, bytes]]:
    """Every page that a visit read, with its body, in the order of the visit."""
    lines = journal.Rereader(folder / journal.NAME)
    bodies = archive.Archive(folder / archive.NAME)
    try:
        for place in _places(folder):
            exchange = lines.at(place).exchange
            if exchange is not None:
                yield exchange, bodies.response(exchange.offset)[1]
    finally:
        lines.close()
        bodies.close()


def read_again(
    folder: Path, plan: Plan, make_reader: Callable[[int], PageReader], progress: Callable[[Progress], None]
) -> tuple[str, ...]:
    """Give every page of a visit to the readers; returns the URLs of those that could not be read."""
    places = _places(folder)
    ticker = Ticker(progress)
    ticker.begin("reading", len(places))
    lines = journal.Rereader(folder / journal.NAME)
    bodies = archive.Archive(folder / archive.NAME)

    def recall(place: int) -> tuple[Exchange, bytes]:
        exchange = lines.at(place).exchange
        if exchange is None:
            raise archive.ArchiveError(f"{folder}: no exchange is written at {place}")
        return exchange, bodies.response(exchange.offset)[1]

    readers = readers_for(make_reader, plan, recall)
    try:
        for place in places:
            while readers.full:
                readers.wait()
                readers.turn()
            readers.submit(place, *recall(place))
            ticker.count(failed=False)
            ticker.tick()
        readers.drain()
        readers.finish()
    except archive.ArchiveError as error:
        raise JournalUnreadableError(folder / archive.NAME, str(error)) from None
    finally:
        readers.kill()
        lines.close()
        bodies.close()
    return tuple(dict.fromkeys(readers.unread))


def _places(folder: Path) -> list[int]:
    """Where in the journal the pages stand that were read, in the order of the visit."""
    found = [
        (line.exchange.order, line.exchange.attempt, place)
        for place, line in journal.lines(folder / journal.NAME)
        if line.exchange is not None and line.read
    ]
    return [place for _, _, place in sorted(found)]
