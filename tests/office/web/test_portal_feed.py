"""What the portal tells feeds and search engines, and what it says of itself."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings
from published_pages import a_frozen_round, prepared, published

from govgauge.gather import robots
from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublicSubject

pytestmark = pytest.mark.usefixtures("settings_home")
ATOM = "{http://www.w3.org/2005/Atom}"
OPEN = (
    "/",
    "/portal/",
    "/portal/subjects/1/",
    "/case-library/",
    "/static/govgauge/page.css",
    "/sitemap-1.xml",
    "/scanner",
)
CLOSED = ("/rounds/p/", "/work/", "/accounts/login/", "/portal/search/?q=x", "/metrics")
LOC = re.compile(r"<loc>http://testserver([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?")


def test_the_feed_tells_what_was_published_and_withdrawn_with_the_reason(anonymous: Client) -> None:
    made = published()
    prepared(a_frozen_round({"甲县": "1"}, "secret"))
    publications.withdraw(PROGRAM, made, "丙县的数据有误 <撤回>")
    answer = anonymous.get("/portal/feed.xml")
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - it is our own
    told = [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) for one in entries]
    assert told == [
        ("《2025 年评估》第 1 版已撤回", "丙县的数据有误 <撤回>"),
        ("《2025 年评估》结果公布（第 1 版）", ""),
    ]
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "http://testserver/portal/rounds/p/versions/1/"


def test_the_site_map_lists_every_page_and_when_it_changed(anonymous: Client) -> None:
    made = published()
    Publication.objects.filter(pk=made.pk).update(published_at=datetime(2026, 1, 1, 17, tzinfo=UTC))
    prepared(a_frozen_round({"未公布县": "1"}, "secret"))
    parts = LOC.findall(anonymous.get("/sitemap.xml").content.decode())
    assert [address for address, _day in parts] == ["/sitemap-1.xml"]
    listed = dict(LOC.findall(anonymous.get("/sitemap-1.xml").content.decode()))
    subject = PublicSubject.objects.get(name="甲县")
    assert listed[f"/portal/subjects/{subject.pk}/"] == "2026-01-02"  # the day where the office is
    assert {"/portal/", "/portal/rounds/p/", "/portal/rounds/p/groups/1/", "/case-library/"} <= set(listed)
    assert f"/portal/subjects/{PublicSubject.objects.get(name='未公布县').pk}/" not in listed
    assert anonymous.get("/sitemap-2.xml").status_code == 404
    some = [one for one in listed if not one.startswith(("/case-library/2", "/portal/systems/2"))]
    assert {one: anonymous.get(one).status_code for one in some} == dict.fromkeys(some, 200)


def test_engines_read_the_portal_and_leave_the_office_alone(anonymous: Client) -> None:
    body = anonymous.get("/robots.txt").content
    assert robots.sitemaps(body) == ["http://testserver/sitemap.xml"]
    told = {one: robots.allowed(body, "anybot", f"http://testserver{one}") for one in (*OPEN, *CLOSED)}
    assert told == {**dict.fromkeys(OPEN, True), **dict.fromkeys(CLOSED, False)}


def test_marks_of_the_site_are_shown_as_they_are_set_and_never_made_up(anonymous: Client, client: Client) -> None:
    with override_settings(SITE_HOST="评估办公室", SITE_ICP="京ICP备00000000号", SITE_CODE="bm00000001"):
        text = anonymous.get("/portal/about/").content.decode()
        assert "主办单位：评估办公室" in text
        assert '<a href="https://beian.miit.gov.cn/" rel="external">京ICP备00000000号</a>' in text
        assert '<meta name="SiteIDCode" content="bm00000001">' in text
        assert "公安备案号" not in text
        assert "GOVGAUGE_SITE_POLICE" in client.get("/portal/about/").content.decode()
    assert "未配置" not in anonymous.get("/portal/about/").content.decode()
