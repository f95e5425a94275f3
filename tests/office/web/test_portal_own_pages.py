"""What the portal says of itself: its site map, the office's own words, its addresses, and pages for what failed."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work
from published_pages import published

from govgauge.office.models import PublicSubject, PublishedSubject, RoleKind
from govgauge.web import faults

pytestmark = pytest.mark.usefixtures("settings_home")
CANONICAL = re.compile(r'<link rel="canonical" href="http://testserver([^"]*)">')


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_site_map_names_every_column_in_few_queries(anonymous: Client) -> None:
    published(slug="old", year=2024)
    published()
    page(anonymous, "/portal/sitemap/")
    with CaptureQueriesContext(connection) as queries:
        told = page(anonymous, "/portal/sitemap/")
    assert len(queries) <= 6
    main = told[told.index("<main") : told.index("</main>")]
    for place in ("rounds/p/groups/1/", "rounds/old/map/", "subjects/", "systems/2025-county/", "method/", "contact/"):
        assert f'href="/portal/{place}"' in main, place
    for place in ("/case-library/?year=2025", "/open-data/p/1/", "/certificates/", "/scanner", "/sitemap.xml"):
        assert f'href="{place}"' in main, place
    for address in (
        "/portal/",
        "/case-library/",
        "/open-data/",
        "/certificates/",
        "/scanner",
        "/portal/nowhere/",
        "/accounts/login/",
    ):
        assert 'href="/portal/sitemap/"' in anonymous.get(address).content.decode(), address


def test_a_round_without_regions_has_no_map_in_the_site_map(anonymous: Client) -> None:
    made = published()
    PublishedSubject.objects.filter(publication=made).update(region="")
    assert anonymous.get("/portal/rounds/p/map/").status_code == 404
    told = page(anonymous, "/portal/sitemap/")
    assert "rounds/p/groups/1/" in told
    assert "rounds/p/map/" not in told


def test_views_of_a_page_name_one_address_as_their_own(anonymous: Client) -> None:
    published(slug="old", year=2024)
    published()
    subject = PublicSubject.objects.get(name="甲县").pk
    own = {
        "/portal/rounds/p/groups/1/?sort=name&q=x&with=old": "/portal/rounds/p/groups/1/",
        "/portal/rounds/p/versions/1/groups/1/?page=1": "/portal/rounds/p/groups/1/?page=1",
        f"/portal/subjects/{subject}/?of=p&in=1": f"/portal/subjects/{subject}/",
        f"/portal/subjects/{subject}/?of=old&in=1": f"/portal/subjects/{subject}/?of=old&in=1",
        "/portal/rounds/p/systems/2025-county/": "/portal/systems/2025-county/",
        "/case-library/?year=2025&page=2": "/case-library/?page=2",
    }
    assert {asked: CANONICAL.findall(unescape(page(anonymous, asked))) for asked in own} == {
        a: [b] for a, b in own.items()
    }


def test_the_office_says_it_in_its_own_words(anonymous: Client, office: Path) -> None:
    before = anonymous.get("/portal/contact/")
    assert "联系办法由主办单位在设置中填写" in before.content.decode()
    texts = office / "portal-texts"
    texts.mkdir()
    (texts / "contact.txt").write_text("第一段 <b>\r\n下一行\r\n\r\n第二段", encoding="utf-8")
    (texts / "contact.en.txt").write_text("In English.", encoding="utf-8")
    known = {"if-none-match": before.headers["ETag"]}
    told = anonymous.get("/portal/contact/", headers=known)
    assert told.status_code == 200
    assert "<p>第一段 &lt;b&gt;<br>下一行</p><p>第二段</p>" in told.content.decode()
    anonymous.cookies["language"] = "en"
    assert "<p>In English.</p>" in page(anonymous, "/portal/contact/")
    del anonymous.cookies["language"]
    with override_settings(SITE_CONTACT="电话 010-1", SCANNER_CONTACT="scan@a.test"):
        for name in ("about", "contact", "privacy", "accessibility"):
            assert "电话 010-1" in page(anonymous, f"/portal/{name}/"), name
        assert "scan@a.test" in page(anonymous, "/portal/contact/")


@pytest.mark.parametrize("place", ["/portal/nowhere/", "/open-data/nowhere/1/", "/case-library/nowhere/", "/nowhere"])
def test_what_is_not_there_shows_ways_on(anonymous: Client, place: str) -> None:
    answer = anonymous.get(place)
    told = answer.content.decode()
    assert answer.status_code == 404
    assert CANONICAL.findall(told) == []
    for way in ('href="/portal/"', 'href="/portal/sitemap/"', 'action="/portal/search/"'):
        assert way in told[told.index("<main") : told.index("</main>")], way


def test_those_of_the_office_go_on_at_their_own_pages() -> None:
    told = at_work(RoleKind.OBSERVER).get("/nowhere").content.decode()
    main = told[told.index("<main") : told.index("</main>")]
    assert ('href="/"' in main, 'action="/portal/search/"' in main) == (True, False)


def test_a_fault_of_ours_is_told_in_the_look_of_the_portal_without_asking_the_database() -> None:
    request = HttpRequest()
    request.path, request.META = "/portal/", {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    with CaptureQueriesContext(connection) as queries:
        answer = faults.broken(request)
    assert len(queries) == 0
    told = answer.content.decode()
    assert answer.status_code == 500
    assert "程序出错" in told
    assert 'href="/portal/sitemap/"' in told
    assert "portal-search" not in told[told.index("<main") : told.index("</main>")]
