"""Assigning experts to cases, held against every plan there is."""

from collections import Counter
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govgauge.choosing.assignment import CaseToJudge, Fields, Judge, Plan, assign
from govgauge.choosing.assignment_swaps import joined, parts_of
from govgauge.choosing.unusable import UnusableChoice

Pair = tuple[str, str]
Given = tuple[list[CaseToJudge], list[Judge], int, frozenset[Pair]]


@st.composite
def small(draw: st.DrawFn) -> Given:
    cases = [
        CaseToJudge(f"C{at}", draw(st.sampled_from(["", "搜索", "数据"]))) for at in range(draw(st.integers(1, 4)))
    ]
    judges = [
        Judge(
            f"J{at}",
            frozenset(draw(st.sets(st.sampled_from(["搜索", "数据"])))),
            draw(st.one_of(st.none(), st.integers(0, 3))),
        )
        for at in range(draw(st.integers(1, 4)))
    ]
    pairs = [(one.case, other.judge) for one in cases for other in judges]
    return cases, judges, draw(st.integers(1, 2)), draw(st.frozensets(st.sampled_from(pairs), max_size=6))


def every_plan(cases: list[CaseToJudge], judges: list[Judge], each: int, allowed: set[Pair]) -> list[list[Pair]]:
    ways = [
        [
            [(one.case, judge) for judge in held]
            for size in range(each + 1)
            for held in combinations([other.judge for other in judges if (one.case, other.judge) in allowed], size)
        ]
        for one in cases
    ]
    plans = ([pair for held in plan for pair in held] for plan in product(*ways))
    limits = {one.judge: one.most for one in judges if one.most is not None}
    return [
        plan
        for plan in plans
        if all(number <= limits.get(judge, number) for judge, number in Counter(judge for _, judge in plan).items())
    ]


def is_alien(pair: Pair, cases: list[CaseToJudge], judges: list[Judge]) -> bool:
    field = next(one.field for one in cases if one.case == pair[0])
    fields = next(one.fields for one in judges if one.judge == pair[1])
    return bool(field and fields and field not in fields)


@settings(max_examples=60)
@given(small(), st.sampled_from(Fields), st.text(max_size=2), st.booleans())
def test_no_other_plan_is_better(given_: Given, fields: Fields, seed: str, keeps: bool) -> None:
    cases, judges, each, barred = given_
    allowed = {(one.case, other.judge) for one in cases for other in judges} - barred
    if fields is Fields.REQUIRED:
        allowed = {pair for pair in allowed if not is_alien(pair, cases, judges)}
    able = {one.judge for one in judges if one.most != 0}
    kept = set(sorted(pair for pair in allowed if pair[1] in able)[:keeps])
    plan = assign(cases, judges, each, barred=barred, fields=fields, kept=kept, seed=seed)

    def worth(pairs: list[Pair]) -> tuple[int, int, bool, int]:
        has, loads = Counter(case for case, _ in pairs), Counter(judge for _, judge in pairs)
        empty = sum((each - has[one.case]) ** 2 for one in cases)
        alien = sum(is_alien(pair, cases, judges) for pair in pairs) if fields is Fields.PREFERRED else 0
        return empty, sum(load**2 for load in loads.values()), len(parts_of(pairs)) > 1, alien

    best = min(worth(pairs) for pairs in every_plan(cases, judges, each, allowed) if kept <= set(pairs))
    found = worth(list(plan.pairs))
    assert set(plan.pairs) <= allowed
    assert found[:3] == best[:3]
    if best[2] is False:
        assert found == best


@settings(max_examples=30)
@given(small(), st.randoms())
def test_the_same_seed_gives_the_same_plan_whatever_the_order(given_: Given, random: Random) -> None:
    cases, judges, each, barred = given_
    shuffled = sorted(cases, key=lambda _: random.random()), sorted(judges, key=lambda _: random.random())
    assert assign(*shuffled, each, barred=barred, seed="一") == assign(cases, judges, each, barred=barred, seed="一")


FIELDS = ("搜索", "数据", "服务")


def panel(size: int) -> list[Judge]:
    return [Judge(f"J{at:02}", frozenset({FIELDS[at % 3]})) for at in range(size)]


def cases_of(size: int) -> list[CaseToJudge]:
    return [CaseToJudge(f"C{at:03}", FIELDS[at % 3]) for at in range(size)]


@pytest.mark.parametrize(("cases", "judges", "each"), [(130, 12, 5), (40, 9, 2), (200, 30, 3)])
def test_a_panel_of_real_size_is_even_connected_and_free_of_conflicts(cases: int, judges: int, each: int) -> None:
    draw = Random(7)
    todo, people = cases_of(cases), panel(judges)
    barred = {(one.case, other.judge) for one in todo for other in people if draw.random() < 0.05}
    plan = assign(todo, people, each, barred=barred, seed="2025")
    assert not set(plan.pairs) & barred
    assert (plan.spread, plan.short, plan.parts, len(plan.pairs)) == (
        1 if cases * each % judges else 0,
        (),
        1,
        cases * each,
    )
    assert plan.pairs != assign(todo, people, each, barred=barred, seed="2026").pairs


def test_experts_of_separate_fields_are_joined_by_a_few_pairs_outside_their_fields() -> None:
    plan = assign(cases_of(12), panel(6), 2, seed="一")
    assert (plan.parts, plan.spread) == (1, 0)
    assert len(plan.mismatched) == 3, "three parts are joined when each gives one judge to the next"


def test_where_fields_must_match_the_parts_are_told() -> None:
    plan = assign(cases_of(12), panel(6), 2, fields=Fields.REQUIRED)
    assert (plan.parts, plan.mismatched) == (3, ())
    assert "互不相连的 3 部分" in plan.sentences[0]


def test_a_case_that_cannot_be_judged_by_enough_is_named_with_the_reason() -> None:
    people = [Judge("一"), Judge("二", frozenset({"数据"})), Judge("三", most=0)]
    todo = [CaseToJudge("甲", "搜索"), CaseToJudge("乙")]
    plan = assign(todo, people, 2, barred={("甲", "一")}, fields=Fields.REQUIRED)
    assert plan.pairs == (("乙", "一"), ("乙", "二"))
    (sentence,) = plan.sentences
    assert sentence == (
        "案例 甲 需 2 位专家，只能分到 0 位"
        "（专家共 3 位，回避 1 位，领域不符 1 位，已达上限 1 位）；请增聘专家或放宽条件。"
    )


def test_what_is_judged_already_stays_and_only_gaps_are_filled() -> None:
    first = assign(cases_of(9), panel(5), 2, seed="一")
    gone = "J02"
    kept = {pair for pair in first.pairs if pair[1] != gone}
    again = assign(cases_of(9), [one for one in panel(5) if one.judge != gone], 2, kept=kept, seed="一")
    assert kept <= set(again.pairs)
    assert (again.short, again.spread <= 1) == ((), True)


def test_large_plans_are_joined_by_exchanges() -> None:
    plan = assign(
        [CaseToJudge(f"C{at:03}", FIELDS[at % 2]) for at in range(150)],
        [Judge(f"J{at:02}", frozenset({FIELDS[at % 2]})) for at in range(30)],
        2,
    )
    assert (plan.parts, plan.spread, len(plan.mismatched)) == (1, 0, 2)


def test_exchanges_keep_loads_and_what_must_stay() -> None:
    pairs = [("甲", "一"), ("甲", "二"), ("乙", "一"), ("乙", "二"), ("丙", "三"), ("丁", "三")]
    costs = {(case, judge): 0.0 for case in "甲乙丙丁" for judge in "一二三"}
    kept = {("甲", "一"), ("甲", "二"), ("丙", "三")}
    found = joined(pairs, costs, kept)
    assert (len(parts_of(found)), kept <= set(found)) == (1, True)
    assert Counter(judge for _, judge in found) == Counter(judge for _, judge in pairs)
    assert joined(pairs, costs, set(pairs)) == sorted(pairs)


@pytest.mark.parametrize(
    ("each", "people", "kept", "sentence"),
    [
        (0, [Judge("一")], set(), "须大于 0"),
        (1, [Judge("一", most=-1)], set(), "不得小于 0"),
        (1, [Judge("一"), Judge("一")], set(), "一 出现两次"),
        (1, [Judge("一"), Judge("二")], {("甲", "二")}, "须回避"),
        (1, [Judge("一")], {("丙", "一")}, "不在名单中"),
        (1, [Judge("一", most=0)], {("甲", "一")}, "超过上限：一"),
        (1, [Judge("一"), Judge("三")], {("甲", "一"), ("甲", "三")}, "超过上限：甲"),
    ],
)
def test_what_cannot_be_planned_is_refused(each: int, people: list[Judge], kept: set[Pair], sentence: str) -> None:
    with pytest.raises(UnusableChoice, match=sentence):
        assign([CaseToJudge("甲")], people, each, barred={("甲", "二")}, kept=kept)


def test_without_cases_or_experts_nothing_is_planned() -> None:
    assert assign([], panel(2), 2) == Plan((), {"J00": 0, "J01": 0}, (), 0, (), ())
    (short,) = assign([CaseToJudge("甲")], [], 2).short
    assert (short.has, short.wanted) == (0, 2)
