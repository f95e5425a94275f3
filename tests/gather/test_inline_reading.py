"""Reading pages in the visiting process itself."""

import errno

import pytest
from msgspec.structs import replace
from stage import html
from visiting import QUICK, LinksOnly, visited

from govgauge.gather.artifacts import Exchange, Link
from govgauge.gather.visit import VisitError

PAGES = 40


def a_tree(stage) -> None:
    """Pages that link to their children and to a few others."""
    stage.add("/", html(*(f"/{page}.html" for page in range(1, 5))))
    for page in range(1, PAGES):
        others = [child for child in (4 * page + 1, 4 * page + 2, 4 * page + 3, 4 * page + 4) if child < PAGES]
        stage.add(f"/{page}.html", html(*(f"/{other}.html" for other in (*others, page * 7 % PAGES or 1))))


class Faulty(LinksOnly):
    """Hangs on one page and breaks on another."""

    def read(self, exchange: Exchange, body: bytes) -> list[Link]:
        if exchange.url.endswith("/3.html"):
            while True:
                pass
        if exchange.url.endswith("/4.html"):
            raise RuntimeError("a fault of ours")
        return super().read(exchange, body)


class NoRoom(LinksOnly):
    """Finds the disk full."""

    def read(self, exchange: Exchange, body: bytes) -> list[Link]:  # noqa: ARG002
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_visit_that_reads_by_itself_takes_the_same_course(stage, go, tmp_path):
    a_tree(stage)
    inline = go(folder=tmp_path / "inline", reading_processes=0)
    apart = go(folder=tmp_path / "apart", reading_processes=2)
    assert visited(inline) == visited(apart)
    assert [(e.url, e.order, e.referrer) for e in inline.exchanges()] == [
        (e.url, e.order, e.referrer) for e in apart.exchanges()
    ]


def test_a_page_that_hangs_or_breaks_its_reader_costs_only_itself(stage, go):
    a_tree(stage)
    found = go(reader=Faulty, reading_processes=0, limits=replace(QUICK, reading_seconds=0.3))
    assert sorted(url.rpartition("/")[2] for url in found.unread) == ["3.html", "4.html"]
    assert {"1.html", "2.html", "5.html", "9.html"} <= set(visited(found))
    assert found.stopped == ""


def test_a_full_disk_ends_the_visit(stage, go):
    a_tree(stage)
    with pytest.raises(VisitError, match="磁盘"):
        go(reader=NoRoom, reading_processes=0)


def test_an_interrupted_visit_is_read_again_by_itself(stage, go):
    a_tree(stage)
    first = go(reading_processes=0)
    again = go(reading_processes=0, resume=True)
    assert visited(first) == visited(again)
