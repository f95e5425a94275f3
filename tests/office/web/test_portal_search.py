"""The portal's search: what must come first, what is near, filters, marks; nothing is found that is not public."""

import re
from html import unescape

import pytest
from django.test import Client
from published_pages import a_document, a_frozen_round, prepared, published
from search_table import FIRST, SUBJECTS

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublicationState, PublicSubject
from govgauge.web.portal.search import building, index_file
from govgauge.web.portal.search.searching import Found, Sieve, search

pytestmark = pytest.mark.usefixtures("settings_home")
TITLE = re.compile(r'<p class="found-title">.*?<a lang="zh-CN" href="([^"]*)">(.*?)</a>')


def found(query: str, sieve: Sieve | None = None) -> Found:
    public = Publication.objects.filter(state=PublicationState.PUBLIC).values_list("pk", flat=True)
    return search(building.path(), query, sieve or Sieve(), list(public), slice(20))


def titles(client: Client, address: str) -> list[str]:
    text = client.get(f"/portal/search/{address}").content.decode()
    return [unescape(re.sub("<[^>]+>", "", title)) for _link, title in TITLE.findall(text)]


def test_a_hundred_queries_find_first_what_they_must() -> None:
    published(dict.fromkeys(SUBJECTS, "1"))
    building.build()
    assert len(FIRST) >= 100
    wrong = {}
    for query, kind, title in FIRST:
        entries = found(query).entries
        got = (str(entries[0].kind), entries[0].title) if entries else None
        if got != (kind, title):
            wrong[query] = got
    assert wrong == {}


def test_a_search_tells_how_it_found_and_marks_where(anonymous: Client) -> None:
    published({"广州市": "1", "深圳市": "0"})
    text = anonymous.get("/portal/search/?q=广州").content.decode()
    assert "<mark>广州</mark>市" in text
    assert "没有逐字相符" not in text
    assert "读音相同" in anonymous.get("/portal/search/?q=光州").content.decode()
    assert "<mark>广州</mark>市" in anonymous.get("/portal/search/?q=gz").content.decode()
    named = anonymous.get("/portal/search/?q=广州市政府官网").content.decode()
    assert ("其中提到的单位" in named, "<mark>广州市</mark>" in named) == (True, True)
    assert "没有找到" in anonymous.get("/portal/search/?q=xyzzyxyzzy").content.decode()
    assert "可以这样查" in anonymous.get("/portal/search/").content.decode()


def test_kind_and_year_filter_what_is_found(anonymous: Client) -> None:
    published({"广州市": "1"}, "old", year=2024)
    published({"广州市": "1", "深圳市": "0"})
    assert titles(anonymous, "?q=2024年评估&kind=round") == ["2024 年评估"]
    assert titles(anonymous, "?q=深圳市&year=2024") == []
    assert "深圳市" in titles(anonymous, "?q=深圳市&year=2025")
    assert set(titles(anonymous, "?q=广州市&kind=subject&year=2024")) == {"广州市"}
    assert titles(anonymous, "?q=广州市&kind=unknown&year=x&page=-3")[0] == "广州市"


def test_what_is_withdrawn_vanishes_at_once_even_before_the_index_is_made_anew() -> None:
    made = published({"广州市": "1"})
    a_document(made, "独有报告名")
    building.build()
    assert found("独有报告名").total == 1
    assert found("广州市").entries[0].title == "广州市"
    publications.withdraw(PROGRAM, made, "数据有误，撤回")
    assert "独有报告名" not in {one.title for one in found("独有报告名").entries}
    assert found("广州市").kinds.get("subject") is None
    building.build()
    assert "独有报告名" not in {one.title for one in found("独有报告名").entries}


def test_a_body_of_two_publications_loses_what_the_withdrawn_one_told() -> None:
    published({"广州市": "1"}, "old", year=2024)
    made = published({"广州市": "1"}, "new")
    building.build()
    assert "2025 年" in found("广州市").entries[0].body
    publications.withdraw(PROGRAM, made, "数据有误，撤回")
    assert (found("广州市").entries[0].title, found("广州市").entries[0].body) == ("广州市", "")


def test_what_is_prepared_is_not_found(anonymous: Client) -> None:
    prepared(a_frozen_round({"未公布县": "1"}, "p"))
    assert "未公布县" not in titles(anonymous, "?q=未公布县")


def test_the_index_is_made_when_it_is_missing_or_old(anonymous: Client) -> None:
    published({"广州市": "1"})
    assert not building.path().exists()
    assert titles(anonymous, "?q=广州市")[0] == "广州市"
    building.path().write_bytes(b"broken")
    assert titles(anonymous, "?q=广州市")[0] == "广州市"
    assert index_file.stamp_of(building.path()) == building.stamp()


def test_while_another_process_makes_the_index_the_old_one_serves(anonymous: Client) -> None:
    published({"广州市": "1"}, "old", year=2024)
    building.build()
    published({"广州市": "1", "深圳市": "0"})
    with building.alone() as is_alone:
        assert is_alone
        answer = anonymous.get("/portal/search/?q=广州市")
        assert building.build() is None
    assert "搜索索引正在更新" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "广州市" in answer.content.decode()


def test_suggestions_lead_to_pages_themselves(anonymous: Client) -> None:
    published({"广州市": "1", "深圳市": "0"})
    text = anonymous.get("/portal/search/suggest?q=shenz").content.decode()
    assert f'href="/portal/subjects/{PublicSubject.objects.get(name="深圳市").pk}/"' in text
    assert "<html" not in text
    assert anonymous.get("/portal/search/suggest").content.decode().strip() == ""


@pytest.mark.parametrize(
    "query",
    ['"', "a OR b", "title:x", "*", "^", "NEAR(a b)", "%", "<script>alert(1)</script>", "中" * 300, "\x00", "٣", "🙂"],
)
def test_signs_of_the_index_are_only_text(anonymous: Client, query: str) -> None:
    answer = anonymous.get("/portal/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
