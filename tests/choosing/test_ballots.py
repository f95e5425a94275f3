"""Counting ballots."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.choosing.ballots import Ballot, BallotRule, Count, Fault, Invalid, count
from govgauge.choosing.unusable import UnusableChoice

CATEGORY = {"搜索": "网站", "问答": "网站", "适老": "网站", "大脑": "政府", "网格": "政府"}
RULE = BallotRule(in_all=3, in_category={"网站": 2})
CASES = (*CATEGORY, "外来")


@st.composite
def boxes(draw: st.DrawFn) -> list[Ballot]:
    """Ballots of a few voters, valid and not."""
    return [
        Ballot(
            f"B{at:02}",
            draw(st.sampled_from("abcde")),
            tuple(draw(st.lists(st.sampled_from(CASES), max_size=4))),
            draw(st.sampled_from([False, False, False, True])),
            draw(st.integers(0, 2)),
        )
        for at in range(draw(st.integers(0, 12)))
    ]


def test_votes_abstentions_and_invalid_ballots_are_told_apart() -> None:
    ballots = [
        Ballot("1", "a", ("搜索", "大脑")),
        Ballot("2", "b", ("大脑",)),
        Ballot("3", "c", abstains=True),
        Ballot("4", "d"),
        Ballot("5", "e", ("搜索", "问答", "适老")),
        Ballot("6", "f", ("搜索", "搜索")),
        Ballot("7", "g", ("外来",)),
        Ballot("8", "h", ("搜索", "问答", "大脑", "网格")),
        Ballot("9", "i", ("搜索",), abstains=True),
    ]
    assert count(ballots, CATEGORY, RULE, eligible=18) == Count(
        votes={"大脑": 2, "搜索": 1, "网格": 0, "适老": 0, "问答": 0},
        first=dict.fromkeys(CATEGORY, 0),
        ballots=9,
        voters=9,
        valid=2,
        abstentions=2,
        replaced=0,
        invalid=(
            Invalid("5", Fault.TOO_MANY_IN_CATEGORY, "“网站”选了 3 个案例，最多 2 个。"),
            Invalid("6", Fault.CHOSEN_TWICE, "同一案例选了两次。"),
            Invalid("7", Fault.UNKNOWN_CASE, "选了不在候选名单中的案例。"),
            Invalid("8", Fault.TOO_MANY, "选了 4 个案例，最多 3 个。"),
            Invalid("9", Fault.ABSTAINS_AND_CHOOSES, "既选择弃权又选了案例。"),
        ),
        eligible=18,
        turnout=Fraction(1, 2),
    )


@pytest.mark.parametrize(
    ("ballots", "votes", "replaced", "faults"),
    [
        ([Ballot("1", "a", ("搜索",)), Ballot("2", "a", ("问答",), revision=1)], {"问答": 1}, 1, []),
        ([Ballot("1", "a", ("搜索",)), Ballot("2", "a", ("搜索",))], {"搜索": 1}, 1, []),
        ([Ballot("1", "a", ("搜索",)), Ballot("2", "a", ("问答",))], {}, 0, [Fault.TWO_BALLOTS] * 2),
        ([Ballot("1", "a", ("搜索",)), Ballot("2", "a", abstains=True, revision=3)], {}, 1, []),
        ([Ballot("1", "z", ("搜索",)), Ballot("2", "a", ("问答",))], {"问答": 1}, 0, [Fault.STRANGER]),
    ],
)
def test_one_person_has_one_ballot(
    ballots: list[Ballot], votes: dict[str, int], replaced: int, faults: list[Fault]
) -> None:
    counted = count(ballots, CATEGORY, RULE, roll={"a", "b"})
    assert {case: number for case, number in counted.votes.items() if number} == votes
    assert (counted.replaced, [one.fault for one in counted.invalid]) == (replaced, faults)
    assert counted.turnout == Fraction(1, 2)


@given(boxes(), st.randoms())
def test_the_order_of_ballots_never_matters_and_a_recount_gives_the_same(ballots: list[Ballot], random: Random) -> None:
    shuffled = ballots.copy()
    random.shuffle(shuffled)
    assert count(shuffled, CATEGORY, RULE) == count(ballots, CATEGORY, RULE) == count(ballots, CATEGORY, RULE)


@given(boxes())
def test_every_ballot_is_somewhere_and_every_voter_once(ballots: list[Ballot]) -> None:
    counted = count(ballots, CATEGORY, RULE, roll=frozenset("abcd"))
    assert counted.ballots == counted.valid + counted.abstentions + counted.replaced + len(counted.invalid)
    assert counted.valid + counted.abstentions <= counted.voters <= 4
    assert sum(counted.votes.values()) <= 3 * counted.valid


@given(boxes())
def test_counts_are_those_of_a_plain_tally(ballots: list[Ballot]) -> None:
    """The reference: one pass over voters, all conditions written out."""
    votes = dict.fromkeys(CATEGORY, 0)
    for voter in {one.voter for one in ballots}:
        own = [one for one in ballots if one.voter == voter]
        last = [one for one in own if one.revision == max(other.revision for other in own)]
        if any((one.choices, one.abstains) != (last[0].choices, last[0].abstains) for one in last):
            continue
        chosen = last[0].choices
        sites = [case for case in chosen if CATEGORY.get(case) == "网站"]
        if last[0].abstains or "外来" in chosen or len(chosen) > 3 or len(sites) > 2 or len({*chosen}) < len(chosen):
            continue
        for case in chosen:
            votes[case] += 1
    assert count(ballots, CATEGORY, RULE).votes == votes


@given(st.lists(boxes(), min_size=2, max_size=2))
def test_boxes_of_different_voters_add_up(pair: list[list[Ballot]]) -> None:
    one = pair[0]
    other = [Ballot(f"X{each.id}", f"X{each.voter}", each.choices, each.abstains, each.revision) for each in pair[1]]
    both, first, second = (count(box, CATEGORY, RULE) for box in ([*one, *other], one, other))
    assert both.votes == {case: first.votes[case] + second.votes[case] for case in both.votes}
    assert both.voters == first.voters + second.voters


def test_first_choices_are_counted_where_choices_are_ranked() -> None:
    ballots = [Ballot("1", "a", ("搜索", "大脑")), Ballot("2", "b", ("大脑", "搜索")), Ballot("3", "c", ("大脑",))]
    counted = count(ballots, CATEGORY, BallotRule(ranked=True))
    assert (counted.votes["搜索"], counted.votes["大脑"]) == (2, 3)
    assert (counted.first["搜索"], counted.first["大脑"]) == (1, 2)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [(BallotRule(blank_abstains=False), Fault.BLANK), (BallotRule(at_least=2), None)],
)
def test_a_blank_ballot_abstains_only_where_the_round_says_so(rule: BallotRule, fault: Fault | None) -> None:
    counted = count([Ballot("1", "a")], CATEGORY, rule)
    assert [one.fault for one in counted.invalid] == ([fault] if fault else [])
    assert counted.abstentions == (fault is None)


def test_too_few_choices_are_invalid() -> None:
    (invalid,) = count([Ballot("1", "a", ("搜索",))], CATEGORY, BallotRule(at_least=2)).invalid
    assert invalid.fault is Fault.TOO_FEW


def test_limits_hold_for_every_category_that_has_none_of_its_own() -> None:
    rule = BallotRule(in_each=1, in_category={"政府": 2})
    assert count([Ballot("1", "a", ("搜索", "大脑", "网格"))], CATEGORY, rule).valid == 1
    (invalid,) = count([Ballot("1", "a", ("搜索", "问答"))], CATEGORY, rule).invalid
    assert invalid.fault is Fault.TOO_MANY_IN_CATEGORY


@pytest.mark.parametrize(
    "rule",
    [
        BallotRule(in_all=0),
        BallotRule(in_each=-1),
        BallotRule(at_least=3, in_all=2),
        BallotRule(in_category={"网站": -1}),
    ],
)
def test_limits_that_allow_nothing_are_refused(rule: BallotRule) -> None:
    with pytest.raises(UnusableChoice, match="请改正本轮设置"):
        count([], CATEGORY, rule)


def test_two_ballots_of_one_id_are_refused() -> None:
    with pytest.raises(UnusableChoice, match="出现两次"):
        count([Ballot("1", "a"), Ballot("1", "b")], CATEGORY, RULE)
