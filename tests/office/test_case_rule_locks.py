"""Rules by which people judge and vote stand: nobody looks into a running vote by them, or steers what came of it."""

from datetime import date, timedelta

import pytest
from case_days import rules_had
from panelled import a_panel, days, rules

from govgauge.errors import Unusable
from govgauge.office.case_rule_locks import broken
from govgauge.office.case_rules import CaseSettings, Days, PanelMode, Ties
from govgauge.office.domain import case_calls, case_counts
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import ProofKind

TODAY = date(2025, 11, 30)


def within(first: int, last: int) -> Days:
    return Days(TODAY + timedelta(days=first), TODAY + timedelta(days=last))


def told(before: CaseSettings, *, counted: bool = False, **changed: object) -> str:
    from msgspec.structs import replace  # noqa: PLC0415 - only here

    return "".join(broken(before, replace(before, **changed), TODAY, counted=counted))


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (None, within(-3, -1), ""),
        (within(1, 9), within(2, 3), ""),
        (within(1, 9), None, ""),
        (within(-1, 9), within(-1, 20), ""),
        (within(-1, 9), within(-1, 0), ""),
        (within(0, 9), within(0, -1), "最早可以改为今天"),
        (within(-1, 9), within(-2, 9), "起日不能再改"),
        (within(-1, 9), None, "起日不能再改"),
        (within(-9, -1), within(-9, 1), "已在 2025-11-29 结束"),
        (within(-9, -1), within(-9, -2), "已在 2025-11-29 结束"),
        (within(-9, -1), None, "已在 2025-11-29 结束"),
    ],
)
def test_a_vote_under_way_can_be_prolonged_and_one_that_is_over_stays_over(
    before: Days | None, after: Days | None, why: str
) -> None:
    said = told(CaseSettings(vote=before), vote=after)
    assert why in said
    assert bool(said) == bool(why)


@pytest.mark.parametrize(
    ("changed", "while_voting", "while_judging"),
    [
        ({"proofs": (ProofKind.PHONE,)}, True, False),
        ({"votes_per_voter": 3}, True, False),
        ({"panel_mode": PanelMode.BALLOTS}, False, True),
        ({"votes_per_expert": 3}, False, True),
        ({"public_share": CaseSettings().public_share / 2}, True, True),
        ({"ties": Ties.LOT}, True, True),
        ({"lot_seed": "别的"}, True, True),
        ({"per_subject": 9}, False, False),
    ],
)
def test_how_one_votes_and_judges_stands_once_it_has_begun(
    changed: dict[str, object], while_voting: bool, while_judging: bool
) -> None:
    assert told(CaseSettings(vote=within(1, 2), panel=within(1, 2), lot_seed="某日开奖号码"), **changed) == ""
    assert bool(told(CaseSettings(vote=within(0, 2), lot_seed="某日开奖号码"), **changed)) == while_voting
    assert bool(told(CaseSettings(panel=within(-5, -2), lot_seed="某日开奖号码"), **changed)) == while_judging


def test_a_seed_that_comes_after_the_vote_can_be_given_once() -> None:
    assert told(CaseSettings(vote=within(-5, -2)), lot_seed="05 11 23") == ""
    assert "抽签种子" in told(CaseSettings(vote=within(-5, -2), lot_seed="05 11 23"), lot_seed="01 02 03")


def test_after_a_count_the_panel_is_not_opened_again() -> None:
    before = CaseSettings(panel=within(-5, -2))
    assert told(before, panel=within(-5, 2)) == ""
    assert "已经计过票" in told(before, panel=within(-5, 2), counted=True)
    assert "是否按校正分" in told(before, adjusted=True, counted=True)


def test_nobody_ends_a_vote_to_look_at_the_votes_and_opens_it_again() -> None:
    made = a_panel(settings={"vote": days(-1, 3)})
    with pytest.raises(Unusable, match="最早可以改为今天"):
        case_calls.change_rules(PROGRAM, made.call, rules(vote=days(-1, -1)))
    rules_had(made.call, vote=days(-3, -1), panel=days(-3, -1))
    case_counts.count(made.chair, made.call)
    over = {"vote": days(-3, -1), "panel": days(-3, -1)}
    for phase in ("vote", "panel"):
        with pytest.raises(Unusable, match="不能再改"):
            case_calls.change_rules(PROGRAM, made.call, rules(**{**over, phase: days(-3, 1)}))
