"""The portal: what was published and nothing else, for everybody, withdrawn and replaced versions told as such."""

import csv
import io
import re

import pytest
from answered import a_round, an_entry
from django.test import Client
from judged_sheets import a_finding
from msgspec.structs import replace
from people_at_work import at_work
from published import AUTO, freeze
from published_pages import PDF, a_document, a_frozen_round, prepared, published
from scored import judged

from govgauge.office.domain import certificates, publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.awards import Award
from govgauge.office.models import CertificateKind, PublicSubject, PublishedGroup, PublishedSubject, RoleKind
from govgauge.reports.about import ChosenCase, Shows, write_about

pytestmark = pytest.mark.usefixtures("settings_home")
ROW = re.compile(r'<th scope="row" lang="zh-CN"><a href="/portal/subjects/\d+/[^"]*">([^<]+)</a>')
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(f"/portal/{address}")
    assert answer.status_code == status, address
    return answer.content.decode()


def names(client: Client, address: str) -> list[str]:
    """The subjects of a list, in order."""
    return ROW.findall(page(client, address))


def subject(name: str) -> int:
    return PublicSubject.objects.get(name=name).pk


def addresses(version: str = "") -> list[str]:
    """Every page that tells of round p."""
    head = f"rounds/p/{version}"
    return [head, *(f"{head}{one}" for one in ("groups/1/", "groups/1/compare/", "map/", "systems/2025-county/"))]


def test_without_any_publication_the_portal_says_so(anonymous: Client) -> None:
    assert "还没有公布评估结果" in page(anonymous, "")
    assert "还没有公布评估结果" in page(anonymous, "rounds/")
    assert "没有公布过名为“p”的评估结果" in page(anonymous, "rounds/p/", 404)


def test_a_group_is_ranked_filtered_and_sorted_by_its_address(anonymous: Client) -> None:
    published()
    assert names(anonymous, "rounds/p/groups/1/") == ["乙县", "甲县", "丙县"]
    assert names(anonymous, "rounds/p/groups/1/?sort=-place") == ["丙县", "甲县", "乙县"]
    assert names(anonymous, "rounds/p/groups/1/?sort=-top0") == ["乙县", "甲县", "丙县"]
    assert names(anonymous, "rounds/p/groups/1/?q=甲") == ["甲县"]
    assert names(anonymous, "rounds/p/groups/1/?region=江苏省&page=9") == ["乙县", "甲县", "丙县"]
    assert "没有符合条件" in page(anonymous, "rounds/p/groups/1/?q=火星")
    assert page(anonymous, "rounds/p/groups/2/", 404)


def test_a_group_is_a_file_as_well(anonymous: Client) -> None:
    published()
    answer = anonymous.get("/portal/rounds/p/groups/1/?format=csv&q=县")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert [(line[0], line[3], line[7]) for line in lines] == [
        ("名次", "评估对象", "得分下限"),
        ("1", "乙县", "110.00"),
        ("2", "甲县", "55.00"),
        ("3", "丙县", "0.00"),
    ]
    assert b"".join(anonymous.get("/portal/rounds/p/groups/1/?format=xlsx").streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_the_year_before_stands_beside(anonymous: Client) -> None:
    published({"甲县": "1", "乙县": "0.5"}, "old", year=2024)
    published({"甲县": "0.5", "乙县": "1", "丙县": "0"})
    told = page(anonymous, "rounds/p/groups/1/")
    assert "2024 年" in told
    assert '<span class="sr-only">上升</span> 0.500' in told
    assert '<span class="sr-only">下降</span> 0.500' in told
    assert "指数变化" not in page(anonymous, "rounds/p/groups/1/?with=none")
    own = page(anonymous, f"subjects/{subject('甲县')}/")
    assert "当时第 1 名" in own
    assert "历年总指数" in own
    assert "第 1 名" in page(anonymous, f"subjects/{subject('甲县')}/?of=old")


def test_where_ranks_are_not_told_no_page_gives_them_away(anonymous: Client) -> None:
    published(shows=Shows(ranks=False))
    told = page(anonymous, "rounds/p/groups/1/?sort=-index")
    assert "不公布名次" in told
    assert "名次</a>" not in told
    assert ROW.findall(told) == names(anonymous, "rounds/p/groups/1/")
    assert "名次" not in page(anonymous, f"subjects/{subject('乙县')}/").partition("怎样读")[0]
    answer = anonymous.get("/portal/rounds/p/groups/1/?format=csv")
    assert "名次" not in b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_what_is_not_published_does_not_leak(anonymous: Client) -> None:
    fault = a_finding("http://a.test/secret")
    published(shows=Shows(answers=False, findings=False), findings=[fault])
    told = page(anonymous, f"subjects/{subject('甲县')}/")
    assert "http://a.test/secret" not in told
    assert "subject-checks" not in told
    assert "共 1 个；这次评估不公布单个问题" in told


def test_findings_and_answers_are_told_where_they_are_published(anonymous: Client) -> None:
    hidden = replace(a_finding("http://a.test/.env"), audit="exposed-file", slug="env")
    published(findings=[a_finding("http://a.test/x"), hidden])
    told = page(anonymous, f"subjects/{subject('甲县')}/")
    assert "http://a.test/x" in told
    assert "http://a.test/.env" not in told
    assert "另有 1 个涉及安全或个人信息" in told
    assert "subject-checks" in told


def test_a_prepared_version_is_seen_by_the_office_alone(anonymous: Client) -> None:
    prepared(a_frozen_round({"甲县": "0.5", "乙县": "1"}, "p"))
    office = at_work(RoleKind.OBSERVER)
    for address in addresses("versions/1/"):
        assert "预览" in page(office, address)
        assert office.get(f"/portal/{address}").headers["Cache-Control"] == "private, no-store"
        page(anonymous, address, 404)
        page(at_work(RoleKind.COLLECTOR), address, 404)
    page(office, "rounds/p/", 404)
    assert "甲县" not in page(anonymous, "subjects/")
    page(anonymous, f"subjects/{subject('甲县')}/", 404)
    page(anonymous, f"subjects/{subject('甲县')}/?of=p/1", 404)
    assert "预览" in page(office, f"subjects/{subject('甲县')}/?of=p/1")


def test_a_replaced_version_stays_with_a_notice(anonymous: Client) -> None:
    first = published({"甲县": "0.5", "乙县": "1"})
    second = publications.publish(PROGRAM, prepared(first.round), "更正甲县")
    assert "已被新版取代" in page(anonymous, "rounds/p/versions/1/groups/1/")
    assert "已被新版取代" in page(anonymous, f"subjects/{subject('甲县')}/?of=p/1")
    told = page(anonymous, "rounds/p/")
    assert f"第 {second.number} 版" in told
    assert "更正甲县" in told


def test_a_withdrawn_version_says_when_and_why(anonymous: Client) -> None:
    publications.withdraw(PROGRAM, published(), "发现采集有误，全部重做")
    for address in (*addresses(), *addresses("versions/1/"), f"subjects/{subject('甲县')}/?of=p"):
        told = page(anonymous, address, 410)
        assert "发现采集有误，全部重做" in told
        assert "乙县" not in told
    page(anonymous, f"subjects/{subject('甲县')}/", 404)
    cards, _heading, withdrawn = page(anonymous, "rounds/").partition('<h2 id="withdrawn">')
    assert ("2025 年评估" in cards, "2025 年评估" in withdrawn) == (False, True)
    assert "已撤回" in page(anonymous, "")


def test_discarded_versions_are_nowhere(anonymous: Client) -> None:
    made = prepared(a_frozen_round({"甲县": "0.5", "乙县": "1"}, "p"), note="内部说明")
    publications.discard(PROGRAM, made, "写错了")
    page(anonymous, "rounds/p/versions/1/", 404)
    page(at_work(RoleKind.ADMINISTRATOR), "rounds/p/versions/1/", 404)


def test_two_to_four_subjects_stand_side_by_side(anonymous: Client) -> None:
    published({**{f"县{n}": f"0.{n}" for n in range(1, 7)}})
    ids = [subject(f"县{n}") for n in range(1, 7)]
    told = page(anonymous, f"rounds/p/groups/1/compare/?s={ids[0]}&s={ids[2]}")
    assert told.count("portal/subjects/") >= 2
    assert "<b>0.300</b>" in told
    few = page(anonymous, f"rounds/p/groups/1/compare/?s={ids[0]}&s={ids[0]}&s=x&s={10**20}")
    assert [word in few for word in ("请至少选 2 个", "有 2 个不在这一组")] == [True, True]
    many = "&".join(f"s={one}" for one in ids)
    assert "只取了前 4 个" in page(anonymous, f"rounds/p/groups/1/compare/?{many}")
    assert "县5" in page(anonymous, f"rounds/p/groups/1/compare/?s={ids[0]}&q=县5")


def test_a_year_of_another_system_is_told_as_such_wherever_years_stand_beside(anonymous: Client) -> None:
    published({"甲县": "1", "乙县": "0.5"}, "old", year=2024)
    published({"甲县": "0.5", "乙县": "1"})
    one, other = subject("甲县"), subject("乙县")
    pages = ("rounds/p/groups/1/", f"rounds/p/groups/1/compare/?s={one}&s={other}", f"subjects/{one}/")
    words = ("另一套指标体系", "指标体系不同", "指标体系不同")
    assert [word in page(anonymous, address) for address, word in zip(pages, words, strict=True)] == [False] * 3
    PublishedGroup.objects.filter(publication__round__slug="old").update(system="2020-local")
    assert [word in page(anonymous, address) for address, word in zip(pages, words, strict=True)] == [True] * 3
    assert "/portal/systems/2020-local/to/2025-county/" in page(anonymous, pages[0])


def test_the_map_tells_each_province_in_a_tile_and_in_the_table(anonymous: Client) -> None:
    published()
    told = page(anonymous, "rounds/p/map/")
    assert told.count("/portal/rounds/p/groups/1/?region=%E6%B1%9F%E8%8B%8F%E7%9C%81") == 2
    assert told.count('class="no-place"') == 34
    assert "0.500" in told


def test_reports_are_downloaded_and_diagnoses_are_not(anonymous: Client) -> None:
    made = published()
    report, own = a_document(made, "总报告"), a_document(made, "甲县诊断", "diagnosis")
    assert "总报告" in page(anonymous, "rounds/p/")
    assert "甲县诊断" not in page(anonymous, "rounds/p/")
    assert 'href="/open-data/p/1/documents/general.pdf"' in page(anonymous, "rounds/p/")
    answer = anonymous.get(f"/portal/rounds/p/documents/{report.pk}", follow=True)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    page(anonymous, f"rounds/p/documents/{own.pk}", 404)


def test_systems_are_read_as_trees_and_held_against_each_other(anonymous: Client) -> None:
    published()
    assert "资源汇聚能力" in page(anonymous, "systems/2025-city/")
    county = page(anonymous, "systems/2025-county/")
    assert "落在政策文件库的末一点旁，按本项读" in county
    assert not re.search(r"第 \d+ 行", county)
    assert "一级指标的权重" in page(anonymous, "systems/2020-local/to/2025-county/")
    assert "2025-county" in page(anonymous, "rounds/p/systems/2025-county/")
    for unknown in ("systems/none/", "systems/none/to/2025-city/", "rounds/p/systems/2025-city/"):
        page(anonymous, unknown, 404)
    for outline in ("systems/2018-local/", "systems/2018-local/to/2025-county/", "systems/"):
        page(anonymous, outline)


def test_odd_rounds_stand(anonymous: Client) -> None:
    long = "国家级经济技术开发区和高新技术产业开发区及综合保税区管理委员会政务服务和数据管理局"
    published({long: "0.5", **{f"并列{n}县": "0.7" for n in range(30)}})
    assert "30 个并列" in page(anonymous, "rounds/p/groups/1/")
    assert long in page(anonymous, f"subjects/{subject(long)}/")
    published({"独县": "0.4"}, "one")
    for address in ("rounds/one/", "rounds/one/groups/1/", f"subjects/{subject('独县')}/", "rounds/one/map/"):
        page(anonymous, address)


def test_of_what_is_open_no_change_and_no_mean_is_told(anonymous: Client) -> None:
    published({"甲县": "1", "乙县": "0.5"}, "old", year=2024)
    published({"甲县": "0.5", "乙县": "1"})
    tops = [[0.4, 1.0]] * 6
    PublishedSubject.objects.filter(publication__round__slug="p", name="甲县").update(
        coverage=0.4, total_high="99.00", tops=tops, rank_worst=3
    )
    own = page(anonymous, f"subjects/{subject('甲县')}/")
    assert "至少" in own
    assert "比 2024 年" not in own
    assert '<span class="sr-only">下降' not in own.partition('id="leaves"')[0]
    told = page(anonymous, "rounds/p/groups/1/")
    assert '<span class="sr-only">下降' not in told
    assert '<span class="sr-only">上升</span> 0.500' in told
    assert "1.000" in page(anonymous, "rounds/p/map/")
    beside = page(anonymous, f"rounds/p/groups/1/compare/?s={subject('甲县')}&s={subject('乙县')}")
    assert "<b>0.400</b>" not in beside


def test_what_nobody_has_settled_stands_nowhere_on_the_bars(anonymous: Client) -> None:
    made = a_round("p")
    judged(an_entry(made, "甲县"), {AUTO[0]: "1"})
    made.jobs.update(state="done")
    freeze(made)
    publications.publish(PROGRAM, prepared(made))
    own = page(anonymous, f"subjects/{subject('甲县')}/")
    assert 'class="bar measured"' in own
    assert 'class="bar-mean" x="0' not in own
    assert 'class="bar-best" x="0' not in own
    assert "本组还没有采齐的对象" in own
    assert '<span class="branch-number"><span aria-hidden="true">≥</span>' in own


def test_a_subject_without_answers_stands(anonymous: Client) -> None:
    published()
    PublishedSubject.objects.filter(name="丙县").update(
        state="unreachable", tops=[], index=None, rank="", rank_number=None, total_low="", coverage=None, unranked="x"
    )
    assert "首页未能打开，不排名" in page(anonymous, f"subjects/{subject('丙县')}/")
    assert "首页未能打开，不排名" in page(anonymous, "rounds/p/groups/1/")
    page(anonymous, f"rounds/p/groups/1/compare/?s={subject('丙县')}&s={subject('乙县')}")


def test_certificates_of_a_body_lead_to_their_check(anonymous: Client) -> None:
    made = published()
    entry = made.round.entries.get(name="甲县")
    award = Award(f"entry-{entry.pk}", CertificateKind.ASSESSED, "甲县", "评估等级为", "优秀", (), entry)
    certificates.issue(PROGRAM, made.round, [award])
    (code,) = made.round.certificates.values_list("code", flat=True)
    assert f'href="/certificates/{code}/"' in page(anonymous, f"subjects/{subject('甲县')}/")
    assert "/certificates/2" not in page(anonymous, f"subjects/{subject('乙县')}/")


def test_english_pages_leave_in_chinese_only_what_comes_from_the_data(anonymous: Client) -> None:
    published({"甲县": "1", "乙县": "0.5"}, "old", year=2024)
    made = published(findings=[a_finding("http://a.test/x")])
    a_document(made, "总报告")
    anonymous.cookies["language"] = "en"
    own = f"subjects/{subject('甲县')}/"
    for address in ("", "rounds/", *addresses(), own, "subjects/", "systems/", "method/", "about/", "privacy/"):
        shown = page(anonymous, address)
        told = re.sub(r"<(\w+)([^>]*)lang=\"zh-CN\"[^>]*>.*?</\1>", "", shown, flags=re.DOTALL)
        told = told.replace("http://甲县.test/", "")
        told = re.sub(r"<title>.*?</title>|<input[^>]*name=\"(?:q|back|s)\"[^>]*>", "", told)
        found = [one for one in CHINESE.findall(told) if one not in {"年评估", "简体中文"}]
        assert found == [], address


def test_a_chosen_case_leads_to_its_body_and_not_to_another_of_its_name(anonymous: Client) -> None:
    round_ = a_round("p")
    for parent in ("某省", "别省"):
        judged(an_entry(round_, "甲县", key=f"{parent}/甲县", parent=parent), dict.fromkeys(AUTO, "1"))
    round_.jobs.update(state="done")
    freeze(round_)
    made = prepared(round_)
    material = publications.material_of(made)
    case = ChosenCase(number="1", name="一网通办", owner="甲县", family="", category="", subject="别省/甲县")
    gone = replace(case, number="2", name="旧案例", subject="")
    write_about(replace(material.about, cases=(case, gone)), material.folder)
    publications.publish(PROGRAM, made)
    body = PublicSubject.objects.get(key="别省/甲县")
    assert re.findall(r'/portal/subjects/(\d+)/\?of=p">甲县', page(anonymous, "rounds/p/")) == [str(body.pk)]
    items = anonymous.get("/api/v1/rounds/p/versions/1/cases").json()["items"]
    assert [item["subject"] for item in items] == [body.pk, None]
