"""From verdicts and ballots to a published result, and from that into the totals and out again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from answered import an_entry, somebody
from case_days import rules_were
from panelled import LEVELS, Panelled, a_panel, days, given, rules
from scored import judged as judged_entry

from govgauge.errors import Unusable
from govgauge.office import bonus_effects
from govgauge.office.case_papers import papers, shown_points
from govgauge.office.domain import answers, case_bonus, case_calls, case_counts, ties, verdicts
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.answers import Said
from govgauge.office.models import (
    Answer,
    AnswerSource,
    AnswerStep,
    Ballot,
    CaseStep,
    CaseStepKind,
    Change,
    Entry,
    Judgement,
    Notice,
    Quarantine,
    RoleKind,
    RoundState,
)

MINUTE = datetime(2025, 11, 30, 4, tzinfo=UTC)
BONUS_CHECK = "7-1"


def a_judged_panel(**settings: object) -> Panelled:
    """Three cases judged by two experts each: 100, 75 and 50 points; the panel and the vote are over."""
    made = a_panel(settings=settings)
    for case, level in enumerate((5, 4, 3)):
        for expert in range(2):
            seat = given(made, expert, case)
            levels = dict.fromkeys(LEVELS, level)
            kept = verdicts.save(made.experts[expert], seat, levels, "", 0)
            verdicts.submit(made.experts[expert], kept, kept.version)
    rules_were(made.call, {**rules(), "panel": days(-9, -2), **settings})
    return made


def a_ballot(made: Panelled, number: int, *choices: int, network: str = "n", minute: datetime = MINUTE) -> Ballot:
    return Ballot.objects.create(
        call=made.call, choices=list(choices), commitment=f"{number:064x}", minute=minute, network=network
    )


def voted(made: Panelled) -> None:
    for number, choices in enumerate(((1, 3), (3,), (3,), (2, 3))):
        a_ballot(made, number, *choices)


def test_shares_of_experts_and_public_make_the_total_and_the_lines_explain_it() -> None:
    made = a_judged_panel()
    voted(made)
    count = case_counts.count(made.chair, made.call)
    told = {
        one.case.number: (one.experts, one.public, one.total, one.place, one.chosen)
        for one in count.results.select_related("case")
    }
    assert told == {
        1: ("100", "25", "77.5", 1, True),
        2: ("75", "25", "60", 3, False),
        3: ("50", "100", "65", 2, True),
    }
    assert (count.experts, count.ballots, count.set_aside) == (2, 4, 0)
    lines = count.results.get(case=made.cases[2]).explained
    assert lines[2] == "总分 = 0.7 × 50 + 0.3 × 100 = 65，“数字政府”中第 2 名。"


def test_the_same_papers_give_the_same_digest_and_any_change_another() -> None:
    made = a_judged_panel()
    voted(made)
    first, again = (case_counts.count(made.chair, made.call) for _ in range(2))
    assert (first.digest, first.number, again.number) == (again.digest, 1, 2)
    Ballot.objects.filter(commitment__endswith="1").update(choices=[1])
    assert case_counts.count(made.chair, made.call).digest != first.digest


def test_nothing_is_counted_before_the_panel_and_the_vote_are_over() -> None:
    made = a_judged_panel()
    for phase in ("panel", "vote"):
        rules_were(made.call, {**rules(), "panel": days(-9, -2), phase: days(-3, 0)})
        with pytest.raises(Unusable, match="结束前不计票"):
            case_counts.count(made.chair, made.call)


def test_bursts_count_only_where_it_was_decided_that_they_do() -> None:
    made = a_judged_panel()
    voted(made)
    for number in range(50):
        a_ballot(made, 100 + number, 2, network="burst")
    burst = Quarantine.objects.create(
        call=made.call,
        network="burst",
        first_minute=MINUTE,
        last_minute=MINUTE + timedelta(minutes=1),
        ballots=50,
        why="x",
    )
    first = case_counts.count(made.chair, made.call)
    assert (first.ballots, first.set_aside) == (4, 50)
    burst.counts = False
    burst.save()
    assert case_counts.count(made.chair, made.call).digest == first.digest
    burst.counts = True
    burst.save()
    last = case_counts.count(made.chair, made.call)
    assert (last.ballots, last.set_aside) == (54, 0)


def test_expert_ballots_count_without_those_for_whom_a_tie_was_found_later() -> None:
    made = a_panel(settings={"panel_mode": "ballots", "votes_per_expert": 2})
    from govgauge.office.domain import panel_ballots  # noqa: PLC0415 - only here

    for number, choices in enumerate(([1, 2], [1], [1, 3])):
        panel_ballots.cast(made.experts[number], made.expert(number), choices, seen=0)
    ties.declare(made.experts[0], made.expert(0), made.cases[0], "是本单位的项目")
    found = papers(made.call)
    assert found.experts == {"001": Fraction(2), "002": Fraction(1), "003": Fraction(1)}
    assert found.heads == 3


def test_a_count_tells_of_families_that_have_no_places() -> None:
    left = {"slug": "data", "name": "数据开放利用", "family": "开发区类"}
    made = a_judged_panel(categories=[rules()["categories"][0], left])  # type: ignore[index]
    count = case_counts.count(made.chair, made.call)
    assert [one for one in count.notes if "开发区类" in one] == [
        "评选办法没有给“开发区类”定入选数，其 1 个案例都不会入选；如有遗漏，请补上再重新计票。加分按得分计，不受影响。"
    ]
    left_out = count.results.get(case=made.cases[1])
    assert (left_out.chosen, left_out.explained[-1]) == (False, "没有定入选数，未入选。")


def test_adjusted_scores_count_only_where_everybody_can_be_compared() -> None:
    made = a_panel(experts=2, cases=2)
    for number in range(2):
        seat = given(made, number, number)
        kept = verdicts.save(made.experts[number], seat, LEVELS, "", 0)
        verdicts.submit(made.experts[number], kept, kept.version)
    rules_were(made.call, {**rules(), "panel": days(-9, -2), "adjusted": True})
    with pytest.raises(Unusable, match="不能按校正分计票"):
        case_counts.count(made.chair, made.call)


def test_a_result_is_published_once_told_and_taken_back() -> None:
    made = a_judged_panel()
    body = somebody(RoleKind.ASSESSED, scope=made.cases[0].entry.key)
    voted(made)
    first = case_counts.count(made.chair, made.call)
    last = case_counts.count(made.chair, made.call)
    with pytest.raises(Unusable, match="只能公布最近一次计票"):
        case_counts.publish(made.chair, first)
    assert case_counts.publish(made.chair, last) == 2
    assert case_calls.states(made.call)[made.cases[0].pk] == CaseStepKind.CHOSEN
    assert case_calls.states(made.call)[made.cases[1].pk] == CaseStepKind.NOT_CHOSEN
    assert Notice.objects.get(person=body.person).facts["outcome"] == "入选"
    assert case_counts.count(made.chair, made.call).digest == last.digest
    with pytest.raises(Unusable, match="写明理由"):
        case_counts.take_back(made.chair, last, "")
    case_counts.take_back(made.chair, last, "计票办法有误")
    assert case_calls.states(made.call)[made.cases[0].pk] == CaseStepKind.ADMITTED
    assert case_counts.published(made.call) is None
    assert Notice.objects.filter(event="case-unpublished").count() == 1
    with pytest.raises(NotAllowed):
        case_counts.count(made.experts[0], made.call)


def test_papers_that_changed_after_the_count_are_not_published() -> None:
    made = a_judged_panel()
    voted(made)
    count = case_counts.count(made.chair, made.call)
    a_ballot(made, 99, 2)
    with pytest.raises(Unusable, match="请重新计票"):
        case_counts.publish(made.chair, count)


def with_totals(made: Panelled) -> Entry:
    """The bodies of the cases and one without any, all judged by the program; that one."""
    for case, value in zip(made.cases, ("0.5", "0.9", "0.7"), strict=True):
        judged_entry(case.entry, {"1.1.1-1": value})
    other = an_entry(made.round, "无案例县")
    judged_entry(other, {"1.1.1-1": "1"})
    return other


def state_of_answers() -> tuple[object, ...]:
    return (
        list(Answer.objects.order_by("pk").values_list("entry", "check_id", "value", "source", "reason")),
        list(Judgement.objects.order_by("entry").values_list("entry", "low", "high")),
    )


def test_the_bonus_goes_into_the_totals_as_previewed_and_comes_out_again_exactly() -> None:
    made = a_judged_panel(bonus={"mode": "chosen", "per_case": "4"})
    other = with_totals(made)
    voted(made)
    count = case_counts.count(made.chair, made.call)
    with pytest.raises(Unusable, match="先公布"):
        case_bonus.bring_in(made.chair, count)
    case_counts.publish(made.chair, count)
    before = state_of_answers()
    effects = bonus_effects.effects(count)
    first = next(row for row in effects.rows if row.entry == made.cases[0].entry)
    assert first.before is not None
    assert first.after is not None
    assert (first.after - first.before, first.earned.points) == (4, "4")
    assert (first.rank_before, first.rank_after) == ("4", "2")
    step = case_bonus.bring_in(made.chair, count)
    assert (step.applied, step.entries) == (True, 4)
    low = {one.entry_id: Decimal(one.low) for one in Judgement.objects.filter(current=True)}
    assert low[first.entry.pk] == Decimal(float(first.after)).quantize(Decimal("0.000001")) or abs(
        low[first.entry.pk] - Decimal(float(first.after))
    ) < Decimal("1e-9")
    assert Answer.objects.get(entry=other, check_id=BONUS_CHECK).value == 0
    assert Answer.objects.get(entry=first.entry, check_id=BONUS_CHECK).value == Decimal("0.4")
    assert Change.objects.filter(verb="answer.accept", entry=first.entry).exists()
    with pytest.raises(Unusable, match="已计入总分"):
        case_bonus.bring_in(made.chair, count)
    case_bonus.take_out(made.chair, count)
    assert state_of_answers() == before
    assert not AnswerStep.objects.filter(source=AnswerSource.CASES).exists()
    assert Change.objects.filter(verb="answer.withdraw").count() == 4


def test_taking_a_result_back_takes_its_bonus_out_and_puts_back_what_was_accepted_before() -> None:
    made = a_judged_panel(bonus={"mode": "best", "best": 3})
    with_totals(made)
    entry = made.cases[0].entry
    said = Said(value=Decimal("0.1"), source=AnswerSource.CODING, reason="按上年")
    answers.accept(PROGRAM, entry, BONUS_CHECK, "7", said)
    voted(made)
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    before = state_of_answers()
    case_bonus.bring_in(made.chair, count)
    assert Answer.objects.get(entry=entry, check_id=BONUS_CHECK).value == Decimal("0.258333")
    case_counts.take_back(made.chair, count, "计票办法有误")
    assert state_of_answers() == before


def test_a_system_without_a_bonus_and_an_objection_keep_their_totals_and_say_why() -> None:
    made = a_judged_panel(bonus={"mode": "chosen", "per_case": "4"})
    with_totals(made)
    plain, objected = made.cases[0].entry, made.cases[2].entry
    plain.system, plain.profile = "2020-new-media", "wechat"
    plain.save()
    said = Said(value=Decimal(1), source=AnswerSource.OBJECTION, reason="异议成立")
    answers.accept(PROGRAM, objected, BONUS_CHECK, "7", said)
    voted(made)
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    told = {row.entry.pk: row.why_not for row in bonus_effects.effects(count).rows}
    assert "没有创新案例加分项" in told[plain.pk]
    assert "异议决定" in told[objected.pk]
    case_bonus.bring_in(made.chair, count)
    assert not Answer.objects.filter(entry=plain).exists()
    assert Answer.objects.get(entry=objected, check_id=BONUS_CHECK).source == AnswerSource.OBJECTION


def test_a_frozen_round_keeps_its_result() -> None:
    made = a_judged_panel()
    voted(made)
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    made.round.state = RoundState.FROZEN
    made.round.save()
    with pytest.raises(Unusable, match="已冻结"):
        case_counts.take_back(made.chair, count, "计票办法有误")
    with pytest.raises(Unusable, match="已冻结"):
        case_bonus.bring_in(made.chair, count)
    assert CaseStep.objects.filter(kind=CaseStepKind.CHOSEN).count() == 2


def test_points_are_shown_without_an_exponent() -> None:
    assert [shown_points(one) for one in (None, Fraction(0), Fraction(100), Fraction(250, 3), Fraction(1, 8))] == [
        "",
        "0",
        "100",
        "83.3333333333",
        "0.125",
    ]
