"""Subjects that leave a round, lose their site, or are scored by another system are collected no more."""

import fielded
from collecting import a_collector, a_round, acting, planned

from govgauge.office.domain import boards, codings, leaving, updating
from govgauge.office.domain.updating import Change
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    BatchStep,
    BatchStepKind,
    ChangeKind,
    Entry,
    FieldState,
    FieldTest,
    Person,
    Round,
)
from govgauge.office.queries import assignments
from govgauge.office.queries.assignments import Sieve


def with_work() -> tuple[Round, Person, Entry]:
    """Two counties, one collector, an answer begun at the first."""
    round_ = a_round(2)
    person = a_collector("甲")
    planned(round_, person)
    entry = round_.entries.get(key="某省/县0")
    one = Assignment.objects.filter(entry=entry).first()
    codings.save(acting(person), one, 0, codings.Draft(justification="写到一半"))
    return round_, person, entry


def change(entry: Entry, kind: ChangeKind, after: str = "", before: str = "") -> Change:
    return Change(key=entry.key, system=entry.system, kind=kind, before=before, after=after)


def states(entry: Entry) -> set[str]:
    return set(Assignment.objects.filter(entry=entry).values_list("state", flat=True))


def test_what_is_merged_leaves_the_work_of_its_collectors_and_the_board() -> None:
    round_, person, entry = with_work()
    each = Assignment.objects.filter(entry=entry).count()
    updating.apply(round_, [change(entry, ChangeKind.MERGED, "某省/县1")], by="测试")
    today = boards.today()
    assert states(entry) == {AssignmentState.DROPPED}
    assert assignments.count(person, Sieve(), today) == each
    assert assignments.tally(person, today).total == each
    assert boards.refresh(round_).board.whole.total == each
    step = BatchStep.objects.filter(kind=BatchStepKind.DROPPED).first()
    assert "县0" in step.comment


def test_a_site_that_is_found_again_is_collected_from_where_it_was_left() -> None:
    round_, _person, entry = with_work()
    updating.apply(round_, [change(entry, ChangeKind.SITE_CLOSED, "", entry.url)], by="测试")
    assert states(entry) == {AssignmentState.DROPPED}
    entry.refresh_from_db()
    updating.apply(round_, [change(entry, ChangeKind.SITE_FOUND, "http://new.test/")], by="测试")
    assert states(entry) == {AssignmentState.OPEN, AssignmentState.DRAFT}


def test_what_another_system_does_not_ask_is_dropped() -> None:
    round_, _person, entry = with_work()
    updating.apply(round_, [change(entry, ChangeKind.SCORED_BY, "2025-ministry ministry")], by="测试")
    assert AssignmentState.DROPPED in states(entry)
    assert states(round_.entries.get(key="某省/县1")) == {AssignmentState.OPEN}


def test_no_field_test_goes_to_a_body_that_is_gone() -> None:
    round_, _person, entry = with_work()
    (test,) = fielded.planned(fielded.a_script(round_), Assignment.objects.filter(entry=entry, state="open").first())
    leaving.drop([entry], "对象已撤销")
    assert FieldTest.objects.get(pk=test.pk).state == FieldState.WITHDRAWN
