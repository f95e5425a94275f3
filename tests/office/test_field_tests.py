"""Field tests: planned with care, stepped through, due by working days, worth what dates and grade say."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from answered import a_batch, a_round, an_entry, assigned, person_of, somebody
from django.utils import timezone
from fielded import CHECK, SENT, a_script, a_test, ago, planned, told
from hypothesis import given
from hypothesis import strategies as some

from govgauge.errors import Unusable
from govgauge.office.domain import codings, field_scripts, field_steps, field_tests
from govgauge.office.domain.acting import PROGRAM, NotAllowed, acting_as
from govgauge.office.domain.field_reminders import remind
from govgauge.office.domain.field_scripts import Script, ScriptClash
from govgauge.office.domain.field_steps import FieldClash
from govgauge.office.field_reckoning import FieldFacts, due, reckon
from govgauge.office.field_rules import rules, said
from govgauge.office.models import (
    Change,
    Coding,
    FieldKind,
    FieldScript,
    FieldState,
    FieldStepKind,
    FieldTest,
    Notice,
    RoleKind,
)
from govgauge.office.workdays import Calendar

RULES, CALENDAR = rules(), Calendar()
DISCLOSURE = FieldKind.DISCLOSURE
START = date(2025, 9, 15)
DUE = date(2025, 10, 17)
"""Twenty working days after START: the National Day holidays lie between, and two days worked in their place."""


def facts(**more: object) -> FieldFacts:
    return FieldFacts(**{"kind": DISCLOSURE, "sent": START, **more})  # type: ignore[arg-type]


def codes(today: date, known: FieldFacts) -> tuple[Decimal | None, list[str]]:
    found = reckon(RULES, CALENDAR, known, today)
    return found.value, [line.code for line in found.lines]


BASE = ["start-sent", "due-workdays"]
WORTH = ["graded", "value"]
END = date(2025, 11, 1)
HALF, AFTER = Decimal("0.5"), DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("known", "today", "value", "lines"),
    [
        (facts(), DUE, None, [*BASE, "waiting"]),
        (facts(), DUE + timedelta(days=1), Decimal(0), [*BASE, "none"]),
        (facts(answered=DUE), DUE, None, [*BASE, "in-time", "ungraded"]),
        (facts(answered=DUE, grade="3"), DUE, Decimal("0.75"), [*BASE, "in-time", *WORTH]),
        (facts(answered=date(2025, 10, 24), grade="4"), END, HALF, [*BASE, "late", *WORTH]),
        (facts(answered=date(2025, 10, 18), grade="4"), END, HALF, [*BASE, "late", *WORTH]),
        (facts(answered=date(2025, 10, 27), grade="4"), END, Decimal(0), [*BASE, "too-late"]),
        (facts(received=date(2025, 9, 16)), date(2025, 10, 20), None, ["start-received", "due-workdays", "waiting"]),
        (facts(extended=(DUE, 20)), DUE + timedelta(days=1), None, [*BASE, "extended", "waiting"]),
        (facts(extended=(AFTER, 20)), AFTER, Decimal(0), [*BASE, "extended-too-late", "none"]),
    ],
)  # fmt: skip
def test_the_value_follows_from_dates_and_grade(
    known: FieldFacts, today: date, value: Decimal | None, lines: list[str]
) -> None:
    assert codes(today, known) == (value, lines)


def test_an_enquiry_has_three_months_or_what_the_round_has_settled() -> None:
    asked = facts(kind=FieldKind.ENQUIRY)
    assert due(RULES, CALENDAR, asked).day == date(2025, 12, 15)  # type: ignore[union-attr]
    settled = facts(kind=FieldKind.ENQUIRY, enquiry_workdays=5)
    assert due(RULES, CALENDAR, settled).day == date(2025, 9, 22)  # type: ignore[union-attr]


def test_every_sentence_of_a_reckoning_can_be_said_in_both_languages() -> None:
    known = facts(extended=(DUE, 5), answered=date(2025, 10, 30), grade="2")
    for language in ("zh", "en"):
        for line in reckon(RULES, CALENDAR, known, date(2025, 11, 1)).lines:
            assert "{" not in said(line, language)


@given(some.dates(date(2020, 1, 1), date(2026, 6, 1)), some.integers(0, 200), some.sampled_from("01234"))
def test_a_value_is_a_share_never_said_before_its_time_and_never_better_for_coming_later(
    start: date, days: int, grade: str
) -> None:
    known = facts(sent=start)
    until = due(RULES, CALENDAR, known)
    assert until is not None
    today = start + timedelta(days=days)
    value = reckon(RULES, CALENDAR, known, today).value
    assert (value is None) == (today <= until.day)
    answered = [
        reckon(RULES, CALENDAR, facts(sent=start, answered=today + timedelta(days=more), grade=grade), today).value
        for more in (0, 3)
    ]
    assert all(one is not None and 0 <= one <= 1 for one in answered)
    assert answered[0] >= answered[1]  # type: ignore[operator]


def test_a_test_goes_its_way_and_its_answer_gets_the_value() -> None:
    collector = somebody(RoleKind.COLLECTOR)
    test = a_test(acting=collector)
    assert test.text.startswith("您好！请公开甲县2025年")
    told(test, SENT, ago(10), by=collector)
    told(test, FieldStepKind.RECEIVED, ago(9), by=collector, receipt="依申请〔2025〕1号")
    with pytest.raises(Unusable, match="还不能办结"):
        field_steps.close(collector, test, 3)
    told(test, FieldStepKind.ANSWERED, ago(2), by=collector)
    told(test, FieldStepKind.GRADED, ago(1), by=collector, grade="3", note="给出了清单，没有写依据")
    done = field_steps.close(collector, test, 5)
    assert (done.state, done.value, done.version) == (FieldState.CLOSED, Decimal("0.75"), 6)
    assert test.assignment is not None
    coding = Coding.objects.get(assignment=test.assignment)
    assert coding.value == Decimal("0.75")
    assert "质量 3 级" in coding.justification
    codings.submit(collector, test.assignment, coding.version)
    verbs = list(Change.objects.filter(topic="FieldTest").values_list("verb", flat=True).order_by("id"))
    assert verbs == [f"field-test.{name}" for name in ("plan", "sent", "received", "answered", "graded", "closed")]


def test_nobody_hands_in_another_value_than_the_tests_give_nor_before_they_have_ended() -> None:
    collector = somebody(RoleKind.COLLECTOR)
    test = a_test(acting=collector)
    assert test.assignment is not None
    draft = codings.Draft(value=Decimal(1), justification="我看很好", confidence="sure")
    coding = codings.save(collector, test.assignment, 0, draft)
    with pytest.raises(Unusable, match="还没有办结"):
        codings.submit(collector, test.assignment, coding.version)
    told(test, SENT, ago(60), by=collector)
    field_steps.close(collector, test, 2)
    coding.refresh_from_db()
    coding = codings.save(collector, test.assignment, coding.version, draft)
    with pytest.raises(Unusable, match="应为 0"):
        codings.submit(collector, test.assignment, coding.version)


def test_steps_that_do_not_fit_are_refused_with_the_remedy() -> None:
    test = a_test(FieldKind.ENQUIRY)
    with pytest.raises(Unusable, match="先登记发出"):
        told(test, FieldStepKind.ANSWERED, ago(1))
    with pytest.raises(Unusable, match="还没有到"):
        told(test, SENT, timezone.localdate() + timedelta(days=1))
    told(test, SENT, ago(5))
    with pytest.raises(Unusable, match="早于发出"):
        told(test, FieldStepKind.ANSWERED, ago(6))
    with pytest.raises(Unusable, match="只有信息公开申请"):
        told(test, FieldStepKind.EXTENDED, ago(1), workdays=5)
    with pytest.raises(Unusable, match="没有收到答复"):
        told(test, FieldStepKind.GRADED, ago(1), grade="4", note="答复很清楚")
    told(test, FieldStepKind.ANSWERED, ago(1))
    for more in ({"grade": "9", "note": "答复很清楚"}, {"grade": "4", "note": ""}):
        with pytest.raises(Unusable):
            told(test, FieldStepKind.GRADED, ago(1), **more)


def test_a_mistake_is_struck_and_stays_to_be_seen() -> None:
    test = a_test()
    told(test, SENT, ago(30))
    told(test, FieldStepKind.ANSWERED, ago(3))
    wrong = test.steps.get(kind=FieldStepKind.ANSWERED)
    after = field_steps.strike(PROGRAM, test, 3, wrong.pk, "登记到别的单位了")
    assert (after.state, test.steps.count()) == (FieldState.SENT, 4)
    assert field_steps.facts_of(after).answered is None
    with pytest.raises(Unusable, match="不能作废"):
        field_steps.strike(PROGRAM, test, 4, wrong.pk, "再作废一次")


def test_only_who_plans_opens_a_closed_test_again() -> None:
    collector = somebody(RoleKind.COLLECTOR)
    test = a_test(acting=collector)
    told(test, SENT, ago(60), by=collector)
    field_steps.close(collector, test, 2)
    closing = test.steps.get(kind=FieldStepKind.CLOSED)
    with pytest.raises(NotAllowed):
        field_steps.strike(collector, test, 3, closing.pk, "答复后来到了")
    again = field_steps.strike(somebody(RoleKind.ADMINISTRATOR), test, 3, closing.pk, "答复后来到了")
    assert (again.state, again.value) == (FieldState.SENT, None)


def test_two_who_step_at_once_lose_nothing() -> None:
    test = a_test()
    told(test, SENT, ago(5))
    with pytest.raises(FieldClash):
        field_steps.withdraw(PROGRAM, test, 1, "改由别人发出")
    assert FieldTest.objects.get().state == FieldState.SENT


def test_others_tests_are_nobodys_business() -> None:
    test = a_test()
    stranger = somebody(RoleKind.COLLECTOR)
    for verb in (
        lambda: told(test, SENT, ago(1), by=stranger),
        lambda: field_steps.withdraw(stranger, test, 1, "不想做了啊"),
        lambda: field_steps.close(stranger, test, 1),
        lambda: field_tests.add_evidence(stranger, test, excerpt="x"),
        lambda: field_scripts.write(
            stranger, test.round, Script(name="a", check_id=CHECK, kind=DISCLOSURE, text="b"), 0
        ),
        lambda: planned(test.script),
    ):
        with pytest.raises((NotAllowed, Unusable)):
            verb()
    person = acting_as(test.person)
    told(test, SENT, ago(1), by=person)


def test_a_body_gets_no_more_tests_in_a_month_than_it_can_bear() -> None:
    round_ = a_round()
    batch, entry = a_batch(round_), an_entry(round_, "甲县")
    script = a_script(round_)
    tasks = [assigned(batch, entry, person_of(somebody()), check=f"9.9-{number}") for number in range(5)]
    first = date(timezone.localdate().year + 1, 1, 15)
    made = planned(script, *tasks, day=first)
    assert [test.day for test in made] == [first] * 3 + [date(first.year, 2, 1)] * 2
    other = a_round("other")
    again = assigned(a_batch(other), an_entry(other, "甲县"), person_of(somebody()), check=CHECK)
    assert planned(a_script(other), again, day=first)[0].day == date(first.year, 2, 1)
    field_scripts.settle(PROGRAM, round_, 1, None, 3)
    with pytest.raises(Unusable, match="已达上限"):
        _sent(made[:2])


def _sent(made: list[FieldTest]) -> None:
    for test in made:
        told(test, SENT, timezone.localdate())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请问{姓名}", "不能代入"),
        ("请问{单位", "没有成对"),
        ("请问{单位.__class__}", "不能代入"),
        ("我要举报{单位}", "举报"),
        ("", "正文"),
        ("长" * 4001, "最多"),
    ],
)
def test_scripts_that_would_do_harm_or_cannot_be_filled_in_are_refused(text: str, said: str) -> None:
    round_ = a_round()
    with pytest.raises(Unusable, match=said):
        a_script(round_, text=text)


def test_scripts_have_versions_and_who_writes_at_once_sees_the_others() -> None:
    round_ = a_round()
    first = a_script(round_)
    assert (
        field_scripts.write(
            PROGRAM, round_, Script(name=first.name, check_id=CHECK, kind=DISCLOSURE, text=first.text), 1
        )
        == first
    )
    changed = Script(name=first.name, check_id=CHECK, kind=DISCLOSURE, text="请公开{单位}的预算")
    second = field_scripts.write(PROGRAM, round_, changed, 1)
    assert second.version == 2
    with pytest.raises(ScriptClash) as clash:
        field_scripts.write(PROGRAM, round_, Script(name=first.name, check_id=CHECK, kind=DISCLOSURE, text="另一份"), 1)
    assert clash.value.known == second
    assert FieldScript.objects.count() == 2


def test_people_are_reminded_once_before_and_once_after_the_due_date() -> None:
    test = a_test()
    told(test, SENT, ago(2))
    test.refresh_from_db()
    assert test.due is not None
    assert remind(timezone.localdate()) == 0
    assert [remind(test.due), remind(test.due)] == [1, 0]
    assert [remind(test.due + timedelta(days=1)), remind(test.due + timedelta(days=2))] == [1, 0]
    assert list(Notice.objects.values_list("event", flat=True).order_by("id")) == ["field-test-due", "field-test-late"]


def test_a_closing_is_not_struck_behind_the_answer_that_rests_on_it() -> None:
    collector = somebody(RoleKind.COLLECTOR)
    test = told(a_test(acting=collector), SENT, ago(60))
    test = told(test, FieldStepKind.ANSWERED, ago(50))
    test = told(test, FieldStepKind.GRADED, ago(0), grade="4", note="见答复全文")
    test = field_steps.close(collector, test, test.version)
    coding = Coding.objects.get()
    codings.submit(collector, test.assignment, coding.version)
    closing = test.steps.get(kind=FieldStepKind.CLOSED)
    with pytest.raises(Unusable, match="先取回"):
        field_steps.strike(PROGRAM, test, test.version, closing.pk, "日期抄错了")
    codings.take_back(collector, test.assignment)
    assert field_steps.strike(PROGRAM, test, test.version, closing.pk, "日期抄错了").state == "graded"


def test_an_answer_does_not_come_before_its_request_was_received() -> None:
    test = told(told(a_test(), SENT, ago(60)), FieldStepKind.RECEIVED, ago(50))
    with pytest.raises(Unusable, match="早于收到回执"):
        told(test, FieldStepKind.ANSWERED, ago(55))
    test = told(test, FieldStepKind.ANSWERED, ago(40))
    with pytest.raises(Unusable, match="晚于已登记的答复"):
        told(test, FieldStepKind.RECEIVED, ago(30))


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        ("2025-07-01", "2025-10-09"),
        ("2025-06-28", "2025-09-28"),
        ("2025-06-27", "2025-09-28"),
        ("2025-06-30", "2025-09-30"),
    ],
)
def test_months_that_end_on_a_day_off_end_on_the_next_working_day(sent: str, last: str) -> None:
    """2025-09-27 is a Saturday, 2025-09-28 a Sunday that is worked; from 2025-10-01 to 2025-10-08 nobody works."""
    facts = FieldFacts(kind=FieldKind.ENQUIRY, sent=date.fromisoformat(sent))
    assert due(rules(), Calendar(), facts).day == date.fromisoformat(last)
