"""The tables of a round take from a week of probes whether a home page opens, and stay as they were frozen."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from scored import judged as judge_entry

from govgauge.office.domain import answers, freezing, probing, rounds
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.answers import Said
from govgauge.office.models import AnswerSource, Entry, InputKind, Round, SiteDay, Watch
from govgauge.office.queries.judged import judged, tables_hash
from govgauge.office.tables.writing import write
from govgauge.systems import library

LAST = date(2025, 11, 30)
OPENS = next(check.id for check in library.system("2025-county").checks() if check.audit == "site-unreachable")


def a_watched_entry(failed: int, probes: int = 24, name: str = "甲县") -> Entry:
    """An entry whose visit found the home page open, and whose probes failed so often on each day of a week."""
    round_ = Round.objects.filter(slug="r").first() or rounds.create(
        "r", "", rules="inspection-2019", as_of=LAST, settings={}
    )
    entry = Entry.objects.create(
        round=round_, key=name, name=name, url=f"http://{name}.gov.cn/", system="2025-county", profile="county"
    )
    sheet = judge_entry(entry, {OPENS: "1"})
    assert sheet.total.low > 0
    probing.watched(round_)
    watch = Watch.objects.get(url=entry.url)
    SiteDay.objects.bulk_create(
        SiteDay(
            watch=watch,
            day=LAST - timedelta(days=number),
            probes=probes,
            failed=failed,
            **dict.fromkeys(("blocked", "unclear", "ours", "crowded", "median", "p95"), 0),
            kinds={"timed-out": failed} if failed else {},
        )
        for number in range(7)
    )
    return entry


def rows(round_: Round, folder: Path, table: str) -> dict[str, dict[str, str]]:
    write(judged(round_), folder)
    with (folder / f"{table}.csv").open(encoding="utf-8") as file:
        return {row["name"]: row for row in csv.DictReader(file) if row.get("check", OPENS) == OPENS}


def test_a_week_of_failures_counts_for_more_than_a_visit_that_found_it_open(tmp_path: Path) -> None:
    entry = a_watched_entry(failed=2)
    check = rows(entry.round, tmp_path, "checks")["甲县"]
    assert (check["outcome"], check["value"], check["source"]) == ("fail", "0", "monitor")
    assert check["reason"] == "2025-11-24 至 2025-11-30 监测 168 次，14 次未打开。"


def test_a_thin_week_leaves_the_visit_its_word(tmp_path: Path) -> None:
    entry = a_watched_entry(failed=2, probes=19)
    check = rows(entry.round, tmp_path, "checks")["甲县"]
    assert (check["outcome"], check["source"]) == ("pass", "audit:x@1")


def test_the_veto_of_the_probes_stands_in_the_tables(tmp_path: Path) -> None:
    entry = a_watched_entry(failed=2)
    a_watched_entry(failed=0, name="乙县")
    found = rows(entry.round, tmp_path, "results")
    assert (found["甲县"]["vetoes"], found["乙县"]["vetoes"]) == ('["V2"]', "[]")


def test_people_have_the_last_word(tmp_path: Path) -> None:
    entry = a_watched_entry(failed=2)
    said = Said(value=Decimal(1), source=AnswerSource.OBJECTION, reason="机房搬迁已公告")
    answers.accept(PROGRAM, entry, OPENS, "x", said)
    check = rows(entry.round, tmp_path, "checks")["甲县"]
    assert (check["outcome"], check["source"]) == ("pass", "person:objection")


def test_what_is_watched_after_freezing_changes_no_table() -> None:
    entry = a_watched_entry(failed=0)
    before = tables_hash(entry.round)
    SiteDay.objects.update(failed=1)
    watched = tables_hash(entry.round)
    assert watched != before
    rounds.freeze(entry.round)
    kept = freezing.kept(entry.round)
    assert InputKind.AVAILABILITY in {kind for kind, _ in kept}
    SiteDay.objects.update(failed=5)
    assert tables_hash(entry.round) == watched
    assert freezing.differences(entry.round) == []
    assert freezing.damaged(entry.round) == []
