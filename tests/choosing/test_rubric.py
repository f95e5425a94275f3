"""The rubric and the points that come from its levels."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.choosing.marks import CaseScore, Mark, case_scores, person_score
from govgauge.choosing.rubric import check_weights, equal_weights, read_rubric, rubric, rubric_ids
from govgauge.choosing.unusable import UnusableChoice

SCALE = rubric()
WEIGHTS = {code: Decimal(weight) for code, weight in zip(SCALE.codes, (30, 20, 25, 15, 10), strict=True)}
LEVELS = st.integers(SCALE.lowest, SCALE.highest)


def levels(*given_: int) -> dict[str, int]:
    return dict(zip(SCALE.codes, given_, strict=False))


def test_every_rubric_reads_and_says_each_level_in_both_languages() -> None:
    assert rubric_ids() == ["innovation"]
    assert SCALE.codes == ("function", "practice", "effect", "mechanism", "transferability")
    sentences = [anchor.zh for dimension in SCALE.dimensions for anchor in dimension.anchors]
    assert len(set(sentences)) == 25


@pytest.mark.parametrize(
    ("given_", "points"),
    [
        ((1, 1, 1, 1, 1), Fraction(0)),
        ((5, 5, 5, 5, 5), Fraction(100)),
        ((3, 3, 3, 3, 3), Fraction(50)),
        ((5, 1, 3, 2, 4), Fraction(30) + Fraction(25, 2) + Fraction(15, 4) + Fraction(30, 4)),
    ],
)
def test_points_are_the_weighted_share_of_the_way_from_lowest_to_highest(
    given_: tuple[int, ...], points: Fraction
) -> None:
    assert person_score(SCALE, WEIGHTS, Mark("甲", "专家一", levels(*given_))).points == points


@given(st.dictionaries(st.sampled_from(SCALE.codes), LEVELS), st.integers(1, 1000))
def test_a_missing_level_makes_a_range_and_never_a_zero(given_: dict[str, int], factor: int) -> None:
    score = person_score(SCALE, WEIGHTS, Mark("甲", "专家一", given_))
    assert 0 <= score.low <= score.high <= 100
    assert (score.points is None) == bool(score.missing) == (len(given_) < 5)
    more = {code: weight * factor for code, weight in WEIGHTS.items()}
    assert person_score(SCALE, more, Mark("甲", "专家一", given_)) == score


@given(st.dictionaries(st.sampled_from(SCALE.codes), LEVELS, min_size=5), st.sampled_from(SCALE.codes))
def test_a_higher_level_never_lowers_the_points(given_: dict[str, int], code: str) -> None:
    before = person_score(SCALE, WEIGHTS, Mark("甲", "专家一", given_)).points
    raised = {**given_, code: min(SCALE.highest, given_[code] + 1)}
    after = person_score(SCALE, WEIGHTS, Mark("甲", "专家一", raised)).points
    assert before is not None
    assert after is not None
    assert before <= after


def test_an_aspect_without_weight_may_be_left_out() -> None:
    weights = {**WEIGHTS, "effect": Decimal(0)}
    score = person_score(SCALE, weights, Mark("甲", "专家一", {code: 5 for code in SCALE.codes if code != "effect"}))
    assert (score.points, score.missing) == (Fraction(100), ())


def test_a_case_has_a_mean_once_two_people_have_scored_it() -> None:
    marks = [
        Mark("甲", "专家二", levels(5, 5, 5, 5, 5)),
        Mark("甲", "专家一", levels(3, 3, 3, 3, 3)),
        Mark("乙", "专家一", levels(5, 5, 5, 5, 5)),
        Mark("乙", "专家二", levels(5, 5, 5)),
    ]
    one, two = case_scores(SCALE, equal_weights(SCALE), marks, apart_from=Fraction(50))
    assert (one.case, one.mean, one.spread, one.apart, one.missing) == ("乙", None, None, False, one.missing)
    assert one.missing == ("专家二 尚未评定：机制、可推广性。", "还需 1 人完成评分。")
    assert one.by_dimension["function"] == 100
    assert two == CaseScore("甲", two.scores, Fraction(75), Fraction(50), True, dict.fromkeys(SCALE.codes, 75), ())


@given(st.lists(st.tuples(LEVELS, LEVELS, LEVELS, LEVELS, LEVELS), min_size=2, max_size=5), st.randoms())
def test_the_mean_does_not_depend_on_the_order_of_people(given_: list[tuple[int, ...]], random: Random) -> None:
    marks = [Mark("甲", f"专家{at}", levels(*one)) for at, one in enumerate(given_)]
    shuffled = sorted(marks, key=lambda _: random.random())
    (case,) = case_scores(SCALE, WEIGHTS, shuffled)
    assert case_scores(SCALE, WEIGHTS, marks) == [case]
    points = [score.points for score in case.scores if score.points is not None]
    assert case.mean is not None
    assert min(points) <= case.mean <= max(points)


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ([Mark("甲", "专家一", {"beauty": 3})], "没有“beauty”"),
        ([Mark("甲", "专家一", {"effect": 6})], "评了 6 级"),
        ([Mark("甲", "专家一", {"effect": 3}), Mark("甲", "专家一", {"effect": 4})], "评了两次"),
    ],
)
def test_marks_that_cannot_be_counted_are_refused(marks: list[Mark], sentence: str) -> None:
    with pytest.raises(UnusableChoice, match=sentence):
        case_scores(SCALE, WEIGHTS, marks)


def test_one_person_alone_is_refused_as_a_setting() -> None:
    with pytest.raises(UnusableChoice, match="至少由两人"):
        case_scores(SCALE, WEIGHTS, [], needed=1)


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {**WEIGHTS, "beauty": Decimal(1)},
        {**WEIGHTS, "effect": Decimal(-1)},
        {**WEIGHTS, "effect": Decimal("NaN")},
        dict.fromkeys(SCALE.codes, Decimal(0)),
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights: dict[str, Decimal]) -> None:
    with pytest.raises(UnusableChoice, match="权重"):
        check_weights(SCALE, weights)


HEAD = 'id="a"\nversion=1\nzh="甲"\nen="a"\nsource="s"\nlowest=1\nhighest=2\n'
DIMENSION = '[[dimensions]]\ncode="f"\nzh="功能"\nen="f"\nask_zh="?"\nask_en="?"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id=", "无法读取"),
        (HEAD, "无法读取"),
        (HEAD + DIMENSION + 'anchors=[{level=1,zh="低",en="low"}]', "每级一句"),
        (HEAD + DIMENSION + 'anchors=[{level=1,zh="低",en="low"},{level=2,zh=" ",en="high"}]', "空的描述"),
        (HEAD.replace("highest=2", "highest=1") + "dimensions=[]", "须大于最低级"),
    ],
)
def test_a_broken_rubric_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(UnusableChoice, match=f"my.toml：.*{sentence}"):
        read_rubric(text, "my.toml")


def test_an_unknown_rubric_names_those_there_are() -> None:
    with pytest.raises(UnusableChoice, match="现有：innovation"):
        rubric("beauty")
