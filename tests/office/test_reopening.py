"""An accepted answer is reopened: it leaves lists and tables with its history kept, and its check is answered again."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import fielded
import pytest
from answered import a_batch, a_round, an_entry, assigned, person_of, somebody, submitted
from judged_sheets import a_scored_sheet, a_sheet

from govgauge.errors import Unusable
from govgauge.office import sheets
from govgauge.office.check_work import works
from govgauge.office.domain import (
    adjudicating,
    codings,
    double_coding,
    field_steps,
    judgements,
    objections,
    reopening,
    reviews,
    rounds,
)
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed, acting_as
from govgauge.office.domain.answers import confirm
from govgauge.office.domain.stages import today
from govgauge.office.models import (
    Answer,
    AnswerSource,
    Assignment,
    Change,
    Coding,
    Dispute,
    Entry,
    FieldState,
    FieldStepKind,
    FieldTest,
    Judgement,
    Notice,
    Part,
    Result,
    Role,
    RoleKind,
    Round,
)
from govgauge.office.queries import blindness
from govgauge.office.queries.accepted import accepted
from govgauge.office.queries.answer_lists import AnswerSieve, answers
from govgauge.office.queries.judged import judged
from govgauge.office.tables.writing import write

MANUAL = next(work.check for work in works("2025-county", "county") if work.method == "manual")
DAY = date(2025, 11, 30)
WHY = "栏目其实有内容，请重新核对"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Rows are locked by different means."""
    return str(request.param)


def judged_entry(round_: Round, name: str = "甲县") -> Entry:
    entry = an_entry(round_, name)
    facts = {"home_ok": True, "pages": 9, "findings": 0, "low": 0, "high": 0, "answered": 0, "digest": "0" * 64}
    Result.objects.create(entry=entry, evidence="e", **facts)
    judgements.record(entry.id, sheets.packed(a_scored_sheet({})), "测试")
    return entry


def accepted_answer(entry: Entry, value: str = "0.5") -> tuple[Answer, Coding, Acting]:
    """An answer of one collector that a reviewer has accepted."""
    collector = somebody(RoleKind.COLLECTOR)
    coding = submitted(
        assigned(a_batch(entry.round), entry, person_of(collector), check=MANUAL), value, "见首页，没有更新"
    )
    reviews.accept(somebody(RoleKind.REVIEWER), coding, coding.version)
    return Answer.objects.get(), coding, collector


def line_of(folder: Path, check: str) -> dict[str, str]:
    with (folder / "checks.csv").open(encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["check"] == check)


def test_an_accepted_answer_is_in_the_tables_and_gone_after_it_was_reopened(tmp_path: Path) -> None:
    round_ = a_round()
    entry = judged_entry(round_)
    write(judged(round_), tmp_path / "before")
    low, high = Judgement.objects.values_list("low", "high").get(entry=entry, current=True)
    answer, coding, collector = accepted_answer(entry)
    write(judged(round_), tmp_path / "accepted")
    told = line_of(tmp_path / "accepted", MANUAL)
    assert (told["value"], told["answered"], told["source"]) == ("0.5", "true", "person:coding")
    assert answers(round_, AnswerSieve()).count() == 1

    reopening.reopen(somebody(RoleKind.ADJUDICATOR), answer, answer.version, WHY)
    write(judged(round_), tmp_path / "reopened")
    assert line_of(tmp_path / "reopened", MANUAL) == line_of(tmp_path / "before", MANUAL)
    tables = sorted(one.name for one in (tmp_path / "before").glob("*.csv"))
    for name in tables:
        assert (tmp_path / "reopened" / name).read_bytes() == (tmp_path / "before" / name).read_bytes(), name
    assert Judgement.objects.values_list("low", "high").get(entry=entry, current=True) == (low, high)
    assert answers(round_, AnswerSieve()).count() == 0
    assert accepted([entry.id], DAY) == {}

    draft = codings.Draft(value=Decimal(1), justification="已核对，有内容", confidence="sure")
    coding = codings.save(collector, coding.assignment, coding.version, draft)
    coding = codings.submit(collector, coding.assignment, coding.version)
    reviews.accept(somebody(RoleKind.REVIEWER), coding, coding.version)
    write(judged(round_), tmp_path / "again")
    assert line_of(tmp_path / "again", MANUAL)["value"] == "1"


def test_it_is_told_to_its_coder_and_kept_with_its_history() -> None:
    entry = judged_entry(a_round())
    answer, coding, collector = accepted_answer(entry)
    office = somebody(RoleKind.ADMINISTRATOR)
    (task,) = reopening.reopen(office, answer, answer.version, WHY)
    assert (task.id, task.state) == (coding.assignment_id, "returned")
    steps = Answer.objects.get().steps.order_by("number").values_list("number", "holds", "value", "reason", "by")
    assert list(steps)[1] == (2, False, Decimal("0.5"), WHY, person_of(office).id)
    assert list(coding.steps.order_by("id").values_list("kind", flat=True))[-2:] == ["accepted", "reopened"]
    assert Notice.objects.values_list("person", "event").get() == (person_of(collector).id, "answer-reopened")
    change = Change.objects.get(verb="answer.reopen")
    assert (change.reason, change.before["holds"], change.after["holds"]) == (WHY, True, False)
    again = codings.submit(collector, task, Coding.objects.get().version)  # the same answer stands by itself
    reviews.accept(somebody(RoleKind.REVIEWER), again, again.version)
    assert Answer.objects.values_list("version", "holds").get() == (3, True)


def test_who_may_not_reopen_is_told_why() -> None:
    entry = judged_entry(a_round())
    answer, coding, collector = accepted_answer(entry)
    office = somebody(RoleKind.ADJUDICATOR)
    for kind in (RoleKind.REVIEWER, RoleKind.COLLECTOR, RoleKind.OBSERVER, RoleKind.EXPERT):
        with pytest.raises(NotAllowed):
            reopening.reopen(somebody(kind), answer, 1, WHY)
    Role.objects.create(person=person_of(collector), kind=RoleKind.ADJUDICATOR)
    with pytest.raises(NotAllowed, match="自己采集"):
        reopening.reopen(acting_as(person_of(collector)), answer, 1, WHY)
    for seen, reason, told in ((1, " ", "写明理由"), (1, "长" * 1001, "请缩短"), (2, WHY, "又有变化")):
        with pytest.raises(Unusable, match=told):
            reopening.reopen(office, answer, seen, reason)
    reopening.reopen(office, answer, 1, WHY)
    with pytest.raises(Unusable, match="已经重新打开"):
        reopening.reopen(office, answer, 2, WHY)
    assert coding.assignment.entry_id == entry.id


def test_nothing_is_reopened_in_a_frozen_round_or_beside_an_objection() -> None:
    round_ = a_round()
    entry = judged_entry(round_)
    answer, _coding, _collector = accepted_answer(entry)
    office = somebody(RoleKind.ADMINISTRATOR)
    objections.set_period(PROGRAM, round_, today(), today())
    filed = objections.file(somebody(RoleKind.ASSESSED, scope=entry.key), entry, MANUAL, "我县已经公开，请核对一下。")
    with pytest.raises(Unusable, match="等待决定"):
        reopening.reopen(office, answer, 1, WHY)
    body = somebody(RoleKind.ASSESSED, scope=entry.key)
    objections.decide(office, filed, "dismissed", "没有新的证据")
    with pytest.raises(Unusable, match="已经提出过"):
        objections.file(body, entry, MANUAL, "我县已经公开，请再核对一下。")
    reopening.reopen(somebody(RoleKind.ADJUDICATOR), answer, 1, WHY)
    again = objections.file(body, entry, MANUAL, "新的答案出来之后，请核对一下。")
    objections.withdraw(body, again)
    rounds.freeze(round_)
    with pytest.raises(Unusable, match="已冻结"):
        reopening.reopen(office, answer, 2, WHY)


def test_two_coders_may_disagree_again_after_their_answer_was_reopened() -> None:
    entry = judged_entry(a_round())
    batch = a_batch(entry.round)
    one, two = somebody(RoleKind.COLLECTOR), somebody(RoleKind.COLLECTOR)
    first = submitted(assigned(batch, entry, person_of(one), check=MANUAL), "1", "见首页，都有")
    second = submitted(assigned(batch, entry, person_of(two), check=MANUAL, part=Part.SECOND), "0", "见首页，没有")
    double_coding.settle(second)
    adjudicating.decide(somebody(RoleKind.ADJUDICATOR), Dispute.objects.get(), Decimal(1), "见网页上的内容")
    answer = Answer.objects.get()
    assert answer.source == AnswerSource.ADJUDICATION
    tasks = reopening.reopen(somebody(RoleKind.ADJUDICATOR), answer, 1, WHY)
    assert [task.state for task in tasks] == ["returned", "returned"]
    assert blindness.is_hidden(person_of(two), first)
    assert blindness.is_answer_hidden(person_of(two), Answer.objects.get())
    codings.submit(one, first.assignment, Coding.objects.get(id=first.id).version)
    codings.submit(two, second.assignment, Coding.objects.get(id=second.id).version)
    assert Dispute.objects.filter(decided_at=None).count() == 1
    dispute = Dispute.objects.get(decided_at=None)
    adjudicating.decide(somebody(RoleKind.ADJUDICATOR), dispute, Decimal(0), "第二次看过了，没有内容")
    answer.refresh_from_db()
    assert (answer.value, answer.holds, answer.version) == (0, True, 3)


def test_the_work_of_who_has_left_goes_to_somebody_else() -> None:
    entry = judged_entry(a_round())
    answer, coding, leaver = accepted_answer(entry)
    Role.objects.filter(person=leaver.person).update(ended_at="2025-11-30T00:00:00Z")
    other = somebody(RoleKind.COLLECTOR)
    (task,) = reopening.reopen(somebody(RoleKind.ADMINISTRATOR), answer, 1, WHY)
    assert task.person == other.person
    assert Notice.objects.get().person == other.person
    assert codings.submit(other, task, Coding.objects.get(id=coding.id).version)


def test_nobody_is_asked_again_about_an_entry_that_has_left() -> None:
    entry = judged_entry(a_round())
    answer, coding, _collector = accepted_answer(entry)
    Entry.objects.update(url="")
    assert reopening.reopen(somebody(RoleKind.ADMINISTRATOR), answer, 1, WHY) == []
    assert Assignment.objects.get(id=coding.assignment_id).state == "dropped"
    assert Notice.objects.count() == 0


def test_what_the_program_proposed_waits_to_be_confirmed_again() -> None:
    entry = an_entry(a_round(), "甲县")
    judgements.record(entry.id, sheets.packed(a_sheet(40.0, 60.0)), "采集")
    reviewer = somebody(RoleKind.REVIEWER)
    answer = confirm(reviewer, entry, "1-1")
    assert reopening.reopen(somebody(RoleKind.ADMINISTRATOR), answer, 1, WHY) == []
    assert confirm(reviewer, entry, "1-1").version == 3


def test_the_closing_of_a_field_test_behind_an_accepted_answer_is_struck_once_that_is_reopened() -> None:
    collector = somebody(RoleKind.COLLECTOR)
    test = fielded.told(fielded.a_test(acting=collector), FieldStepKind.SENT, fielded.ago(60))
    test = fielded.told(test, FieldStepKind.ANSWERED, fielded.ago(50))
    test = fielded.told(test, FieldStepKind.GRADED, fielded.ago(0), grade="4", note="见答复全文")
    test = field_steps.close(collector, test, test.version)
    coding = codings.submit(collector, test.assignment, Coding.objects.get().version)
    reviews.accept(somebody(RoleKind.REVIEWER), coding, coding.version)
    closing = test.steps.get(kind=FieldStepKind.CLOSED)
    with pytest.raises(Unusable, match="重新打开那个答案"):
        field_steps.strike(PROGRAM, test, test.version, closing.pk, "日期抄错了")
    Role.objects.filter(person=collector.person).update(ended_at="2025-11-30T00:00:00Z")
    other = somebody(RoleKind.COLLECTOR)
    reopening.reopen(somebody(RoleKind.ADMINISTRATOR), Answer.objects.get(), 1, "答复日期抄错了")
    struck = field_steps.strike(PROGRAM, test, test.version, closing.pk, "日期抄错了")
    assert (struck.state, struck.person) == (FieldState.GRADED, other.person)
    with pytest.raises(Unusable, match="实测"):
        codings.submit(other, coding.assignment, Coding.objects.get().version)
    assert FieldTest.objects.get().value is None
