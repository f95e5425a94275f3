"""What a visit leaves out: budgets, sampling, and addresses that never end."""

import random
import time

from stage import for_ever, html, reply, site_of_lists
from visiting import last, visited

from govgauge.gather.artifacts import Purpose


def test_pages_visited_under_a_budget_do_not_depend_on_timing(stage, go):
    site_of_lists(stage, columns=6, articles=40)
    chance = random.Random(7)
    seen = []
    for _ in range(3):
        stage.delay = lambda: chance.random() * 0.01
        found = go(max_pages=60, reading_processes=2, concurrency=8)
        seen.append([(e.url, e.status, e.sha256, e.order, e.referrer) for e in found.exchanges()])
    assert seen[0] == seen[1] == seen[2]
    assert found.budget_exhausted
    assert len(visited(found)) == 59


def test_large_level_is_sampled_evenly_from_its_templates_newest_first(stage, go):
    stage.add("/", html(*(f"/news/{n}.html" for n in range(100)), *(f"/notice/{n}.html" for n in range(100))))
    stage.otherwise = reply(html())
    found = go(max_pages=41)
    names = visited(found)
    assert set(names) == {f"{folder}/{n}.html" for folder in ("news", "notice") for n in range(20)}
    assert {(s.template.rsplit("/", 2)[1], s.count, s.reason) for s in found.skipped} == {
        ("news", 80, "budget"),
        ("notice", 80, "budget"),
    }


def test_time_of_the_visit_ends_it_cleanly(stage, go):
    site_of_lists(stage)
    stage.delay = lambda: 0.1
    began = time.monotonic()
    found = go(max_seconds=1)
    assert time.monotonic() - began < 8
    assert (found.stopped, found.budget_exhausted) == ("seconds", True)


def test_calendar_does_not_swallow_the_visit(stage, go):
    def calendar(connection, asked):
        number = int(asked.path.partition("month=")[2] or 0)
        return reply(html(f"/calendar?year=2025&month={number + 1}", f"/calendar?year=2025&month={number + 2}"))(
            connection, asked
        )

    stage.add("/", html("/calendar?year=2025&month=1", "/a.html"))
    stage.add("/a.html", html())

    class Calendars(dict):
        def get(self, path, default=None):
            return calendar if path.startswith("/calendar") else super().get(path, default)

    stage.plays = Calendars(stage.plays)
    found = go(max_pages=500)
    assert len(visited(found)) < 80
    assert "trap" in {s.reason for s in found.skipped}


def test_path_that_lengthens_itself_is_left(stage, go):
    def deeper(connection, asked):
        return reply(html("x/", "../y/", text=asked.path))(connection, asked)

    stage.add("/", html("/d/"))
    stage.otherwise = deeper
    found = go(max_pages=300)
    assert len(visited(found)) < 100
    assert "trap" in {s.reason for s in found.skipped}


def test_long_list_with_articles_is_no_trap(stage, go):
    stage.add("/", html("/list_1.html"))
    for page in range(1, 80):
        links = [f"/art/{page}_{n}.html" for n in range(3)]
        stage.add(f"/list_{page}.html", html(*links, *([f"/list_{page + 1}.html"] if page < 79 else [])))
    stage.otherwise = reply(html("/"))
    found = go()
    assert len(visited(found)) == 79 + 79 * 3
    assert found.skipped == ()


def test_pages_reached_by_next_and_previous_only_are_all_visited(stage, go):
    stage.add("/", html("/art/2025/t20250101_1.html"))
    for number in range(1, 100):
        month = 1 + number // 28
        following = f"/art/2025/t2025{1 + (number + 1) // 28:02d}{1 + (number + 1) % 28:02d}_{number + 1}.html"
        here = (
            "/art/2025/t20250101_1.html"
            if number == 1
            else f"/art/2025/t2025{month:02d}{1 + number % 28:02d}_{number}.html"
        )
        stage.add(here, html(following))
    assert len(visited(go())) == 100


def test_endless_stream_of_external_links_is_bounded(stage, go):
    stage.add("/", html(*(f"http://127.0.0.1:9/{n}.html" for n in range(50))))
    found = go()
    assert len(visited(found, Purpose.EXTERNAL)) == 5
    assert sum(s.count for s in found.skipped) == 45


def test_external_link_is_asked_with_head_then_get(stage, go):
    from stage import Stage  # noqa: PLC0415

    abroad = Stage()
    try:
        abroad.add("/head.html", html())
        refusal = reply("", "405 No")
        abroad.add(
            "/get.html",
            lambda c, a: (refusal if a.method == "HEAD" else for_ever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 999, 0))(c, a),
        )
        stage.add("/", html(f"{abroad.url}head.html", f"{abroad.url}get.html"))
        found = go()
        assert [(e.method, e.path) for e in abroad.asked] == [
            ("HEAD", "/head.html"),
            ("HEAD", "/get.html"),
            ("GET", "/get.html"),
        ]
        assert [last(found, name).failure for name in ("head.html", "get.html")] == [None, None]
        assert last(found, "get.html").size == 8192
    finally:
        abroad.close()


def test_probes_ask_for_files_that_must_not_be_public(stage, go):
    stage.add("/", html())
    stage.add("/.git/HEAD", reply("ref: refs/heads/master\n", Content_Type="text/plain"))
    found = go(probes=True)
    open_files = [
        e.url for e in found.exchanges() if e.purpose is Purpose.PROBE and e.status == 200 and e.url != stage.url
    ]
    assert open_files == [f"{stage.url}.git/HEAD"]
    assert found.network.invented_path_status == 404
