"""Laws that every score obeys, whatever the tree and the answers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from trees import NOT_APPLICABLE, PROFILE, answered, given_value, systems

from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored import Scored
from govgauge.scoring.stake import points_at_stake
from govgauge.systems.model import Indicator, System

Given = tuple[System, dict[str, Answer]]


def full(system: System) -> Fraction:
    return Fraction(system.full_marks)


@given(answered())
def test_points_lie_in_their_range_and_the_range_in_full_marks(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    for node in scored.nodes.values():
        assert 0 <= node.low <= node.high <= node.effective_weight
    assert 0 <= scored.total.low <= scored.total.points <= scored.total.high <= full(system)


@given(answered())
def test_every_level_is_the_sum_of_the_level_below(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    for node in scored.nodes.values():
        parts = [scored.nodes[code] for code in node.children] or list(node.checks)
        assert sum(part.low for part in parts) == node.low
        assert sum(part.high for part in parts) == node.high
    assert sum(node.low for node in scored.level(1)) == scored.total.low
    assert scored.base.high + scored.bonus.high == scored.total.high


@given(answered())
def test_weight_is_given_away_but_never_lost(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    base = full(system) - Fraction(system.bonus_max)
    assert scored.base_coverage.weight_total in (base, 0)
    for node in scored.nodes.values():
        parts = [scored.nodes[code].effective_weight for code in node.children] or [one.weight for one in node.checks]
        assert sum(parts) == node.effective_weight


@given(answered())
def test_coverage_adds_up_and_tells_what_is_open(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    coverage = scored.coverage
    assert coverage.weight_answered + coverage.weight_open == coverage.weight_total
    assert 0 <= coverage.share <= 1
    assert scored.total.high - scored.total.low == coverage.weight_open


@given(answered(), st.data())
def test_raising_one_answer_never_lowers_anything(given_: Given, data: st.DataObject) -> None:
    system, answers = given_
    judged = sorted(name for name, answer in answers.items() if answer.value is not None)
    if not judged:
        return
    name = data.draw(st.sampled_from(judged))
    value = answers[name].value
    assert value is not None
    higher = data.draw(st.decimals(value, 1, places=3)) if value < 1 else Decimal(1)
    before = score(system, PROFILE, answers)
    after = score(system, PROFILE, {**answers, name: given_value(str(max(value, higher)))})
    for code, node in before.nodes.items():
        assert after.nodes[code].low >= node.low
        assert after.nodes[code].high >= node.high


@given(answered(), st.data())
def test_answering_an_open_check_narrows_the_range(given_: Given, data: st.DataObject) -> None:
    system, answers = given_
    before = score(system, PROFILE, answers)
    open_checks = [check.id for _, check in before.checks() if not check.answered]
    if not open_checks:
        return
    name = data.draw(st.sampled_from(open_checks))
    value = data.draw(st.decimals(0, 1, places=3))
    after = score(system, PROFILE, {**answers, name: given_value(str(value))})
    assert before.total.low <= after.total.low <= after.total.high <= before.total.high


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_of_rows_does_not_matter(given_: Given, random: object) -> None:
    system, answers = given_
    names = sorted(answers)
    random.shuffle(names)  # type: ignore[attr-defined]
    turned = System(**{**_fields(system), "indicators": _reversed(system.indicators)})
    one = score(system, PROFILE, answers)
    other = score(turned, PROFILE, {name: answers[name] for name in names})
    assert (one.total, one.coverage, one.nodes) == (other.total, other.coverage, {**one.nodes, **_in_order(other, one)})


@given(systems(), st.sets(st.integers(0, 30)))
def test_full_answers_keep_full_marks_whatever_does_not_apply(system: System, without: set[int]) -> None:
    answers = {
        check.id: NOT_APPLICABLE if position in without else given_value("1")
        for position, check in enumerate(system.checks())
    }
    scored = score(system, PROFILE, answers)
    assert scored.base.low == scored.base.high == scored.base_coverage.weight_total
    assert scored.coverage.weight_open == 0
    assert all(node.index in (None, 1) for node in scored.nodes.values())


@given(answered())
def test_what_is_lost_and_what_is_open_make_up_the_rest(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    stakes = points_at_stake(scored)
    assert sum(stake.lost for stake in stakes) == scored.coverage.weight_total - scored.total.high
    assert sum(stake.open for stake in stakes) == scored.coverage.weight_open
    assert [stake.lost for stake in stakes] == sorted((stake.lost for stake in stakes), reverse=True)


@given(answered())
def test_an_open_part_makes_its_parents_open_and_never_zero(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    for node in scored.nodes.values():
        open_checks = [check for check in node.checks if not check.answered and check.weight]
        open_parts = [scored.nodes[code] for code in node.children if scored.nodes[code].is_open]
        assert node.is_open == bool(open_checks or open_parts)
        if node.is_open:
            assert node.index is None
            assert node.score is None
        if open_checks:
            assert node.high > node.low


@given(answered())
def test_a_check_that_does_not_apply_has_weight_only_where_it_would_deduct(given_: Given) -> None:
    system, answers = given_
    scored = score(system, PROFILE, answers)
    for node, check in scored.checks():
        if check.outcome is Outcome.NOT_APPLICABLE and not node.deduct:
            assert check.weight == 0


def _fields(system: System) -> dict[str, object]:
    return {name: getattr(system, name) for name in system.__struct_fields__}


def _reversed(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            code=node.code,
            name=node.name,
            weights=node.weights,
            bonus=node.bonus,
            deduct=node.deduct,
            checks=node.checks[::-1],
            children=_reversed(node.children),
        )
        for node in indicators[::-1]
    )


def _in_order(other: Scored, one: Scored) -> dict[str, object]:
    """The nodes of `other` with parts in the order of `one`, so that only values are compared."""
    ordered = {}
    for code, node in other.nodes.items():
        fields = {name: getattr(node, name) for name in node.__struct_fields__}
        by_id = {check.id: check for check in node.checks}
        fields["checks"] = tuple(by_id[check.id] for check in one.nodes[code].checks)
        fields["children"] = tuple(sorted(node.children))
        ordered[code] = type(node)(**fields)
    return ordered
