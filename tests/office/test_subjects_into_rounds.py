"""Subjects coming into a round from lists, and what changes about them while it is under way."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rounds_of_sites import took

from govgauge.errors import Unusable
from govgauge.office.domain import entries, jobs, rounds, updating
from govgauge.office.lines import Line, Offer
from govgauge.office.models import ChangeKind, Entry, EntryChange, Job, JobState, Round, Standing
from govgauge.office.roster_lines import Choice, offer_of
from govgauge.subjects import library
from govgauge.subjects.tables.importing import read_table

DAY = date(2025, 11, 30)
HEAD = "名称,上级,级别,类型,组,地区,设立,撤销,前身,渠道,地址,启用,停用"


def a_round(**settings: object) -> Round:
    return rounds.create("r", "", rules="inspection-2019", as_of=DAY, settings=settings)


def a_table(folder: Path, *rows: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def offered(path: Path, day: date = DAY, **choice: object) -> Offer:
    imported = read_table(path, groups=library.roster("2025").groups)
    return offer_of(imported.roster, day, Choice(**choice), imported.row_of)


def line(name: str, url: str, number: int = 2, **others: str) -> Line:
    facts = {"parent": "某省", "group": "县", "system": "2025-county", "profile": "", **others}
    return Line(number=number, name=name, url=url, **facts)


def govgauge(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govgauge", "round", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_group_of_the_library_comes_in_with_its_system_and_its_paths() -> None:
    offer = offer_of(library.roster("2025"), DAY, Choice(groups=("county",), region="陕西省"), {})
    added = entries.add(a_round(), offer.lines)
    assert (added.count, added.without_site, added.refused) == (14, 14, ())
    entry = Entry.objects.get(name="碑林区")
    assert (entry.key, entry.parent, entry.group, entry.region) == (
        "陕西省/西安市/碑林区",
        "陕西省/西安市",
        "county",
        "陕西省",
    )
    assert (entry.system, entry.profile, entry.url) == ("2025-county", "county", "")
    assert not Job.objects.exists()


def test_every_subject_of_2025_comes_in_by_its_groups() -> None:
    offer = offer_of(library.roster("2025"), DAY, Choice(groups=("ministry", "local", "zone")), {})
    assert offer.refused == ()
    assert entries.add(a_round(), offer.lines).count == 1249


def test_the_whole_list_of_2025_comes_in_with_the_66_bodies_that_two_systems_assess() -> None:
    offer = offer_of(library.roster("2025"), DAY, Choice(), {})
    assert offer.refused == ()
    added = entries.add(a_round(), offer.lines)
    assert (added.count, added.also, added.refused) == (1249 + 66, 2 * 66, ())
    beijing = Entry.objects.filter(key="北京市").order_by("system")
    assert list(beijing.values_list("group", "system", "profile")) == [
        ("digital-province", "2025-digital-government", "digital-government"),
        ("municipality", "2025-municipality", "municipality"),
    ]


def test_the_second_of_two_groups_adds_entries_and_changes_none() -> None:
    round_, roster = a_round(), library.roster("2025")
    first = entries.add(round_, offer_of(roster, DAY, Choice(groups=("province",)), {}).lines)
    second = entries.add(round_, offer_of(roster, DAY, Choice(groups=("digital-province",)), {}).lines)
    assert (first.count, first.also) == (28, 0)
    assert (second.count, second.also, second.changed, second.refused) == (32, 28, (), ())
    everybody = updating.compare(round_, offer_of(roster, DAY, Choice(), {}))
    assert (everybody.changes, everybody.refused) == ((), ())


def test_a_site_assessed_by_two_systems_moves_in_both_entries_and_is_told_for_each() -> None:
    round_ = a_round()
    digital = {"group": "数字", "system": "2025-digital-government"}
    entries.add(round_, [line("甲市", "http://jia.gov.cn/"), line("甲市", "http://jia.gov.cn/", 3, **digital)])
    moved = (line("甲市", "http://www.jia.gov.cn/"), line("甲市", "http://www.jia.gov.cn/", 3, **digital))
    found = updating.compare(round_, Offer(lines=moved))
    assert [change.sentence(found.names) for change in found.changes] == [
        "“某省/甲市（2025-county）”网站换了地址：http://jia.gov.cn/ → http://www.jia.gov.cn/",
        "“某省/甲市（2025-digital-government）”网站换了地址：http://jia.gov.cn/ → http://www.jia.gov.cn/",
    ]
    updating.apply(round_, found.changes)
    assert set(Entry.objects.values_list("url", flat=True)) == {"http://www.jia.gov.cn/"}
    assert updating.compare(round_, Offer(lines=moved)).changes == ()


def test_a_merged_and_a_renamed_body_change_in_every_system() -> None:
    round_ = a_round()
    digital = {"group": "数字", "system": "2025-digital-government"}
    entries.add(round_, [line(name, "", **others) for name in ("甲市", "乙市") for others in ({}, digital)])
    gone = {"某省/甲市": ("某省/丙市",), "某省/乙市": ("某省/丁区", "某省/戊区")}
    lines = tuple(line("丙市", "", before=("某省/甲市",), **others) for others in ({}, digital))
    updating.apply(round_, updating.compare(round_, Offer(lines=lines, gone=gone)).changes)
    assert sorted(Entry.objects.values_list("key", "system", "standing")) == [
        ("某省/丙市", "2025-county", Standing.IN),
        ("某省/丙市", "2025-digital-government", Standing.IN),
        ("某省/乙市", "2025-county", Standing.MERGED),
        ("某省/乙市", "2025-digital-government", Standing.MERGED),
    ]


def test_where_a_subject_has_one_entry_another_system_in_the_list_is_a_change() -> None:
    round_ = a_round()
    entries.add(round_, [line("甲市", "")])
    found = updating.compare(round_, Offer(lines=(line("甲市", "", system="2025-city"),)))
    assert [(change.kind, change.before, change.after) for change in found.changes] == [
        (ChangeKind.SCORED_BY, "2025-county county", "2025-city city")
    ]
    updating.apply(round_, found.changes)
    assert list(Entry.objects.values_list("system", "profile")) == [("2025-city", "city")]


def test_a_name_listed_twice_is_refused_each_time() -> None:
    round_ = a_round()
    lines = [line("甲县", "http://a.gov.cn/", 2), line("甲县", "http://b.gov.cn/", 3)]
    refused = ("第 3 行：“某省/甲县”在第 2 行已列出，请删去一行或写明上级。",)
    first, second = entries.add(round_, lines), entries.add(round_, lines)
    assert (first.count, first.refused, first.changed) == (1, refused, ())
    assert (second.count, second.unchanged, second.refused, second.changed) == (0, 1, refused, ())
    found = updating.compare(round_, Offer(lines=tuple(lines)))
    assert (found.changes, found.refused) == ((), refused)


def test_a_table_tells_the_site_of_the_day_and_bodies_that_only_stand_above(tmp_path: Path) -> None:
    path = a_table(
        tmp_path,
        "某省,,省级,省,,某省,,,,,,,",
        "甲县,某省,县级,县,county,某省,,,,网站,http://old.jia.gov.cn/,,2025-10-01",
        "甲县,某省,,,,,,,,网站,http://new.jia.gov.cn/,2025-10-01,",
        "乙县,某省,县级,县,county,某省,,2025-06-01,,网站,http://www.yi.gov.cn/,,",
        "丙县,某省,县级,县,county,某省,,,,,,,",
        "丁县,某省,县级,县,,某省,,,,,,,",
    )
    offer = offered(path)
    assert [(one.key, one.url, one.number) for one in offer.lines] == [
        ("某省/甲县", "http://new.jia.gov.cn/", 3),
        ("某省/丙县", "", 6),
    ]
    assert offer.unassessed == 1
    assert offer.refused == ("第 7 行：没有组，不知道用哪个指标体系；请写明它的组，或用 --system 指定。",)
    assert offered(path, date(2025, 5, 1)).lines[0].url == "http://old.jia.gov.cn/"


def test_a_table_without_groups_is_scored_by_the_system_given(tmp_path: Path) -> None:
    path = a_table(tmp_path, "甲县,,县级,县,,,,,,网站,http://www.jia.gov.cn/,,")
    offer = offered(path, system="2025-county")
    assert [(one.system, one.group) for one in offer.lines] == [("2025-county", "")]
    assert entries.add(a_round(), offer.lines).count == 1


def test_twelve_hundred_good_rows_come_in_beside_three_bad_ones(tmp_path: Path) -> None:
    rows = [f"第{number}县,,县级,县,county,,,,,网站,http://x{number}.gov.cn/,," for number in range(1203)]
    rows[100] = "第100县,,县级,县,county,,,,,网站,ftp://x/,,"
    rows[700] = "第700县,,县级,县,county,,,2025-13-01,,,,,"
    rows[1100] = "第1099县,,县级,县,county,,,,,网站,http://x1100.gov.cn/,,2020-01-01,"
    path = a_table(tmp_path, *rows)
    assert govgauge("new", "r", "--as-of", "2025-11-30").returncode == 0
    refused = govgauge("add", "r", path, "--groups", "2025", "--strict")
    assert (refused.returncode, refused.stderr.count("第 ")) == (2, 3)
    assert not Entry.objects.exists()
    added = govgauge("add", "r", path, "--groups", "2025", "--json")
    told = json.loads(added.stdout)
    assert (added.returncode, told["added"]) == (1, 1200)
    assert [sentence.split(" ")[1].partition("行")[0] for sentence in told["refused"]] == ["102", "702", "1102"]


def test_the_same_list_again_adds_nothing_and_refuses_nothing() -> None:
    round_ = a_round()
    lines = [line("甲县", "http://a.gov.cn/"), line("乙县", "")]
    entries.add(round_, lines)
    again = entries.add(round_, lines)
    assert (again.count, again.unchanged, again.refused, again.changed) == (0, 2, (), ())
    moved = entries.add(round_, [line("甲县", "http://b.gov.cn/", 7)])
    assert moved.changed == (
        "第 7 行：网站由 http://a.gov.cn/ 变为 http://b.gov.cn/；请用 round update 查看并加 --apply 记入。",
    )
    assert Entry.objects.get(name="甲县").url == "http://a.gov.cn/"


def test_two_subjects_with_one_site_are_refused_unless_the_round_allows_it() -> None:
    lines = [line("甲县", "http://www.a.gov.cn/"), line("乙区", "https://www.a.gov.cn/index.html", 3)]
    added = entries.add(a_round(), lines)
    assert (added.count, len(added.refused)) == (1, 1)
    assert added.refused[0].startswith("第 3 行：网站 https://www.a.gov.cn/index.html 已属于“某省/甲县”")
    allowing = rounds.create("s", "", rules="inspection-2019", as_of=DAY, settings={"shared_sites": "allow"})
    assert entries.add(allowing, lines).count == 2


def test_a_subject_without_a_site_has_an_entry_and_no_job() -> None:
    assert entries.add(a_round(), [line("甲县", "")]).without_site == 1
    assert (Entry.objects.count(), Job.objects.count()) == (1, 0)


def test_a_name_that_no_column_holds_is_refused_in_words() -> None:
    added = entries.add(a_round(), [line("甲" * 121, "http://a.gov.cn/"), line("乙县", "http://b.gov.cn/")])
    assert (added.count, added.refused) == (1, ("第 2 行：名称超过 120 字，请缩短。",))


def test_what_is_said_of_columns_is_what_they_hold() -> None:
    fields = {name: Entry._meta.get_field(name).max_length for name in entries.LONGEST}
    assert fields == entries.LONGEST


def test_thousands_of_subjects_cost_no_query_each() -> None:
    def queries(slug: str, count: int) -> int:
        round_ = rounds.create(slug, "", rules="inspection-2019", as_of=DAY, settings={})
        lines = [line(f"{number}县", f"http://{slug}{number}.gov.cn/") for number in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert entries.add(round_, lines).count == count
        return len(counted)

    few, many = queries("a", 10), queries("b", 1000)
    assert many <= few + 2 * (1000 // 50)


@pytest.fixture
def under_way() -> Round:
    """A round with a finished, a waiting and a siteless subject."""
    round_ = a_round()
    lines = [line("甲县", "http://jia.gov.cn/"), line("乙县", "http://yi.gov.cn/"), line("丙县", "")]
    assert entries.add(round_, lines).count == 3
    jobs.done(took("w", "visit"))
    return round_


def test_a_site_that_moved_is_told_and_visited_anew_only_when_that_is_wanted(under_way: Round) -> None:
    offer = Offer(lines=(line("甲县", "http://www.jia.gov.cn/"), line("乙县", "http://www.yi.gov.cn/")))
    found = updating.compare(under_way, offer)
    assert [change.sentence() for change in found.changes] == [
        "“某省/甲县”网站换了地址：http://jia.gov.cn/ → http://www.jia.gov.cn/",
        "“某省/乙县”网站换了地址：http://yi.gov.cn/ → http://www.yi.gov.cn/",
    ]
    assert not EntryChange.objects.exists()
    updating.apply(under_way, found.changes, by="王")
    assert [entry.url for entry in Entry.objects.order_by("id")[:2]] == [
        "http://www.jia.gov.cn/",
        "http://www.yi.gov.cn/",
    ]
    assert list(Job.objects.order_by("id").values_list("entry__name", "task", "state", "host")) == [
        ("甲县", "assess", JobState.DONE, "jia.gov.cn"),
        ("乙县", "assess", JobState.READY, "www.yi.gov.cn"),
        ("甲县", "assess-2", JobState.READY, "www.jia.gov.cn"),
    ]
    row = EntryChange.objects.first()
    assert (row.kind, row.before, row.after, row.by) == (
        ChangeKind.SITE_MOVED,
        "http://jia.gov.cn/",
        "http://www.jia.gov.cn/",
        "王",
    )
    assert updating.compare(under_way, offer).changes == ()


def test_a_site_that_is_being_visited_is_not_moved_meanwhile(under_way: Round) -> None:
    running = took("w", "visit")
    found = updating.compare(under_way, Offer(lines=(line("乙县", "http://www.yi.gov.cn/"),)))
    with pytest.raises(Unusable, match="某省/乙县的网站正在采集"):
        updating.apply(under_way, found.changes)
    jobs.done(running)
    updating.apply(under_way, found.changes)
    assert Entry.objects.get(name="乙县").url == "http://www.yi.gov.cn/"


def test_what_was_planned_for_the_former_site_is_not_done(under_way: Round) -> None:
    entry = Entry.objects.get(name="甲县")
    Job.objects.create(round=under_way, entry=entry, task="confirm", host="jia.gov.cn")
    updating.apply(
        under_way, updating.compare(under_way, Offer(lines=(line("甲县", "http://www.jia.gov.cn/"),))).changes
    )
    assert list(entry.jobs.order_by("id").values_list("task", "state")) == [
        ("assess", JobState.DONE),
        ("confirm", JobState.DONE),
        ("assess-2", JobState.READY),
    ]


def test_a_site_that_moved_to_that_of_another_subject_is_refused(under_way: Round) -> None:
    found = updating.compare(under_way, Offer(lines=(line("甲县", "http://yi.gov.cn/", 5),)))
    assert found.changes == ()
    assert found.refused[0].startswith("第 5 行：网站 http://yi.gov.cn/ 已属于“某省/乙县”")


def test_a_site_found_and_a_site_closed(under_way: Round) -> None:
    found = updating.compare(under_way, Offer(lines=(line("丙县", "http://bing.gov.cn/"), line("乙县", ""))))
    assert [change.kind for change in found.changes] == [ChangeKind.SITE_FOUND, ChangeKind.SITE_CLOSED]
    updating.apply(under_way, found.changes)
    states = dict(Job.objects.values_list("entry__name", "state"))
    assert states == {"甲县": JobState.DONE, "乙县": JobState.DONE, "丙县": JobState.READY}


def test_renamings_mergers_and_ends_are_recorded_with_what_was_before(under_way: Round) -> None:
    gone = {"某省/甲县": ("某省/甲市",), "某省/乙县": ("某省/丁区",), "某省/丙县": ()}
    lines = (
        line("甲市", "http://jia.gov.cn/", before=("某省/甲县",)),
        line("丁区", "http://ding.gov.cn/", before=("某省/乙县", "某省/戊县")),
    )
    found = updating.compare(under_way, Offer(lines=lines, gone=gone))
    assert [(change.key, change.kind, change.after) for change in found.changes] == [
        ("某省/乙县", ChangeKind.MERGED, "某省/丁区"),
        ("某省/丙县", ChangeKind.GONE, ""),
        ("某省/甲县", ChangeKind.RENAMED, "某省/甲市"),
    ]
    assert found.absent == 1
    updating.apply(under_way, found.changes)
    assert list(Entry.objects.order_by("id").values_list("key", "name", "standing", "became")) == [
        ("某省/甲市", "甲市", Standing.IN, ""),
        ("某省/乙县", "乙县", Standing.MERGED, "某省/丁区"),
        ("某省/丙县", "丙县", Standing.GONE, ""),
    ]
    assert not Job.objects.filter(state=JobState.READY).exists()


def test_those_below_a_renamed_body_follow_it() -> None:
    round_ = a_round()
    entries.add(round_, [line("甲县", "", parent="", group="市"), line("子镇", "http://z.gov.cn/", parent="甲县")])
    lines = (
        line("甲市", "", parent="", group="市", before=("甲县",)),
        line("子镇", "http://z.gov.cn/", parent="甲市"),
    )
    found = updating.compare(round_, Offer(lines=lines, gone={"甲县": ("甲市",)}))
    updating.apply(round_, found.changes)
    assert sorted(Entry.objects.values_list("key", "parent")) == [("甲市", ""), ("甲市/子镇", "甲市")]


def test_a_frozen_round_takes_no_changes(under_way: Round) -> None:
    found = updating.compare(under_way, Offer(lines=(line("甲县", "http://www.jia.gov.cn/"),)))
    Round.objects.update(state="frozen")
    with pytest.raises(Unusable, match="已冻结"):
        updating.apply(under_way, found.changes)
    with pytest.raises(Unusable, match="已冻结"):
        entries.add(under_way, [])


def test_the_command_tells_changes_records_them_and_keeps_their_history(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    head = "name,parent,group,url,system,profile\n"
    old.write_text(f"{head}甲县,某省,县,http://a.gov.cn/,2025-county,\n", encoding="utf-8")
    new.write_text(f"{head}甲县,某省,县,http://b.gov.cn/,2025-county,\n", encoding="utf-8")
    assert govgauge("new", "r", "--as-of", "2025-11-30").returncode == 0
    assert govgauge("add", "r", old).returncode == 0
    assert "加 --apply 记入" in govgauge("update", "r", new).stdout
    assert "0 处变化" in govgauge("update", "r").stdout
    assert json.loads(govgauge("update", "r", new, "--apply", "--json").stdout)["applied"] is True
    history = json.loads(govgauge("update", "r", "--json").stdout)["history"]
    assert [(row["kind"], row["before"], row["after"]) for row in history] == [
        ("site-moved", "http://a.gov.cn/", "http://b.gov.cn/")
    ]
    assert "0 处变化" in govgauge("update", "r", new).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["r"], "--list"),
        (["r", "--list", "2024"], "没有名为“2024”的对象名单"),
        (["r", "--list", "2025", "--group", "village"], "没有组“village”"),
        (["r", "--list", "2025", "--profile", "county"], "--profile 要与 --system 一起用"),
    ],
)
def test_unusable_choices_are_said(arguments: list[str], said: str) -> None:
    govgauge("new", "r", "--as-of", "2025-11-30")
    done = govgauge("add", *arguments)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False)
