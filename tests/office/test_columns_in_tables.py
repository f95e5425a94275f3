"""The tables and warnings of a round take from daily looks at columns which are stale, and stay as they were frozen."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from scored import judged as judge_entry

from govgauge.office.domain import freezing, judgements, rounds
from govgauge.office.models import ColumnDay, Entry, Finding, InputKind, Judgement, Result, Round, Visit
from govgauge.office.queries.judged import judged, tables_hash
from govgauge.office.queries.warnings import warnings
from govgauge.office.sheets import Found, ResultLine, VetoLine, packed, unpacked
from govgauge.outcomes import Outcome

VISITED = datetime(2025, 11, 20, 4, 0, tzinfo=UTC)
FIRST = date(2025, 11, 25)
HOME = "http://a.gov.cn/"


@pytest.fixture
def entry() -> Entry:
    """An entry that was visited on 20 November, when nothing was found."""
    round_ = rounds.create("r", "", rules="inspection-2019", as_of=date(2025, 11, 30), settings={})
    made = Entry.objects.create(round=round_, key="甲县", name="甲县", url=HOME, system="2025-county", profile="county")
    judge_entry(made, {})
    Visit.objects.create(
        entry=made,
        number=1,
        task="assess",
        evidence="e",
        program="p",
        started_at=VISITED,
        ended_at=VISITED,
        home_ok=True,
        pages=9,
        findings=0,
        low=0,
        high=0,
        answered=0,
        digest="0" * 64,
        accepted=True,
    )
    return made


def look(entry: Entry, day: date, state: str, count: int = 5) -> None:
    """A daily look at some columns of notices."""
    ColumnDay.objects.bulk_create(
        ColumnDay(
            entry=entry,
            url=f"{HOME}c{number}/",
            name=f"栏目{number}",
            kind="notice",
            day=day,
            state=state,
            newest=date(2025, 5, 1) if state == "stale" else day,
        )
        for number in range(count)
    )


def found_stale(entry: Entry, count: int = 5) -> None:
    """Let the visit have found some columns stale."""
    kept = Judgement.objects.get(entry=entry, current=True)
    lines = tuple(
        Found(
            audit="column-stale",
            page=f"{HOME}c{number}/",
            target="2025-05-01",
            slug="stale",
            data={"column": f"栏目{number}", "kind": "notice"},
            excerpt="",
        )
        for number in range(count)
    )
    judgements.record(entry.id, packed(msgspec.structs.replace(unpacked(kept.body), findings=lines)), "测试")
    Finding.objects.bulk_create(
        Finding(
            entry=entry,
            identity=f"{number:016d}",
            audit=line.audit,
            page=line.page,
            target=line.target,
            slug=line.slug,
            data=line.data,
            first_seen=VISITED,
            last_seen=VISITED,
            first_visit=1,
            last_visit=1,
        )
        for number, line in enumerate(lines)
    )


def vetoes(round_: Round) -> list[str]:
    (sheet,) = judged(round_).whole()
    assert sheet is not None
    return [veto.id for veto in sheet.vetoes if veto.hit == "yes"]


def warned(round_: Round) -> set[str]:
    return {one.rule for one in warnings(round_)}


def test_columns_that_go_stale_after_the_visit_are_a_veto_once_two_days_agree(entry: Entry) -> None:
    look(entry, FIRST, "stale")
    assert (vetoes(entry.round), "V4" in warned(entry.round)) == ([], False)
    look(entry, FIRST + timedelta(days=1), "stale")
    assert vetoes(entry.round) == ["V4"]
    (veto,) = [one for one in warnings(entry.round) if one.rule == "V4"]
    assert (veto.kind, veto.since, veto.confirmed, veto.facts) == ("veto", "2025-11-25", True, {"stale": 5})


def test_fewer_columns_than_the_rule_asks_for_are_none(entry: Entry) -> None:
    for number in range(2):
        look(entry, FIRST + timedelta(days=number), "stale", count=4)
    assert vetoes(entry.round) == []


def test_one_look_that_finds_a_column_updated_clears_it(entry: Entry) -> None:
    found_stale(entry)
    Result.objects.filter(entry=entry).update(rules=[_state()])
    assert "V4" in warned(entry.round)
    look(entry, FIRST, "fresh", count=1)
    assert (vetoes(entry.round), "V4" in warned(entry.round)) == ([], False)


def test_what_a_visit_found_stays_where_nobody_looked_since(entry: Entry) -> None:
    found_stale(entry, count=4)
    for number in range(2):
        ColumnDay.objects.create(
            entry=entry,
            url=f"{HOME}other/",
            name="其他",
            kind="news",
            day=FIRST + timedelta(days=number),
            state="stale",
            newest=date(2025, 10, 1),
        )
    assert vetoes(entry.round) == ["V4"]


def test_looks_at_some_columns_clear_nothing_that_the_visit_could_not_judge(entry: Entry) -> None:
    kept = Judgement.objects.get(entry=entry, current=True)
    blind = ResultLine(audit="column-stale", version=2, outcome=Outcome.NOT_OBSERVABLE, value=None)
    sheet = msgspec.structs.replace(unpacked(kept.body), results=(blind,), vetoes=(VetoLine("V4", "not-observable"),))
    judgements.record(entry.id, packed(sheet), "测试")
    look(entry, FIRST, "fresh")
    (whole,) = judged(entry.round).whole()
    assert whole is not None
    assert {veto.id: veto.hit for veto in whole.vetoes}["V4"] == "not-observable"


def test_looks_before_the_visit_say_nothing(entry: Entry) -> None:
    for number in (3, 2):
        look(entry, VISITED.date() - timedelta(days=number), "stale")
    assert vetoes(entry.round) == []


def test_looks_after_freezing_change_no_table(entry: Entry) -> None:
    for number in range(2):
        look(entry, FIRST + timedelta(days=number), "stale")
    before = tables_hash(entry.round)
    rounds.freeze(entry.round)
    assert InputKind.COLUMNS in {kind for kind, _ in freezing.kept(entry.round)}
    look(entry, FIRST + timedelta(days=2), "fresh")
    assert tables_hash(entry.round) == before
    assert vetoes(entry.round) == ["V4"]


def _state() -> dict[str, object]:
    told = {"id": "V4", "title": "栏目不更新", "kind": "veto", "hit": "yes", "sentence": "。", "since": "2025-11-20"}
    return {**told, "facts": {"stale": 5}}
