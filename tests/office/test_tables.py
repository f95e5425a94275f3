"""The tables of a round: who stands where, and the same bytes whoever writes them."""

import csv
import hashlib
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import msgspec
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from judged_sheets import a_finding, a_sheet
from msgspec.structs import replace
from test_subjects_into_rounds import DAY, a_round, line

from govgauge.errors import Unusable
from govgauge.office import sheets
from govgauge.office.domain import judgements, rounds
from govgauge.office.domain.settings import checked, settings_of
from govgauge.office.models import Entry, Judgement, Result
from govgauge.office.policy import Floor, Policy
from govgauge.office.queries.judged import judged
from govgauge.office.sheets import Sheet, packed, unpacked
from govgauge.office.tables.formats import Format
from govgauge.office.tables.places import Place, Total, places
from govgauge.office.tables.subject import Subject
from govgauge.office.tables.writing import Judged, write
from govgauge.systems import library
from govgauge.systems.ranking import Grade, OrderInGrade, Ranking, Ties

GRADES = (Grade("优秀", Decimal(85)), Grade("良好", Decimal(60)), Grade("待改进", Decimal(0)))


def a_subject(name: str, **facts: object) -> Subject:
    told = {
        "id": 1,
        "key": f"某省/{name}",
        "parent": "某省",
        "name": name,
        "group": "县",
        "region": "某省",
        "url": f"http://{name}.gov.cn/",
        "system": "2025-county",
        "profile": "county",
        "standing": "in",
        "became": "",
        "distorted": False,
    }
    return msgspec.convert({**told, **facts}, Subject)


def of(*pairs: tuple[Subject, Sheet | None], policy: Policy | None = None) -> Judged:
    return Judged(
        subjects=tuple(replace(subject, id=number) for number, (subject, _) in enumerate(pairs)),
        sheets=lambda: [sheet for _, sheet in pairs],
        systems={"2025-county": library.system("2025-county")},
        policy=policy or Policy(),
    )


def read(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def column(folder: Path, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in read(folder, "results")]


def test_an_entry_has_a_row_whatever_became_of_it(tmp_path: Path) -> None:
    shut = a_sheet(0, 100, answered=0, home_ok=False)
    shut = replace(shut, visit=replace(shut.visit, home_failure="closed"), vetoes=())
    write(
        of(
            (a_subject("甲"), a_sheet(50, 80)),
            (a_subject("乙"), a_sheet(0, 100, answered=0, home_ok=False)),
            (a_subject("丙", distorted=True), a_sheet(10, 90)),
            (a_subject("丁"), None),
            (a_subject("戊", url=""), None),
            (a_subject("己", standing="merged", became="某省/甲"), a_sheet(70, 90)),
            (a_subject("庚", standing="gone"), None),
            (a_subject("辛"), shut),
        ),
        tmp_path,
    )
    assert column(tmp_path, "name", "state", "rank", "low", "vetoes", "unranked") == [
        ("甲", "judged", "1", "50", '["V3"]', ""),
        ("乙", "unreachable", "", "0", '["V3"]', "首页未能打开，不排名"),
        ("丙", "distorted", "", "", "[]", "网站拒绝了访问，无法判定，不排名"),
        ("丁", "waiting", "", "", "", "还没有判定"),
        ("戊", "no-site", "", "", "", "没有网站"),
        ("己", "merged", "", "", "", "已并入其他对象"),
        ("庚", "gone", "", "", "", "已撤销"),
        ("辛", "closed", "", "0", "[]", "网站公告已关闭或迁移，不排名；请核实后用 round update 更新名单"),
    ]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (Ties.COMPETITION, ["1", "2", "2", "4"]),
        (Ties.DENSE, ["1", "2", "2", "3"]),
        (Ties.SHARED, ["1", "2–3", "2–3", "4"]),
    ],
)
def test_ranks_come_from_unrounded_points_by_the_tie_policy(tmp_path: Path, ties: Ties, expected: list[str]) -> None:
    sheets = [a_sheet(low, low) for low in (70.0004, 70.0003, 70.0003, 70.0001)]
    pairs = [(a_subject(str(number)), sheet) for number, sheet in enumerate(sheets)]
    write(of(*pairs, policy=Policy(ties=ties, decimals=2)), tmp_path)
    assert [rank for rank, _ in column(tmp_path, "rank", "name")] == expected
    assert {shown for (shown,) in column(tmp_path, "total_low")} == {"70.00"}


def test_ranks_may_come_from_points_as_they_are_shown(tmp_path: Path) -> None:
    pairs = [(a_subject(str(low)), a_sheet(low, low)) for low in (70.04, 70.03, 69.9)]
    write(of(*pairs, policy=Policy(ties=Ties.DENSE, decimals=1, on_rounded=True)), tmp_path)
    assert column(tmp_path, "rank", "total_low") == [("1", "70.0"), ("1", "70.0"), ("2", "69.9")]


def test_groups_systems_and_profiles_are_ranked_apart(tmp_path: Path) -> None:
    write(
        of(
            (a_subject("甲"), a_sheet(50, 50)),
            (a_subject("乙", group="区"), a_sheet(40, 40)),
            (a_subject("丙", profile="other"), a_sheet(30, 30)),
        ),
        tmp_path,
    )
    assert [rank for (rank,) in column(tmp_path, "rank")] == ["1", "1", "1"]


def test_a_subject_of_two_groups_has_a_rank_in_each(tmp_path: Path) -> None:
    twice = [(a_subject("甲", group=group), a_sheet(low, low)) for group, low in (("县", 50), ("数字", 90))]
    write(of((a_subject("乙"), a_sheet(60, 60)), *twice), tmp_path)
    assert column(tmp_path, "name", "group", "rank") == [("乙", "县", "1"), ("甲", "县", "2"), ("甲", "数字", "1")]


def test_below_the_coverage_floor_there_is_no_rank_and_no_place_taken(tmp_path: Path) -> None:
    policy = Policy(coverage_floor=Floor(total=Decimal("0.6")))
    pairs = [(a_subject("甲"), a_sheet(90, 90, answered=59.9)), (a_subject("乙"), a_sheet(50, 50, answered=60.0))]
    write(of(*pairs, policy=policy), tmp_path)
    assert column(tmp_path, "rank", "coverage", "unranked") == [
        ("", "0.5990", "全部指标已有采集值的权重占 59.9%，不足 60%，不排名"),
        ("1", "0.6000", ""),
    ]


def test_a_grade_is_given_only_where_open_checks_cannot_change_it() -> None:
    found = places(
        [Total(1, 86, 99), Total(2, 84, 86), Total.of(3, 84.99999999999999, 84.99999999999999)],
        Ranking(grades=GRADES),
    )
    assert [(found[key].grade, found[key].grade_low, found[key].grade_high) for key in (1, 2, 3)] == [
        ("优秀", "优秀", "优秀"),
        ("", "良好", "优秀"),
        ("优秀", "优秀", "优秀"),
    ]


def test_where_grades_go_in_the_order_of_divisions_no_ranks_are_told() -> None:
    ranking = Ranking(grades=GRADES, order_in_grade=OrderInGrade.DIVISION)
    assert places([Total(1, 86, 99)], ranking) == {1: Place("", 1, 1, "优秀", "优秀")}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=12))
def test_possible_places_enclose_the_rank(spans: list[tuple[int, int]]) -> None:
    totals = [Total(number, min(span), max(span)) for number, span in enumerate(spans)]
    found = places(totals, Ranking(ties=Ties.COMPETITION))
    for total in totals:
        place = found[total.entry]
        others = [other for other in totals if other is not total]
        assert place.best == 1 + sum(other.low > total.high for other in others)
        assert place.worst == 1 + sum(other.high > total.low for other in others)
        assert place.best <= int(place.rank) <= place.worst


def test_the_other_tables_have_a_row_for_each_indicator_check_and_finding(tmp_path: Path) -> None:
    sheet = a_sheet(50, 80, findings=(a_finding("http://a.gov.cn/"), a_finding("http://a.gov.cn/b", "=cmd|'/c'!A1")))
    write(of((a_subject("甲"), sheet)), tmp_path)
    assert [(row["code"], row["level1"], row["low"], row["index"]) for row in read(tmp_path, "indicators")] == [
        ("1", "信息发布", "50", "")
    ]
    assert [(row["check"], row["outcome"], row["value"], row["answered"]) for row in read(tmp_path, "checks")] == [
        ("1-1", "partial", "0.5", "true")
    ]
    found = read(tmp_path, "findings")
    assert [(row["page"], row["excerpt"], row["confirmed"]) for row in found] == [
        ("http://a.gov.cn/", "坏链", ""),
        ("http://a.gov.cn/b", "'=cmd|'/c'!A1", ""),
    ]
    assert "404" in found[0]["sentence"]
    assert json.loads(found[1]["data"]) == {"status": 404, "text": "=cmd|'/c'!A1"}


def test_the_sums_fit_the_files_and_the_hash_needs_none(tmp_path: Path) -> None:
    tables = of((a_subject("甲"), a_sheet(50, 80)), (a_subject("乙"), None))
    written = write(tables, tmp_path)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("OK")) == (0, 4)
    assert write(tables, None) == written
    assert written.sha256 == hashlib.sha256((tmp_path / "SHA256SUMS").read_bytes()).hexdigest()


@pytest.mark.parametrize("form", list(Format))
def test_every_format_gives_the_same_bytes_again(tmp_path: Path, form: Format) -> None:
    tables = of((a_subject("甲"), a_sheet(50, 80, findings=(a_finding("http://a.gov.cn/"),))))
    one, other = write(tables, tmp_path / "1", form), write(tables, tmp_path / "2", form)
    assert one == other
    assert sorted(one.files) == sorted(f"{name}.{form}" for name in ("results", "indicators", "checks", "findings"))


def test_a_workbook_and_json_hold_numbers_as_numbers_and_texts_as_texts(tmp_path: Path) -> None:
    tables = of((a_subject("=甲"), a_sheet(50.5, 80)), (a_subject("乙", url=""), None))
    write(tables, tmp_path, Format.XLSX)
    write(tables, tmp_path, Format.JSON)
    sheet = openpyxl.load_workbook(tmp_path / "results.xlsx")["results"]
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    assert (first["name"], first["low"], first["home_ok"], sheet[2][1].data_type) == ("=甲", 50.5, True, "s")
    rows = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert [(row["name"], row["low"], row["home_ok"]) for row in rows] == [("=甲", 50.5, True), ("乙", None, None)]
    assert json.loads((tmp_path / "findings.json").read_text(encoding="utf-8")) == []


def test_a_sheet_comes_out_as_it_was_kept() -> None:
    sheet = a_sheet(50.1, 80.2, findings=(a_finding("http://a.gov.cn/"),))
    assert unpacked(packed(sheet).body) == sheet


def test_a_judgement_that_another_one_replaces_stays_as_history() -> None:
    round_ = a_round()
    rounds.add(round_, [line("甲县", "http://a.gov.cn/")])
    entry = Entry.objects.get()
    assert judgements.record(entry.id, sheets.packed(a_sheet(50.0, 80.0)), "采集")
    assert not judgements.record(entry.id, sheets.packed(a_sheet(50.0, 80.0)), "采集")
    assert judgements.record(entry.id, sheets.packed(a_sheet(60.0, 80.0)), "重新判定")
    assert list(Judgement.objects.order_by("number").values_list("number", "current", "cause", "low")) == [
        (1, False, "采集", "50.0"),
        (2, True, "重新判定", "60.0"),
    ]


def test_rows_go_by_group_and_key_whatever_the_database_thinks_of_signs(tmp_path: Path) -> None:
    round_ = a_round()
    names = ["乙县", "a县", "B县", "甲县", "é县"]
    rounds.add(round_, [line(name, f"http://x{number}.gov.cn/") for number, name in enumerate(names)])
    write(judged(round_), tmp_path)
    assert [name for (name,) in column(tmp_path, "name")] == sorted(names)


def test_tables_of_thousands_cost_few_queries() -> None:
    def queries(slug: str, count: int) -> int:
        round_ = rounds.create(slug, "", rules="inspection-2019", as_of=DAY, settings={})
        rounds.add(round_, [line(f"{number}县", f"http://{slug}{number}.gov.cn/") for number in range(count)])
        body = packed(a_sheet(50, 80)).body
        Judgement.objects.bulk_create(
            Judgement(entry=entry, number=1, cause="", low="50.0", high="80.0", digest="", body=body)
            for entry in round_.entries.all()
        )
        with CaptureQueriesContext(connection) as counted:
            write(judged(round_), None)
        return len(counted)

    assert queries("b", 1000) - queries("a", 10) == 4
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ('{"ties": "random"}', "policy.ties"),
        ('{"decimals": 9}', "0 至 6"),
        ('{"coverage_floor": {"total": 2}}', "不在 0 至 1 之间"),
        ('{"grades": [{"name": "低", "at_least": 0}, {"name": "高", "at_least": 90}]}', "从最高的等次"),
        ('{"fairness": 1}', "fairness"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused_before_the_round_begins(policy: str, said: str) -> None:
    with pytest.raises(Unusable, match=said):
        settings_of(f'{{"policy": {policy}}}')


def test_lists_and_objects_are_nested_in_json(tmp_path: Path) -> None:
    sheet = a_sheet(50, 80, findings=(a_finding("http://a.gov.cn/"),))
    write(of((a_subject("甲"), sheet)), tmp_path, Format.JSON)
    results, found = (
        json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8")) for name in ("results", "findings")
    )
    assert results[0]["vetoes"] == ["V3"]
    assert found[0]["data"]["status"] == 404


def test_a_policy_given_as_json_is_exact() -> None:
    given_ = settings_of('{"policy": {"coverage_floor": {"total": 0.6}, "ties": "dense"}}')
    assert checked(given_).policy == Policy(ties=Ties.DENSE, coverage_floor=Floor(total=Decimal("0.6")))
