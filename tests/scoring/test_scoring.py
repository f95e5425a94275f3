"""Points worked out by hand, against the program's."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec import structs
from trees import NOT_APPLICABLE, NOT_OBSERVABLE, PROFILE, branch, check, given_value, leaf, system

from govgauge.outcomes import Finding, Outcome, Result
from govgauge.scoring.answers import Answer, UnusableAnswer, answers_from_results
from govgauge.scoring.explain import UnknownCode, explain
from govgauge.scoring.score import NotScorable, UnknownProfile, score
from govgauge.scoring.scored import Coverage, Points
from govgauge.scoring.scored_json import scored_json
from govgauge.scoring.stake import Stake, points_at_stake, stake_of_audit, stake_of_finding
from govgauge.systems.model import Method, Status

LINKS = check("1.1-1", "0.6", Method.AUTO, "broken-link")
STYLE = check("1.1-2", "0.4")
HALF = given_value("0.5")
TREE = system(
    branch("1", leaf("1.1", "5", LINKS, STYLE), leaf("1.2", "3", check("1.2-1"))),
    leaf("2", "2", check("2-1", "0.5"), check("2-2", "0.5"), deduct=True),
    leaf("3", "10", check("3-1"), bonus=True),
)


def test_without_answers_everything_is_open() -> None:
    scored = score(TREE, PROFILE, {})
    assert scored.total == Points(Fraction(0), Fraction(20))
    assert scored.base == Points(Fraction(0), Fraction(10))
    assert scored.bonus == Points(Fraction(0), Fraction(10))
    assert scored.coverage == Coverage(Fraction(20), Fraction(0), Fraction(0))
    assert {check.outcome for _, check in scored.checks()} == {Outcome.NOT_OBSERVABLE}


def test_answers_become_points_and_open_checks_a_range() -> None:
    scored = score(TREE, PROFILE, {"1.1-1": given_value("0.5"), "1.2-1": given_value("1")})
    assert {code: (node.low, node.high) for code, node in scored.nodes.items()} == {
        "1": (Fraction("4.5"), Fraction("6.5")),
        "1.1": (Fraction("1.5"), Fraction("3.5")),
        "1.2": (Fraction(3), Fraction(3)),
        "2": (0, 2),
        "3": (0, 10),
    }
    assert scored.nodes["1.2"].index == 1
    assert scored.nodes["1.2"].score == 3
    assert scored.nodes["1.1"].index is None
    assert scored.nodes["1"].score is None


def test_a_check_that_does_not_apply_gives_its_share_to_the_others() -> None:
    scored = score(TREE, PROFILE, {"1.1-1": NOT_APPLICABLE, "1.1-2": given_value("0.5")})
    assert [check.weight for check in scored.nodes["1.1"].checks] == [0, 5]
    assert scored.nodes["1.1"].index == Fraction(1, 2)


def test_a_check_that_the_profile_leaves_out_does_not_apply_whatever_was_answered() -> None:
    elsewhere = structs.replace(STYLE, profiles=("q",))
    scored = score(system(leaf("1.1", "5", LINKS, elsewhere)), PROFILE, dict.fromkeys(("1.1-1", "1.1-2"), HALF))
    assert [check.weight for check in scored.nodes["1.1"].checks] == [5, 0]
    assert scored.total == Points(Fraction("2.5"), Fraction("2.5"))


def test_an_indicator_that_does_not_apply_gives_its_weight_to_its_siblings() -> None:
    scored = score(TREE, PROFILE, {"1.2-1": NOT_APPLICABLE, "1.1-1": given_value("1"), "1.1-2": given_value("0")})
    assert (scored.nodes["1.1"].weight, scored.nodes["1.1"].effective_weight) == (5, 8)
    assert scored.nodes["1"].low == Fraction("4.8")
    assert (scored.nodes["1.2"].applies, scored.nodes["1.2"].score, scored.nodes["1.2"].index) == (False, None, None)


def test_when_no_sibling_applies_the_weight_moves_one_level_up() -> None:
    answers = dict.fromkeys(("1.1-1", "1.1-2", "1.2-1"), NOT_APPLICABLE)
    scored = score(TREE, PROFILE, {**answers, "2-1": given_value("1"), "2-2": given_value("0")})
    assert scored.nodes["2"].effective_weight == 10
    assert scored.base == Points(Fraction(5), Fraction(5))


def test_the_bonus_receives_and_gives_no_weight() -> None:
    bare = system(leaf("1", "90"), leaf("2", "10", bonus=True))
    scored = score(bare, PROFILE, {"1-1": NOT_APPLICABLE, "2-1": given_value("1")})
    assert (scored.base.high, scored.bonus.high, scored.total.high) == (0, 10, 10)
    refused = score(bare, PROFILE, {"1-1": given_value("1"), "2-1": NOT_APPLICABLE})
    assert (refused.base.low, refused.bonus.high, refused.total.high) == (90, 0, 90)


def test_a_deducting_indicator_loses_nothing_by_what_does_not_apply() -> None:
    scored = score(TREE, PROFILE, {"2-1": NOT_APPLICABLE, "2-2": given_value("0")})
    assert scored.nodes["2"].low == scored.nodes["2"].high == 1
    both = score(TREE, PROFILE, {"2-1": NOT_APPLICABLE, "2-2": NOT_APPLICABLE})
    assert both.nodes["2"].low == 2


def test_an_indicator_without_weight_in_the_profile_is_left_out() -> None:
    partly = system(leaf("1", None), leaf("2", "4"))
    assert list(score(partly, PROFILE, {"2-1": given_value("0.25")}).nodes) == ["2"]


def test_an_indicator_of_weight_zero_brings_nothing() -> None:
    scored = score(system(leaf("1", "0"), branch("2", leaf("2.1", "0"))), PROFILE, {"1-1": given_value("1")})
    assert scored.total == Points(Fraction(0), Fraction(0))
    assert scored.coverage.share == 0


def test_thirds_are_exact() -> None:
    thirds = system(branch("1", leaf("1.1", "1"), leaf("1.2", "1"), leaf("1.3", "1"), leaf("1.4", "7")))
    scored = score(thirds, PROFILE, {"1.4-1": NOT_APPLICABLE, **{f"1.{n}-1": given_value("1") for n in (1, 2, 3)}})
    assert scored.nodes["1.1"].low == Fraction(10, 3)
    assert scored.total == Points(Fraction(10), Fraction(10))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"9-1": given_value("1")}, "没有要点“9-1”"),
        ({"3-1": given_value("1.2")}, "取值 1.2 不在 0 至 1 之间"),
        ({"3-1": given_value("-0.1")}, "取值 -0.1 不在 0 至 1 之间"),
        ({"3-1": Answer(outcome=Outcome.PASS)}, "已作判断却没有取值"),
        ({"3-1": Answer(outcome=Outcome.NOT_APPLICABLE, value=Decimal(1))}, "不应有取值 1"),
    ],
)
def test_an_answer_that_cannot_be_scored_is_refused(answers: dict[str, Answer], said: str) -> None:
    with pytest.raises(UnusableAnswer, match=said):
        score(TREE, PROFILE, answers)


def test_an_unknown_profile_and_an_outline_are_refused() -> None:
    with pytest.raises(UnknownProfile, match="没有权重档“q”。可用：p"):
        score(TREE, "q", {})
    with pytest.raises(NotScorable, match="只有名称和数目"):
        score(system(leaf("1", "1"), status=Status.OUTLINE), PROFILE, {})


def result(outcome: Outcome, value: float | None = None, findings: int = 0, reason: str = "") -> Result:
    found = tuple(Finding(audit="broken-link", page=f"http://a.test/{n}") for n in range(findings))
    return Result(audit="broken-link", version=2, outcome=outcome, value=value, findings=found, reason=reason)


@pytest.mark.parametrize(
    ("judged", "answer"),
    [
        (result(Outcome.PARTIAL, 0.9, 3), (Outcome.PARTIAL, Decimal("0.9"), 3)),
        (result(Outcome.PASS), (Outcome.PASS, Decimal(1), 0)),
        (result(Outcome.FAIL), (Outcome.FAIL, Decimal(0), 0)),
        (result(Outcome.PARTIAL), (Outcome.NOT_OBSERVABLE, None, 0)),
        (result(Outcome.PARTIAL, 1.2), (Outcome.NOT_OBSERVABLE, None, 0)),
        (result(Outcome.PARTIAL, float("nan")), (Outcome.NOT_OBSERVABLE, None, 0)),
        (result(Outcome.NOT_APPLICABLE), (Outcome.NOT_APPLICABLE, None, 0)),
        (result(Outcome.NOT_OBSERVABLE, reason="被拒绝"), (Outcome.NOT_OBSERVABLE, None, 0)),
    ],
)
def test_a_result_becomes_an_answer_and_our_faults_stay_open(judged: Result, answer: tuple[object, ...]) -> None:
    made = answers_from_results(TREE, {"1.1-1": judged, "unknown": judged})
    assert list(made) == ["1.1-1"]
    one = made["1.1-1"]
    assert (one.outcome, one.value, one.findings) == answer
    assert one.source == "audit:broken-link@2"


def test_a_program_only_proposes_the_answer_of_an_assisted_check() -> None:
    tree = system(leaf("1", "4", check("a", "0.5", Method.ASSISTED, "broken-link"), check("b", "0.5")))
    answers = answers_from_results(tree, {"a": result(Outcome.PARTIAL, 0.5, 1)})
    assert (answers["a"].confirmed, answers["a"].confidence) == (False, 0.5)
    scored = score(tree, PROFILE, answers)
    assert scored.coverage == Coverage(Fraction(4), Fraction(2), Fraction(2))
    assert "a“要点a”，份额 0.5：2 分 × 0.5 = 1 分，发现问题 1 个，程序判断，待人工确认。" in explain(scored, "1")


def test_points_at_stake_are_split_evenly_among_findings() -> None:
    scored = score(TREE, PROFILE, {"1.1-1": given_value("0.5", findings=4), "1.2-1": given_value("1")})
    stakes = points_at_stake(scored)
    assert stakes[0] == Stake(
        check="1.1-1",
        indicator="1.1",
        text="要点1.1-1",
        audit="broken-link",
        weight=Fraction(3),
        lost=Fraction(3, 2),
        open=Fraction(0),
        findings=4,
    )
    assert stakes[0].per_finding == Fraction(3, 8)
    assert [(stake.check, stake.lost, stake.open, stake.per_finding) for stake in stakes[1:]] == [
        ("3-1", 0, 10, 0),
        ("1.1-2", 0, 2, 0),
        ("2-1", 0, 1, 0),
        ("2-2", 0, 1, 0),
    ]
    assert stake_of_audit(scored) == {"broken-link": Fraction(3, 2)}
    assert stake_of_finding(scored) == {"broken-link": Fraction(3, 8)}


def test_an_audit_that_two_checks_rest_on_costs_in_both() -> None:
    tree = system(leaf("1", "4", LINKS, STYLE), leaf("2", "6", check("x", "1", Method.AUTO, "broken-link")))
    scored = score(tree, PROFILE, {"1.1-1": given_value("0", findings=2), "x": given_value("0.5", findings=2)})
    assert stake_of_audit(scored) == {"broken-link": Fraction("5.4")}
    assert stake_of_finding(scored) == {"broken-link": Fraction("2.7")}


def test_an_explanation_can_be_checked_with_a_pencil() -> None:
    answers = {
        "1.1-1": given_value("0.5", findings=4),
        "1.1-2": NOT_OBSERVABLE,
        "1.2-1": given_value("1"),
        "2-1": NOT_APPLICABLE,
        "2-2": given_value("0"),
    }
    scored = score(TREE, PROFILE, answers)
    assert explain(scored) == [
        "1 指标1：8 分中得 4.5 至 6.5 分。",
        "2 指标2：2 分中得 1 分。",
        "3 指标3（加分）：10 分中得 0 至 10 分。",
        "基础分合计 5.5 至 7.5 分，满分 10 分。",
        "加分 0 至 10 分。",
        "总分 5.5 至 17.5 分。",
        "其中 12 分的要点还没有采集值，在下限中按 0、在上限中按满分计。",
    ]
    assert explain(scored, "1") == [
        "1 指标1：权重 8 分。",
        "1.1 指标1.1：5 分中得 1.5 至 3.5 分。",
        "1.2 指标1.2：3 分中得 3 分。",
        "合计 4.5 至 6.5 分；尚有要点未定，指数暂缺。",
    ]
    assert explain(scored, "1.1") == [
        "1.1 指标1.1：权重 5 分。",
        "1.1-1“要点1.1-1”，份额 0.6：3 分 × 0.5 = 1.5 分，发现问题 4 个。",
        "1.1-2“要点1.1-2”，份额 0.4：没有采集值（被拒绝访问），计 0 至 2 分。",
        "合计 1.5 至 3.5 分；尚有要点未定，指数暂缺。",
    ]
    assert explain(scored, "2") == [
        "2 指标2：权重 2 分。",
        "本指标从满分起扣；不适用的情形不扣分。",
        "2-1“要点2-1”，份额 0.5：不适用，不扣分，计 1 分。",
        "2-2“要点2-2”，份额 0.5：1 分 × 0 = 0 分。",
        "合计 1 分，指数 0.5。",
    ]


def test_an_explanation_tells_where_weight_went() -> None:
    scored = score(TREE, PROFILE, {"1.2-1": NOT_APPLICABLE, "1.1-1": NOT_APPLICABLE, "1.1-2": given_value("0.3333")})
    assert explain(scored, "1.2") == [
        "1.2 指标1.2：权重 3 分。",
        "全部要点不适用，权重按比例转给同级指标。",
        "1.2-1“要点1.2-1”，份额 1：不适用，不计。",
        "本指标不计分。",
    ]
    assert explain(scored, "1.1") == [
        "1.1 指标1.1：权重 5 分。",
        "同级有指标不适用，其权重按比例转来，本指标实际为 8 分。",
        "不适用的要点把份额按比例让给其余要点。",
        "1.1-1“要点1.1-1”，份额 0.6：不适用，不计。",
        "1.1-2“要点1.1-2”，份额 0.4：8 分 × 0.3333 = 2.6664 分。",
        "合计 2.6664 分，指数 0.3333。",
    ]


def test_an_explanation_of_a_complete_score_tells_no_open_part() -> None:
    tree = system(leaf("1", "3", check("a", "0.5"), check("b", "0.5")), leaf("2", "0", bonus=True))
    answers = {"a": given_value("0.12345"), "b": given_value("1"), "2-1": given_value("1")}
    assert explain(score(tree, PROFILE, answers)) == [
        "1 指标1：3 分中得 ≈1.6852 分。",
        "2 指标2（加分）：0 分中得 0 分。",
        "基础分合计 ≈1.6852 分，满分 3 分。",
        "总分 ≈1.6852 分。",
    ]


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownCode, match="没有代码为“7”的指标"):
        explain(score(TREE, PROFILE, {}), "7")


def test_json_holds_unrounded_numbers_and_null_where_a_part_is_open() -> None:
    shown = scored_json(score(TREE, PROFILE, {"1.2-1": given_value("0.3", findings=2), "1.1-1": given_value("1")}))
    assert json.loads(json.dumps(shown)) == shown
    assert shown["coverage"] == {
        "weight_total": 20.0,
        "weight_answered": 6.0,
        "weight_open": 14.0,
        "weight_proposed": 0.0,
    }
    assert shown["total"] == {"low": 3.9, "high": 17.9, "points": 3.9}
    assert shown["base"] == {"low": 3.9, "high": 7.9, "points": 3.9}
    indicators = shown["indicators"]
    assert isinstance(indicators, list)
    assert [(one["code"], one["index"], one["score"]) for one in indicators] == [
        ("1.1", None, None),
        ("1.2", 0.3, 0.9),
        ("2", None, None),
        ("3", None, None),
    ]
    assert indicators[1] == {
        "code": "1.2",
        "path": ["指标1", "指标1.2", None],
        "level": 2,
        "weight": 3.0,
        "effective_weight": 3.0,
        "index": 0.3,
        "score": 0.9,
        "low": 0.9,
        "high": 0.9,
        "answered": 3.0,
        "applies": True,
        "bonus": False,
        "deduct": False,
        "checks": [
            {
                "id": "1.2-1",
                "text": "要点1.2-1",
                "share": 1.0,
                "method": "manual",
                "audit": None,
                "outcome": "partial",
                "value": 0.3,
                "findings": 2,
                "weight": 3.0,
                "low": 0.9,
                "high": 0.9,
                "answered": True,
                "confirmed": True,
                "source": "",
                "reason": "",
            }
        ],
    }
