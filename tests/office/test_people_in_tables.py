"""The tables of a round rest on the program's answers and on those of people, the same whenever they are written."""

import csv
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from answered import a_round, an_entry
from judged_sheets import a_scored_sheet

from govgauge.errors import Unusable
from govgauge.office import answered, sheets
from govgauge.office.check_work import works
from govgauge.office.domain import answers, freezing, judgements, rounds
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.answers import Said
from govgauge.office.models import Answer, AnswerSource, Entry, InputKind, Judgement, Result, Round
from govgauge.office.queries.accepted import Accepted
from govgauge.office.queries.answers import answers_of
from govgauge.office.queries.judged import judged, tables_hash
from govgauge.office.sheets import Sheet
from govgauge.office.tables.writing import write
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer as Given
from govgauge.scoring.score import score
from govgauge.scoring.scored_json import scored_json
from govgauge.systems import library

SYSTEM = library.system("2025-county")
MANUAL = next(work.check for work in works("2025-county", "county") if work.method == "manual")
ASSISTED = next(work.check for work in works("2025-county", "county") if work.method == "assisted")
AUTO = next(check.id for check in SYSTEM.checks() if check.method == "auto")


def a_sheet() -> Sheet:
    """What the program says where it has answered one automatic check, and proposes an answer to an assisted one."""
    given = {
        AUTO: Given(outcome=Outcome.PARTIAL, value=Decimal("0.37"), source="audit:x@1"),
        ASSISTED: Given(outcome=Outcome.PASS, value=Decimal(1), source="audit:y@1", confirmed=False),
    }
    return a_scored_sheet(given)


def an_entry_judged(round_: Round, name: str = "甲县") -> Entry:
    entry = an_entry(round_, name)
    Result.objects.create(
        entry=entry, evidence="e", home_ok=True, pages=9, findings=0, low=0, high=0, answered=0, digest="0" * 64
    )
    judgements.record(entry.id, sheets.packed(a_sheet()), "测试")
    return entry


def say(entry: Entry, check: str, value: Decimal | None, source: AnswerSource = AnswerSource.CODING) -> Answer:
    return answers.accept(PROGRAM, entry, check, "x", Said(value=value, source=source, reason="看过了"))


def line_of(folder: Path, check: str) -> dict[str, str]:
    with (folder / "checks.csv").open(encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["check"] == check)


def test_what_nobody_has_answered_leaves_every_byte_as_it_was() -> None:
    sheet = a_sheet()
    assert answered.with_people(sheet, SYSTEM, "county", {}) is sheet
    again = answered.Scores(**{name: getattr(sheet, name) for name in answered.Scores.__struct_fields__})
    scored = score(SYSTEM, "county", answered.answers(SYSTEM, sheet, {}))
    assert msgspec.convert(scored_json(scored), answered.Scores) == again


def test_automatic_answers_stay_and_the_others_come_from_people() -> None:
    entry = an_entry_judged(a_round())
    before = answers_of(entry)
    assert (before[AUTO].value, before[ASSISTED].confirmed) == (Decimal("0.37"), False)
    assert before[MANUAL].is_open
    say(entry, MANUAL, Decimal("0.5"))
    say(entry, ASSISTED, Decimal("0.25"))
    after = answers_of(entry)
    assert after[AUTO] == before[AUTO]
    assert (after[MANUAL].value, after[MANUAL].outcome, after[MANUAL].source) == (
        Decimal("0.5"),
        Outcome.PARTIAL,
        "person:coding",
    )
    assert (after[ASSISTED].value, after[ASSISTED].confirmed) == (Decimal("0.25"), True)


def test_what_does_not_apply_gives_its_weight_to_its_neighbours() -> None:
    said = Accepted(check_id=MANUAL, value=None, source="person:coding", confidence=Decimal(1), reason="没有这项职能")
    sheet = answered.with_people(a_sheet(), SYSTEM, "county", {MANUAL: said})
    lines = {line.id: line for one in sheet.indicators for line in one.checks}
    assert (lines[MANUAL].outcome, lines[MANUAL].weight) == (Outcome.NOT_APPLICABLE, 0)
    assert sheet.coverage.weight_total == a_sheet().coverage.weight_total == 110


def test_tables_ranges_and_lists_take_what_people_have_accepted(tmp_path: Path) -> None:
    round_ = a_round()
    entry = an_entry_judged(round_)
    write(judged(round_), tmp_path / "before")
    low, high = Judgement.objects.values_list("low", "high").get(entry=entry, current=True)
    say(entry, MANUAL, Decimal("0.5"))
    write(judged(round_), tmp_path / "after")
    assert line_of(tmp_path / "before", MANUAL)["answered"] == "false"
    told = line_of(tmp_path / "after", MANUAL)
    assert (told["value"], told["answered"], told["source"], told["reason"]) == (
        "0.5",
        "true",
        "person:coding",
        "看过了",
    )
    now = Judgement.objects.get(entry=entry, current=True)
    assert float(now.low) > float(low)
    assert float(now.high) < float(high)
    assert sheets.unpacked(now.body) == a_sheet()
    result = Result.objects.get(entry=entry)
    assert float(result.low) == pytest.approx(float(now.low), abs=1e-5)


def test_freezing_fixes_the_answers_also_of_a_round_whose_inputs_were_frozen_before() -> None:
    round_ = a_round()
    entry = an_entry_judged(round_)
    early = freezing.freeze_inputs(round_)
    say(entry, MANUAL, Decimal("0.5"))
    assert freezing.differences(round_) == []
    frozen = rounds.freeze(round_)
    assert frozen != early
    assert (InputKind.ANSWERS, "all") in freezing.kept(round_)
    assert freezing.damaged(round_) == []
    tables = tables_hash(round_)
    assert tables_hash(round_) == tables
    with pytest.raises(Unusable, match="已冻结"):
        say(entry, MANUAL, Decimal(1))
    Answer.objects.filter(entry=entry).update(value=Decimal(1))
    (told,) = freezing.differences(round_)
    assert "某省/甲县 的答案" in told.said()
    assert tables_hash(round_) != tables
