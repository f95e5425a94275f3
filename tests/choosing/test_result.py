"""Totals, chosen cases, bonus."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.choosing.case_bonus import BonusRule, CaseEarned, Earning, RankPoints, SubjectBonus, bonuses
from govgauge.choosing.result import bonus_lines, case_lines, decide, exact
from govgauge.choosing.selection import ChoiceRule, Ended, Remaining, TieBreak, lot, select
from govgauge.choosing.totals import CaseTotal, PartRule, Pool, Scaling, Shares, Standing, totals
from govgauge.choosing.unusable import UnusableChoice

SEVENTY_THIRTY = Shares(PartRule(Decimal(70)), PartRule(Decimal(30)))
NO_BONUS = BonusRule(Earning.CHOSEN)
VOTES = st.one_of(st.none(), st.integers(0, 9).map(Fraction))
CHOICES = st.builds(
    ChoiceRule,
    first=st.integers(0, 5),
    pool=st.sampled_from(Pool),
    minimum=st.one_of(st.none(), st.integers(0, 100).map(Fraction)),
    tie_breaks=st.lists(st.sampled_from(TieBreak), unique=True).map(tuple),
    remaining=st.sampled_from(Remaining),
    seed=st.just("2025-12-01 双色球"),
)


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    return [
        Standing(
            f"C{at}",
            draw(st.sampled_from("甲乙丙")),
            draw(st.sampled_from(["网站", "政府"])),
            draw(st.sampled_from(["市", "县"])),
            draw(VOTES),
            draw(VOTES),
            draw(st.integers(0, 3)),
        )
        for at in range(draw(st.integers(0, 9)))
    ]


def case(name: str, total: int | None, experts: int = 0, first: int = 0, **more: str) -> CaseTotal:
    points = None if total is None else Fraction(total)
    return CaseTotal(
        name, more.get("subject", name), more.get("category", ""), "", Fraction(experts), None, points, first
    )


def test_votes_become_shares_of_the_largest_and_parts_are_weighed() -> None:
    found = totals(
        [
            Standing("乙", "乙市", experts=Fraction(6), public=Fraction(400)),
            Standing("甲", "甲市", experts=Fraction(9), public=Fraction(100)),
        ],
        SEVENTY_THIRTY,
    )
    assert found.cases == (
        CaseTotal("乙", "乙市", "", "", Fraction(200, 3), Fraction(100), Fraction(230, 3), 0),
        CaseTotal("甲", "甲市", "", "", Fraction(100), Fraction(25), Fraction(155, 2), 0),
    )
    assert (found.experts, found.public, found.sentences) == (Fraction(7, 10), Fraction(3, 10), ())


def test_shares_of_ballots_and_points_need_no_other_case() -> None:
    shares = Shares(PartRule(Decimal("0.5"), Scaling.POINTS), PartRule(Decimal("0.5"), Scaling.BALLOTS, ballots=200))
    (found,) = totals([Standing("甲", "甲市", experts=Fraction(80), public=Fraction(50))], shares).cases
    assert (found.experts, found.public, found.total) == (80, 25, Fraction(105, 2))


def test_the_largest_is_sought_in_the_pool_that_the_round_names() -> None:
    shares = Shares(PartRule(Decimal(1)), PartRule(Decimal(0)), Pool.CATEGORY)
    found = totals(
        [
            Standing("甲", "甲", "网站", experts=Fraction(10)),
            Standing("乙", "乙", "政府", experts=Fraction(5)),
            Standing("丙", "丙", "政府", experts=Fraction(4)),
        ],
        shares,
    )
    assert {one.case: one.total for one in found.cases} == {"甲": 100, "乙": 100, "丙": 80}


@pytest.mark.parametrize(
    ("experts", "public", "total", "sentence"),
    [
        (Fraction(5), None, Fraction(100), "公众部分没有进行"),
        (Fraction(5), Fraction(0), Fraction(100), "公众部分没有进行或没有有效票"),
        (None, Fraction(5), Fraction(100), "专家部分没有进行"),
        (None, None, None, "无法得出结果"),
    ],
)
def test_a_part_that_was_not_held_gives_its_share_to_the_other(
    experts: Fraction | None, public: Fraction | None, total: Fraction | None, sentence: str
) -> None:
    found = totals([Standing("甲", "甲", experts=experts, public=public)], SEVENTY_THIRTY)
    assert found.cases[0].total == total
    assert sentence in found.sentences[0]


def test_a_case_that_a_held_part_could_not_judge_is_open_and_not_zero() -> None:
    entered = [
        Standing("甲", "甲", experts=Fraction(5), public=Fraction(1)),
        Standing("乙", "乙", public=Fraction(2)),
    ]
    result = decide(entered, SEVENTY_THIRTY, ChoiceRule(first=2), NO_BONUS)
    assert [(one.total.case, one.ended) for one in result.cases] == [("甲", Ended.PLACE), ("乙", Ended.OPEN)]
    assert result.totals.sentences == ("案例 乙 尚缺一部分的评分，暂不排名。",)
    assert case_lines(entered[1], result.cases[1], result, SEVENTY_THIRTY, ChoiceRule())[-1].startswith("尚缺")


def test_experts_who_give_every_case_no_points_have_judged_all_the_same() -> None:
    shares = Shares(PartRule(Decimal(70), Scaling.POINTS), PartRule(Decimal(30)))
    (found,) = totals([Standing("甲", "甲", experts=Fraction(0), public=Fraction(4))], shares).cases
    assert found.total == 30


@given(standings())
def test_totals_lie_between_the_parts_and_follow_from_the_definition(entered: list[Standing]) -> None:
    found = totals(entered, SEVENTY_THIRTY)
    assert found.experts + found.public in (0, 1)
    most = {
        "experts": max((one.experts or 0 for one in entered), default=0),
        "public": max((one.public or 0 for one in entered), default=0),
    }
    by_name = {one.case: one for one in entered}
    for one in found.cases:
        given_ = by_name[one.case]
        parts = [
            (Fraction(weight), None if value is None else 100 * value / largest)
            for weight, value, largest in ((7, given_.experts, most["experts"]), (3, given_.public, most["public"]))
            if largest
        ]
        if not parts or any(value is None for _, value in parts):
            assert one.total is None
        else:
            expected = sum(w * (v or 0) for w, v in parts) / sum(w for w, _ in parts)
            assert one.total == expected
            assert 0 <= one.total <= 100


@given(standings(), CHOICES, st.randoms())
def test_the_order_of_standings_is_of_no_account(entered: list[Standing], choice: ChoiceRule, random: Random) -> None:
    shuffled = entered.copy()
    random.shuffle(shuffled)
    bonus = BonusRule(Earning.BEST)
    assert decide(shuffled, SEVENTY_THIRTY, choice, bonus) == decide(entered, SEVENTY_THIRTY, choice, bonus)


@given(standings(), CHOICES)
def test_chosen_cases_are_never_worse_than_others_and_never_too_many(
    entered: list[Standing], choice: ChoiceRule
) -> None:
    ranked = select(totals(entered, SEVENTY_THIRTY).cases, choice)
    assert len(ranked) == len(entered)
    for pool in {one.pool for one in ranked}:
        inside = [one for one in ranked if one.pool == pool]
        chosen = [one.total.total for one in inside if one.chosen]
        others = [one.total.total for one in inside if not one.chosen and one.total.total is not None]
        assert all(value is not None and value >= (choice.minimum or 0) for value in chosen)
        assert min((value for value in chosen if value is not None), default=101) >= max(others, default=0)
        if not any(one.ended is Ended.TIE_ALL_IN for one in inside):
            assert len(chosen) <= choice.first
        fit = [one for one in inside if one.ended not in {Ended.OPEN, Ended.NO_POINTS, Ended.BELOW_MINIMUM}]
        if not any(one.ended is Ended.TIE_NONE_IN for one in inside):
            assert len(chosen) >= min(choice.first, len(fit))
        if TieBreak.LOT in choice.tie_breaks:
            assert len(chosen) == min(choice.first, len(fit))


TIED = [case("甲", 90, 80, 1), case("乙", 80, 70, 2), case("丙", 80, 70, 3), case("丁", 80, 60, 9), case("戊", 10)]


@pytest.mark.parametrize(
    ("first", "tie_breaks", "remaining", "chosen"),
    [
        (2, (), Remaining.ALL_IN, "甲乙丙丁"),
        (2, (), Remaining.NONE_IN, "甲"),
        (2, (TieBreak.EXPERTS,), Remaining.ALL_IN, "甲乙丙"),
        (2, (TieBreak.EXPERTS,), Remaining.NONE_IN, "甲"),
        (2, (TieBreak.EXPERTS, TieBreak.FIRST_CHOICES), Remaining.NONE_IN, "甲丙"),
        (2, (TieBreak.FIRST_CHOICES,), Remaining.NONE_IN, "甲丁"),
        (3, (TieBreak.EXPERTS,), Remaining.NONE_IN, "甲乙丙"),
        (4, (), Remaining.NONE_IN, "甲乙丙丁"),
        (0, (), Remaining.ALL_IN, ""),
        (9, (), Remaining.NONE_IN, "甲乙丙丁戊"),
    ],
)
def test_ties_at_the_last_place_are_broken_as_the_round_says(
    first: int, tie_breaks: tuple[TieBreak, ...], remaining: Remaining, chosen: str
) -> None:
    ranked = select(TIED, ChoiceRule(first=first, tie_breaks=tie_breaks, remaining=remaining))
    assert {one.total.case for one in ranked if one.chosen} == set(chosen)


def test_equal_totals_share_a_rank_whoever_wins_the_tie() -> None:
    ranked = select(TIED, ChoiceRule(first=2, tie_breaks=(TieBreak.FIRST_CHOICES,)))
    assert [one.rank.number for one in ranked if one.rank] == [1, 2, 2, 2, 5]
    assert {one.total.case: one.ended for one in ranked} == {
        "甲": Ended.PLACE,
        "丁": Ended.TIE_BROKEN_FOR,
        "乙": Ended.TIE_BROKEN_AGAINST,
        "丙": Ended.TIE_BROKEN_AGAINST,
        "戊": Ended.BEYOND,
    }


def test_a_lot_can_be_drawn_again_by_anybody_and_changes_with_the_seed() -> None:
    equal = [case(name, 50) for name in "甲乙丙丁戊己"]
    drawn = {
        seed: {
            one.total.case
            for one in select(equal, ChoiceRule(first=2, tie_breaks=(TieBreak.LOT,), seed=seed))
            if one.chosen
        }
        for seed in map(str, range(20))
    }
    assert all(
        names == set(sorted("甲乙丙丁戊己", key=lambda name: lot(seed, name))[:2]) for seed, names in drawn.items()
    )
    assert len(set(map(frozenset, drawn.values()))) > 5


def test_places_may_differ_by_pool_and_a_minimum_holds_everywhere() -> None:
    cases = [case("甲", 90, category="网站"), case("乙", 59, category="网站"), case("丙", 70, category="政府")]
    choice = ChoiceRule(first=1, places={"网站": 2}, pool=Pool.CATEGORY, minimum=Fraction(60))
    assert {one.total.case: one.ended for one in select(cases, choice)} == {
        "丙": Ended.PLACE,
        "甲": Ended.PLACE,
        "乙": Ended.BELOW_MINIMUM,
    }


def test_a_case_without_points_is_never_chosen() -> None:
    assert [one.ended for one in select([case("甲", 0)], ChoiceRule(first=1))] == [Ended.NO_POINTS]


SUBJECTS = [
    case("一", 90, subject="甲市"),
    case("二", 80, subject="甲市"),
    case("三", 70, subject="甲市"),
    case("四", 60, subject="甲市"),
    case("五", 95, subject="乙县"),
    case("六", 10, subject="丙区"),
]


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        (BonusRule(Earning.BEST), {"甲市": Fraction(8), "乙县": Fraction(19, 6), "丙区": Fraction(1, 3)}),
        (BonusRule(Earning.BEST, full=Fraction(200)), {"甲市": 10, "乙县": Fraction(19, 4), "丙区": Fraction(1, 2)}),
        (BonusRule(Earning.CHOSEN, per_case=Decimal(4)), {"甲市": 10, "乙县": 4, "丙区": 0}),
        (BonusRule(Earning.TOTAL, per_case=Decimal(4)), {"甲市": Fraction(48, 5), "乙县": Fraction(19, 5), "丙区": 0}),
        (
            BonusRule(Earning.POSITION, positions=(RankPoints(1, Decimal(5)), RankPoints(3, Decimal("2.5")))),
            {"甲市": 5, "乙县": 5, "丙区": 0},
        ),
    ],
)
def test_the_bonus_follows_the_rule_and_is_capped(rule: BonusRule, points: dict[str, Fraction]) -> None:
    ranked = select(SUBJECTS, ChoiceRule(first=4))
    found = bonuses(ranked, rule)
    assert {one.subject: one.points for one in found} == points
    assert {one.subject for one in found if one.capped} == ({"甲市"} if points["甲市"] == 10 else set())


@given(standings(), CHOICES, st.sampled_from(Earning), st.integers(1, 20))
def test_a_bonus_lies_between_nothing_and_the_cap_and_is_what_its_cases_earned(
    entered: list[Standing], choice: ChoiceRule, by: Earning, cap: int
) -> None:
    rule = BonusRule(by, Decimal(cap), per_case=Decimal("3.3"), positions=(RankPoints(2, Decimal(7)),))
    for one in decide(entered, SEVENTY_THIRTY, choice, rule).bonuses:
        earned = sum((each.points for each in one.cases), Fraction(0))
        assert 0 <= one.points == min(earned, Fraction(cap))
        assert one.capped == (earned > cap)
        assert one.index(rule.cap) * cap == one.points


def test_lines_let_anybody_recompute() -> None:
    entered = [
        Standing("乙", "乙市", experts=Fraction(6), public=Fraction(400)),
        Standing("甲", "甲市", experts=Fraction(9), public=Fraction(100)),
    ]
    choice, bonus = ChoiceRule(first=1), BonusRule(Earning.BEST)
    result = decide(entered, SEVENTY_THIRTY, choice, bonus)
    assert case_lines(entered[0], result.cases[1], result, SEVENTY_THIRTY, choice) == [
        "专家：6 票，100 × 6 ÷ 最多票数 9 = 200/3（≈66.6667） 分。",
        "公众：400 票，100 × 400 ÷ 最多票数 400 = 100 分。",
        "总分 = 0.7 × 200/3（≈66.6667） + 0.3 × 100 = 230/3（≈76.6667），第 2 名。",
        "名额之外，未入选。",
    ]
    assert bonus_lines(result.bonuses[1], bonus) == [
        "得分最高的 3 个案例计入，每个得 10 × 总分 ÷ 300 分。",
        "案例 甲 得 31/12（≈2.5833） 分。",
        "合计 31/12（≈2.5833） 分。",
    ]


def test_lines_tell_how_a_tie_was_broken_and_a_bonus_capped() -> None:
    entered = [Standing(name, name, experts=Fraction(3)) for name in "甲乙"]
    choice = ChoiceRule(first=1, tie_breaks=(TieBreak.LOT,), seed="20251201")
    bonus = BonusRule(Earning.CHOSEN, per_case=Decimal(12))
    result = decide(entered, SEVENTY_THIRTY, choice, bonus)
    ends = [
        case_lines(one, two, result, SEVENTY_THIRTY, choice)[-1]
        for one, two in zip(entered[::-1], result.cases, strict=True)
    ]
    assert sorted(end.split("）")[1] for end in ends) == ["入选。", "未入选。"]
    assert all("种子“20251201”" in end for end in ends)
    assert "合计 12 分，超过上限，按 10 分计。" in [bonus_lines(one, bonus)[-1] for one in result.bonuses]


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(5), "5"), (Fraction(-1, 8), "-0.125"), (Fraction(1, 3), "1/3（≈0.3333）")]
)
def test_numbers_are_shown_exactly(value: Fraction, text: str) -> None:
    assert exact(value) == text


@pytest.mark.parametrize(
    ("entered", "shares", "sentence"),
    [
        ([Standing("甲", "甲"), Standing("甲", "乙")], SEVENTY_THIRTY, "出现两次"),
        ([Standing("甲", "甲", experts=Fraction(-1))], SEVENTY_THIRTY, "小于 0"),
        (
            [Standing("甲", "甲", public=Fraction(5))],
            Shares(PartRule(Decimal(1)), PartRule(Decimal(1), Scaling.BALLOTS, 4)),
            "大于 4",
        ),
        (
            [Standing("甲", "甲", experts=Fraction(101))],
            Shares(PartRule(Decimal(1), Scaling.POINTS), PartRule(Decimal(0))),
            "大于 100",
        ),
        ([], Shares(PartRule(Decimal(0)), PartRule(Decimal(0))), "不能都为 0"),
        ([], Shares(PartRule(Decimal(-1)), PartRule(Decimal(2))), "不得小于 0"),
    ],
)
def test_standings_and_shares_that_cannot_be_used_are_refused(
    entered: list[Standing], shares: Shares, sentence: str
) -> None:
    with pytest.raises(UnusableChoice, match=sentence):
        totals(entered, shares)


@pytest.mark.parametrize(
    "choice", [ChoiceRule(first=-1), ChoiceRule(places={"网站": -1}), ChoiceRule(tie_breaks=(TieBreak.LOT,), seed=" ")]
)
def test_choices_that_cannot_be_used_are_refused(choice: ChoiceRule) -> None:
    with pytest.raises(UnusableChoice, match="请"):
        select([], choice)


@pytest.mark.parametrize(
    "rule",
    [
        BonusRule(Earning.CHOSEN, cap=Decimal(0)),
        BonusRule(Earning.CHOSEN, per_case=Decimal(-1)),
        BonusRule(Earning.BEST, best=0),
        BonusRule(Earning.BEST, full=Fraction(0)),
        BonusRule(Earning.POSITION, positions=(RankPoints(3, Decimal(1)), RankPoints(1, Decimal(2)))),
    ],
)
def test_bonus_rules_that_cannot_be_used_are_refused(rule: BonusRule) -> None:
    with pytest.raises(UnusableChoice, match="请改正本轮设置"):
        bonuses([], rule)


def test_a_subject_bonus_names_its_cases_from_the_most() -> None:
    (first, *_) = bonuses(select(SUBJECTS[:4], ChoiceRule(first=2)), BonusRule(Earning.TOTAL, per_case=Decimal(10)))
    assert first == SubjectBonus(
        "甲市", Fraction(10), (CaseEarned("一", Fraction(9)), CaseEarned("二", Fraction(8))), True
    )
