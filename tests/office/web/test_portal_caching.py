"""The portal's answers: kept by browsers until something new is published, in a number of queries that stays."""

import pytest
from certified import a_published_call
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work
from published_pages import a_document, a_frozen_round, prepared, published

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublicSubject, RoleKind

pytestmark = pytest.mark.usefixtures("settings_home")
PLACES = ("", "rounds/", "rounds/p/", "rounds/p/groups/1/", "rounds/p/map/", "subjects/", "systems/", "method/")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(f"/portal/{address}").status_code == 200, address
    return len(found)


def tag(client: Client, address: str = "rounds/p/") -> str:
    return client.get(f"/portal/{address}").headers["ETag"]


def test_pages_are_public_to_caches_and_say_when_they_changed(anonymous: Client) -> None:
    published()
    for place in PLACES:
        answer = anonymous.get(f"/portal/{place}")
        assert answer.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
        assert "Cookie" in answer.headers["Vary"]
        assert answer.headers["Last-Modified"]
        again = anonymous.get(f"/portal/{place}", headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "Content-Length" not in again.headers
        assert again.headers["ETag"] == answer.headers["ETag"]
        assert "Set-Cookie" not in answer.headers


def test_a_page_that_has_not_changed_costs_four_queries(anonymous: Client) -> None:
    published()
    known = tag(anonymous)
    with CaptureQueriesContext(connection) as found:
        assert anonymous.get("/portal/rounds/p/", headers={"if-none-match": known}).status_code == 304
    assert len(found) == 4


def test_every_step_of_a_publication_makes_pages_new(anonymous: Client) -> None:
    made = published()
    tags = [tag(anonymous)]
    a_document(made, "总报告")
    tags.append(tag(anonymous))
    prepared(made.round)
    tags.append(tag(anonymous))
    publications.publish(PROGRAM, Publication.objects.get(number=2))
    tags.append(tag(anonymous))
    assert len(set(tags)) == 4
    publications.withdraw(PROGRAM, Publication.objects.get(number=2), "采集有误")
    gone = anonymous.get("/portal/rounds/p/", headers={"if-none-match": tags[-1]})
    assert gone.status_code == 410
    assert "ETag" not in gone.headers


def test_a_published_result_of_cases_makes_pages_new(anonymous: Client) -> None:
    before = tag(anonymous, "feed.xml")
    made = a_published_call(1)
    after = anonymous.get("/portal/feed.xml", headers={"if-none-match": before})
    assert (after.status_code, "评选结果公布" in after.content.decode()) == (200, True)
    made.call.counts.update(published_at=None)
    assert tag(anonymous, "feed.xml") == before


def test_language_and_mode_have_copies_of_their_own(anonymous: Client) -> None:
    published()
    plain = tag(anonymous)
    anonymous.cookies["language"] = "en"
    english = tag(anonymous)
    anonymous.cookies["mode"] = "elder"
    assert len({plain, english, tag(anonymous)}) == 3


def test_pages_of_somebody_signed_in_are_kept_by_no_cache() -> None:
    published()
    client = at_work(RoleKind.OBSERVER)
    for place in PLACES:
        answer = client.get(f"/portal/{place}")
        assert "ETag" not in answer.headers
        assert "private" in answer.headers["Cache-Control"]
        assert "public" not in answer.headers["Cache-Control"]


def test_what_is_not_there_is_not_kept(anonymous: Client) -> None:
    missing = anonymous.get("/portal/rounds/none/")
    assert ("ETag" in missing.headers, missing.headers["Cache-Control"]) == (False, "no-store")


def test_queries_do_not_grow_with_the_subjects(anonymous: Client) -> None:
    published({"甲县": "0.5"}, "one", year=2024)
    published({"甲县": "0.5", **{f"县{n}": f"0.{n:02}" for n in range(1, 60)}}, "many", year=2025)
    number = PublicSubject.objects.get(name="甲县").pk
    for path in (
        "",
        "groups/1/",
        "groups/1/?sort=-top0&q=县",
        "groups/1/?with=none",
        "map/",
        f"groups/1/compare/?s={number}",
    ):
        cold = {slug: queries(anonymous, f"rounds/{slug}/{path}") for slug in ("one", "many")}
        warm = {slug: queries(anonymous, f"rounds/{slug}/{path}") for slug in ("one", "many")}
        assert abs(cold["one"] - cold["many"]) <= 2, (path, cold)
        assert abs(warm["one"] - warm["many"]) <= 2, (path, warm)
        assert warm["many"] <= 12, (path, warm)
    one = queries(anonymous, f"subjects/{number}/")
    a_second = a_frozen_round({"甲县": "0.5", "乙县": "0.6"}, "third", year=2023)
    publications.publish(PROGRAM, prepared(a_second))
    assert abs(queries(anonymous, f"subjects/{number}/") - one) <= 1
