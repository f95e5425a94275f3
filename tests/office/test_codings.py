"""Answers of collectors: saved as they type, never lost, handed in when they are whole."""

from decimal import Decimal

import pytest
from collecting import a_collector, a_round, acting, planned

from govgauge.errors import Unusable
from govgauge.office.domain import batches, codings
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.codings import Clash, Draft
from govgauge.office.models import Assignment, AssignmentState, Change, Coding, CodingStepKind, Person, RoundState

FULL = Draft(value=Decimal(1), justification="首页有入口，点开可用", confidence="sure")


def an_assignment(*people: Person) -> Assignment:
    planned(a_round(1), *people, indicators=("1.2.1",))
    return Assignment.objects.order_by("id")[0]


def test_what_is_typed_is_kept_with_a_version_and_the_same_again_changes_nothing() -> None:
    person = a_collector("a")
    one = an_assignment(person)
    coding = codings.save(acting(person), one, 0, Draft(justification="打开"))
    assert coding.version == 1
    assert codings.save(acting(person), one, 0, Draft(justification="打开")).version == 1
    assert codings.save(acting(person), one, 1, FULL).version == 2
    one.refresh_from_db()
    assert one.state == AssignmentState.DRAFT
    assert list(coding.steps.values_list("kind", flat=True)) == [CodingStepKind.DRAFTED]
    change = Change.objects.filter(verb="coding.save").order_by("-id")[0]
    assert (change.before["justification"], change.after["justification"]) == ("打开", FULL.justification)


def test_two_windows_lose_nothing() -> None:
    person = a_collector("a")
    one = an_assignment(person)
    codings.save(acting(person), one, 0, Draft(justification="第一个窗口"))
    with pytest.raises(Clash) as told:
        codings.save(acting(person), one, 0, Draft(justification="第二个窗口"))
    assert told.value.known.justification == "第一个窗口"
    assert Coding.objects.get().justification == "第一个窗口"


def test_private_notes_stay_out_of_the_trail() -> None:
    person = a_collector("a")
    one = an_assignment(person)
    codings.save(acting(person), one, 0, Draft(private_note="问问老王"))
    assert "老王" not in str(list(Change.objects.values_list("before", "after")))


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(justification="看过了看过了", confidence="sure"), "请给出取值"),
        (Draft(value=Decimal(1), justification="看过了看过了"), "请选择把握程度"),
        (Draft(value=Decimal("0.5"), confidence="sure"), "没有得满分，请写明理由"),
        (Draft(not_applicable=True, confidence="sure", justification="无"), "“不适用”，请写明理由"),
        (Draft(value=Decimal(1), confidence="sure"), "请写明理由，或附上一项证据"),
    ],
)
def test_an_answer_that_is_not_whole_is_not_handed_in(draft: Draft, said: str) -> None:
    person = a_collector("a")
    one = an_assignment(person)
    coding = codings.save(acting(person), one, 0, draft)
    with pytest.raises(Unusable, match=said):
        codings.submit(acting(person), one, coding.version)


def test_handed_in_it_stays_as_it_is_until_it_is_taken_back() -> None:
    person = a_collector("a")
    one = an_assignment(person)
    codings.save(acting(person), one, 0, FULL)
    coding = codings.submit(acting(person), one, 1)
    with pytest.raises(Unusable, match="要修改请先取回"):
        codings.save(acting(person), one, 1, Draft())
    codings.take_back(acting(person), one)
    codings.save(acting(person), one, 1, Draft(value=Decimal(0), justification="入口失效了", confidence="sure"))
    codings.submit(acting(person), one, 2)
    assert list(coding.steps.order_by("id").values_list("kind", "value")) == [
        ("drafted", Decimal(1)),
        ("submitted", Decimal(1)),
        ("taken-back", Decimal(1)),
        ("submitted", Decimal(0)),
    ]


def test_nobody_answers_for_somebody_else() -> None:
    person, other = a_collector("a"), a_collector("b")
    one = an_assignment(person)
    with pytest.raises(NotAllowed):
        codings.save(acting(other), one, 0, FULL)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(value=Decimal("1.1")), "0 至 1 之间"),
        (Draft(value=Decimal(1), not_applicable=True), "不能有取值"),
        (Draft(confidence="very"), "把握程度"),
        (Draft(justification="字" * 10_001), "最多 10000 字"),
    ],
)
def test_what_cannot_be_kept_is_told(draft: Draft, said: str) -> None:
    person = a_collector("a")
    one = an_assignment(person)
    with pytest.raises(Unusable, match=said):
        codings.save(acting(person), one, 0, draft)
    assert Coding.objects.count() == 0


def test_a_held_batch_and_a_frozen_round_take_no_answers() -> None:
    person = a_collector("a")
    one = an_assignment(person)
    batches.hold(PROGRAM, one.batch, "重新培训")
    with pytest.raises(Unusable, match="暂停采集"):
        codings.save(acting(person), one, 0, FULL)
    batches.let_go(PROGRAM, one.batch, "培训完成")
    codings.save(acting(person), one, 0, FULL)
    one.round.state = RoundState.FROZEN
    one.round.save()
    with pytest.raises(Unusable, match="已冻结"):
        codings.submit(acting(person), one, 1)
