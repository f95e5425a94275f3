"""Deductions with their caps, and the flow of an inspection: vetoes, re-scaling, bonus, pass mark."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.scoring.deductions import Deduction, UnusableDeduction, by_group, deductions
from govgauge.scoring.inspection import NO_BONUS, Inspection, NotInspectable, Verdict, by_vetoes, inspect
from govgauge.scoring.scored import Points
from govgauge.scoring.vetoes import Hit, VetoVerdict, judge
from govgauge.systems import library
from govgauge.systems.rules import Inspectee, RuleKind

HOME = "http://www.a.test/"
INSPECTION = library.rule_set("inspection-2019")
CENSUS = library.rule_set("census-2015")
NONE: Mapping[str, float] = {}
GROUPS = {"publishing": 31, "services": 25, "dialogue": 23, "design": 21}


def result(audit: str, findings: tuple[Finding, ...] = (), **facts: Fact) -> Result:
    outcome = Outcome.PARTIAL if findings else Outcome.PASS
    return Result(audit=audit, version=1, outcome=outcome, findings=findings, data=facts)


def finding(audit: str, page: str, target: str = "", **facts: Fact) -> Finding:
    return Finding(audit=audit, page=page, target=target, data=facts)


def census(*results: Result) -> dict[str, Deduction]:
    return {one.id: one for one in deductions(CENSUS, {each.audit: each for each in results}, HOME)}


def points(low: float | Fraction, high: float | Fraction | None = None) -> Points:
    return Points(Fraction(low), Fraction(low if high is None else high))


def clear(**hits: Hit) -> list[VetoVerdict]:
    return [
        VetoVerdict(id=name, title=name, kind=RuleKind.VETO, hit=hits.get(name, Hit.NO), sentence="")
        for name in ("V1", "V2", "V3", "V4", "V5", "V6")
    ]


def taken(groups: Mapping[str, float] = NONE) -> list[Deduction]:
    """What persons take off in each group; nothing where it is left out."""
    return deductions(INSPECTION, {}, given={f"D-{name}": Fraction(groups.get(name, 0)) for name in GROUPS})


def inspected(groups: Mapping[str, float] = NONE, bonus: Points = NO_BONUS, *, services: bool = True) -> Inspection:
    return inspect(INSPECTION, clear(), taken(groups), bonus, services=services)


def test_each_counted_thing_takes_its_points_off() -> None:
    broken = [finding("broken-link", HOME, str(number)) for number in range(3)]
    broken += [finding("broken-link", f"{HOME}b", str(number)) for number in range(7)]
    found = census(result("broken-link", tuple(broken)))
    assert (found["C2-home"].low, found["C2-home"].high) == (3, 3)
    assert (found["C2-other"].low, found["C2-other"].high) == (Fraction(7, 10), Fraction(7, 10))


def test_a_deduction_never_passes_its_cap_and_the_same_class_counts_once() -> None:
    missing = [
        finding("guide-element-missing", f"{HOME}{guide}", str(element)) for guide in range(9) for element in range(3)
    ]
    assert census(result("guide-element-missing", tuple(missing)))["C7"].low == 6
    every = [finding("guide-element-missing", HOME, str(element)) for element in range(11)]
    assert census(result("guide-element-missing", tuple(every)))["C7"].low == 16


@pytest.mark.parametrize(("percent", "expected"), [(0, 0), (0.9, 0), (1, 5), (2.9, 10), (4, 20)])
def test_only_whole_per_cents_of_failed_openings_take_points_off(percent: float, expected: int) -> None:
    found = census(result("site-unreachable", percent=percent, probes=140, failed=1))
    assert (found["C1"].low, found["C1"].high) == (expected, expected)


def test_what_a_person_must_look_at_is_a_range_up_to_its_cap() -> None:
    found = census()
    assert (found["C3"].low, found["C3"].high) == (0, 5)
    assert (found["C4-wrong"].low, found["C4-wrong"].high) == (0, None)
    assert (found["C2-home"].low, found["C2-home"].high) == (0, None)


def test_points_given_by_a_person_are_held_to_the_points_of_the_group() -> None:
    assert [(one.low, one.high) for one in by_group(INSPECTION, taken({"services": 30, "design": 20}))] == [
        (0, 0),
        (25, 25),
        (0, 0),
        (20, 20),
    ]
    with pytest.raises(UnusableDeduction, match="没有扣分规则“V1”"):
        deductions(INSPECTION, {}, given={"V1": Fraction(1)})
    with pytest.raises(UnusableDeduction, match="小于 0"):
        deductions(INSPECTION, {}, given={"D-design": Fraction(-1)})


def test_one_veto_and_nothing_is_scored() -> None:
    ended = inspect(INSPECTION, clear(V3=Hit.YES, V5=Hit.NOT_OBSERVABLE), taken(), points(30))
    assert ended == Inspection(
        verdict=Verdict.FAILED,
        vetoes=("V3",),
        undecided=("V5",),
        sentences=("单项否决 V3 成立，不合格，其余不再计分。",),
    )


def test_a_veto_that_nobody_has_judged_leaves_the_verdict_open() -> None:
    ended = inspect(INSPECTION, clear(V1=Hit.NOT_OBSERVABLE), taken())
    assert (ended.verdict, ended.score, ended.undecided) == (Verdict.OPEN, points(100), ("V1",))
    assert (
        inspect(INSPECTION, clear(V1=Hit.NOT_OBSERVABLE), taken({"publishing": 31, "design": 21})).verdict
        is Verdict.FAILED
    )


def test_a_body_without_services_is_scored_out_of_75_and_scaled_by_four_thirds() -> None:
    ended = inspected({"publishing": 10, "dialogue": 5}, services=False)
    assert ended.score == points(Fraction(60 * 4, 3)) == points(80)
    assert [group.id for group in ended.groups] == ["publishing", "dialogue", "design"]
    assert inspected(services=False).score == points(100)
    assert "不计办事服务，按 75 分计，再乘 4/3，得 80 分。" in ended.sentences


def test_deductions_in_the_services_do_not_touch_a_body_without_them() -> None:
    with_services = inspect(INSPECTION, clear(), taken({"services": 25}))
    without = inspect(INSPECTION, clear(), taken({"services": 25}), services=False)
    assert (with_services.score, without.score) == (points(75), points(100))


@pytest.mark.parametrize(
    ("off", "given_bonus", "final"), [(20, 30, 80), (19, 30, 111), (19, 45, 111), (10, 7, 97), (50, 30, 50)]
)
def test_the_bonus_counts_only_above_80_and_up_to_30(off: int, given_bonus: int, final: int) -> None:
    assert inspected({"publishing": min(off, 31), "design": max(0, off - 31)}, points(given_bonus)).final == points(
        final
    )


@pytest.mark.parametrize(("off", "verdict"), [(40, Verdict.PASSED), (40.5, Verdict.FAILED)])
def test_below_60_fails_and_60_passes(off: float, verdict: Verdict) -> None:
    assert inspected({"publishing": 31, "dialogue": off - 31}).verdict is verdict


def test_open_deductions_make_a_range_and_may_leave_the_verdict_open() -> None:
    ended = inspect(INSPECTION, clear(), deductions(INSPECTION, {}), points(0, 10))
    assert (ended.verdict, ended.score, ended.final) == (Verdict.OPEN, points(0, 100), points(0, 110))


def test_a_rule_set_without_a_flow_and_a_bonus_upside_down_are_refused() -> None:
    with pytest.raises(NotInspectable, match="没有规定计分流程"):
        inspect(CENSUS, clear(), [])
    with pytest.raises(NotInspectable, match="加分"):
        inspect(INSPECTION, clear(), [], points(3, 2))


def test_accounts_on_new_media_are_judged_by_their_vetoes_alone() -> None:
    verdicts = judge(INSPECTION, {}, of=Inspectee.ACCOUNT)
    assert [(verdict.id, verdict.hit) for verdict in verdicts] == [("M1", Hit.NOT_OBSERVABLE)]
    assert by_vetoes(verdicts).verdict is Verdict.OPEN
    assert "M1" not in {verdict.id for verdict in judge(INSPECTION, {})}
    assert by_vetoes(clear()).verdict is Verdict.PASSED


AMOUNTS = st.fixed_dictionaries({name: st.integers(0, 320).map(lambda tenths: tenths / 10) for name in GROUPS})


@given(AMOUNTS, st.sampled_from(sorted(GROUPS)), st.integers(1, 50), st.integers(0, 60), st.booleans())
def test_taking_more_off_never_raises_the_result(
    amounts: dict[str, float], name: str, more: int, extra: int, services: bool
) -> None:
    before = inspected(amounts, points(extra), services=services)
    after = inspected({**amounts, name: amounts[name] + more}, points(extra), services=services)
    assert before.final is not None
    assert after.final is not None
    assert 0 <= after.final.low <= before.final.low <= 130
