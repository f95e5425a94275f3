"""Work is shared out evenly, the same whenever it is planned, and nobody answers the same thing twice."""

from collections import Counter
from decimal import Decimal

import pytest
from collecting import DUE, a_collector, a_round, acting, planned, wanted
from fielded import a_test
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from govgauge.errors import Unusable
from govgauge.office.check_work import work_of, works
from govgauge.office.domain import batches, coding_plans, codings
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Batch,
    BatchCut,
    BatchStepKind,
    Change,
    CheckGuide,
    Coding,
    Part,
    RoleKind,
)
from govgauge.office.shares import Piece, drawn_of, second_coders, shared


def minutes_of(part: Part | None = None) -> Counter[int]:
    found: Counter[int] = Counter()
    for one in Assignment.objects.filter(**({"part": part} if part else {})):
        found[one.person_id] += one.minutes
    return found


def pieces(minutes: list[int], batches_of: int = 1) -> list[Piece]:
    return [Piece(n, f"k{n}", "c", f"b{n % batches_of}", m) for n, m in enumerate(minutes)]


@given(st.lists(st.integers(1, 20), min_size=1, max_size=200), st.lists(st.integers(0, 300), min_size=1, max_size=7))
def test_shares_are_even_but_for_the_pieces_at_their_ends(minutes: list[int], loads: list[int]) -> None:
    load = dict(enumerate(loads))
    given_ = shared(pieces(minutes), load)
    assert [piece for piece, _ in given_] == pieces(minutes)
    got = Counter(load)
    for piece, person in given_:
        got[person] += piece.minutes
    busy = {person for _, person in given_}
    level = max(got[person] for person in busy)
    assert all(minutes_of_one >= level - 2 * max(minutes) for minutes_of_one in got.values())
    stretches = [person for number, (_, person) in enumerate(given_) if not number or given_[number - 1][1] != person]
    assert len(stretches) == len(set(stretches))


@given(st.lists(st.integers(1, 20), min_size=2, max_size=100), st.integers(2, 5), st.decimals(0, 1, places=2))
def test_a_second_coder_is_never_the_first(minutes: list[int], people: int, share: Decimal) -> None:
    first = shared(pieces(minutes, 3), dict.fromkeys(range(people), 0))
    second = second_coders(first, share, "seed", dict.fromkeys(range(people), 0), set())
    coder = {piece.entry: person for piece, person in first}
    assert all(coder[piece.entry] != person for piece, person in second)
    assert len({piece.entry for piece, _ in second}) == len(second)
    counts = Counter(piece.batch for piece, _ in first)
    assert Counter(piece.batch for piece, _ in second) == Counter(
        {batch: drawn for batch, count in counts.items() if (drawn := drawn_of(count, share))}
    )
    assert second == second_coders(first, share, "seed", dict.fromkeys(range(people), 0), set())


def test_only_what_waits_for_people_is_given_to_them() -> None:
    methods = Counter(work.method.value for work in works("2025-county", "county"))
    assert methods == {"manual": 74, "assisted": 28, "field": 9}
    work = work_of("2025-county", "county", "1.1.2-5")
    assert work is not None
    assert (work.indicator, work.path) == ("1.1.2", ("资源汇聚能力", "政府信息公开", "主动公开事项目录"))
    assert work_of("2025-county", "county", "1.1.1-1") is None


def test_a_plan_covers_everything_once_and_evenly() -> None:
    round_, people = a_round(6), [a_collector(name) for name in ("a", "b", "c")]
    proposal = planned(round_, *people, share="0.1")
    assert len(proposal.first) == Assignment.objects.filter(part=Part.FIRST).count() == 6 * 111
    counts = minutes_of()
    assert max(counts.values()) - min(counts.values()) <= 30
    assert Batch.objects.count() == len({work.indicator for work in works("2025-county", "county")})
    assert set(Assignment.objects.values_list("due", flat=True)) == {DUE}
    for batch in Batch.objects.all():
        first, second = (batch.assignments.filter(part=part).count() for part in Part)
        assert second == drawn_of(first, Decimal("0.1"))


def test_the_same_wish_gives_the_same_plan_and_a_second_time_nothing_new() -> None:
    round_, people = a_round(3), [a_collector(name) for name in ("a", "b")]
    wish = wanted(*people, share="0.2")
    one, other = (coding_plans.propose(PROGRAM, round_, wish) for _ in range(2))
    assert (one.first, one.second, one.digest) == (other.first, other.second, other.digest)
    coding_plans.carry_out(PROGRAM, round_, wish, one.digest)
    again = coding_plans.propose(PROGRAM, round_, wish)
    assert (again.count, again.assigned_before) == (0, 3 * 111)


def test_a_plan_that_others_overtook_is_not_carried_out() -> None:
    round_, people = a_round(2), [a_collector(name) for name in ("a", "b")]
    old = coding_plans.propose(PROGRAM, round_, wanted(*people))
    planned(round_, *people, indicators=("1.1",))
    with pytest.raises(Unusable, match="重新预览"):
        coding_plans.carry_out(PROGRAM, round_, wanted(*people), old.digest)


def test_by_entry_somebody_gets_whole_subjects_one_after_another() -> None:
    round_, people = a_round(4, groups=2), [a_collector(name) for name in ("a", "b")]
    planned(round_, *people, cut=BatchCut.ENTRY)
    shared_by = {
        entry.key: set(entry.assignments.values_list("person__name", flat=True)) for entry in round_.entries.all()
    }
    assert shared_by == {"某省/县0": {"a"}, "某省/县2": {"a"}, "某省/县1": {"b"}, "某省/县3": {"b"}}
    assert set(Batch.objects.values_list("about", "name")) == {("组0", "组0"), ("组1", "组1")}


def test_the_offices_minutes_count() -> None:
    round_, people = a_round(2), [a_collector(name) for name in ("a", "b")]
    CheckGuide.objects.create(round=round_, system="2025-county", check_id="1.2.1-1", form="scale", minutes=600)
    planned(round_, *people, indicators=("1.2.1",))
    assert sorted(minutes_of().values()) == [600, 630]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"people": ()}, "请至少选择一名采集员"),
        ({"share": Decimal("1.5")}, "0 至 1 之间"),
        ({"share": Decimal("0.1")}, "至少需要两名采集员"),
        ({"indicators": ("99",)}, "没有可分派的评估要点"),
        ({"people": (999,)}, "不是本次评估的采集员"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told(change: dict[str, object], said: str) -> None:
    round_ = a_round(1)
    wish = wanted(a_collector("a"))
    with pytest.raises(Unusable, match=said):
        coding_plans.propose(PROGRAM, round_, replace(wish, **change))


def test_only_who_may_plan_plans() -> None:
    round_, collector = a_round(1), a_collector("a")
    with pytest.raises(NotAllowed):
        coding_plans.propose(acting(collector), round_, wanted(collector))
    administrator = a_collector("head", RoleKind.ADMINISTRATOR)
    assert coding_plans.propose(acting(administrator), round_, wanted(collector)).count == 111


def test_when_somebody_leaves_only_what_is_not_begun_moves_and_never_to_the_other_coder() -> None:
    round_, people = a_round(2), [a_collector(name) for name in ("a", "b", "c")]
    planned(round_, *people, share="0.5")
    leaver = people[0]
    begun = Assignment.objects.filter(person=leaver).first()
    assert begun is not None
    codings.save(acting(leaver), begun, 0, codings.Draft(justification="看过了"))
    before = Assignment.objects.filter(person=leaver).count()
    looked = batches.move(PROGRAM, round_, leaver, [people[1].id, people[2].id], preview=True)
    assert Assignment.objects.filter(person=leaver).count() == before
    moved = batches.move(PROGRAM, round_, leaver, [people[1].id, people[2].id])
    assert moved == looked
    assert moved.begun == 1
    assert sum(moved.to.values()) + moved.stuck + 1 == before
    assert Assignment.objects.filter(person=leaver).count() == 1 + moved.stuck
    told = Change.objects.filter(verb="assignment.move")
    assert told.count() == sum(moved.to.values())
    assert Batch.objects.filter(steps__kind=BatchStepKind.MOVED).exists()


def test_another_deadline_needs_a_reason_and_keeps_the_one_before() -> None:
    round_, person = a_round(1), a_collector("a")
    planned(round_, person)
    batch = Batch.objects.order_by("id")[0]
    with pytest.raises(Unusable, match="为什么"):
        batches.set_deadline(PROGRAM, batch, DUE.replace(day=25), " ")
    batches.set_deadline(PROGRAM, batch, DUE.replace(day=25), "台风停电")
    assert set(batch.assignments.values_list("due", flat=True)) == {DUE.replace(day=25)}
    assert list(batch.steps.order_by("id").values_list("kind", "due")) == [
        ("planned", DUE),
        ("deadline", DUE.replace(day=25)),
    ]


def test_what_was_begun_moves_with_all_that_stands_in_it_but_the_private_note() -> None:
    round_ = a_round(1)
    leaver, other = a_collector("离开者"), a_collector("接手者")
    planned(round_, leaver)
    one = Assignment.objects.filter(person=leaver).first()
    draft = codings.Draft(justification="写到一半", private_note="只给自己看")
    codings.save(acting(leaver), one, 0, draft)
    assert batches.move(PROGRAM, round_, leaver, [other.id]).begun == 1
    moved = batches.move(PROGRAM, round_, leaver, [other.id], begun=True)
    one.refresh_from_db()
    assert (moved.begun, moved.to, one.person) == (0, {other.id: 1}, other)
    coding = Coding.objects.get()
    assert (coding.justification, coding.private_note) == ("写到一半", "")
    codings.save(acting(other), one, coding.version, codings.Draft(justification="接着写"))


def test_field_tests_go_with_their_assignment() -> None:
    test = a_test()
    other = a_collector("接手者")
    batches.move(PROGRAM, test.round, test.person, [other.id])
    test.refresh_from_db()
    assert test.person == other


def test_an_indicator_that_nobody_collects_is_named() -> None:
    round_ = a_round(1)
    wish = wanted(a_collector("甲"), indicators=("1.1", "7.7"))
    with pytest.raises(Unusable, match=r"指标：7\.7；"):
        coding_plans.propose(PROGRAM, round_, wish)


def test_what_has_its_answer_is_not_drawn_for_a_second_coder() -> None:
    round_ = a_round(1)
    people = [a_collector(name) for name in "甲乙"]
    planned(round_, people[0])
    Assignment.objects.update(state=AssignmentState.ACCEPTED)
    assert coding_plans.propose(PROGRAM, round_, wanted(*people, share="1")).count == 0
