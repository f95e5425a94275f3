"""What screening does when a form changes, when people disagree, when a twin goes, and when nobody saw a twin."""

import pytest
from nominated import BODY, FORM, a_call, body, drafted, handed_in, of_kind
from test_screening import GOOD, head, home, levels, pair, scored, screener, told

from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import admissions, calibration, case_calls, case_scoring, case_twins, nominations, screening
from govgauge.office.domain.acting import Acting, acting_as
from govgauge.office.domain.case_steps import last_step, state_of
from govgauge.office.models import Case, CaseCall, CaseScore, CaseTwins, Change, RoleKind
from govgauge.office.queries.cases import WORK, to_screen

__all__ = ["home"]


def proposed(call: CaseCall, case: Case) -> tuple[str, str]:
    (one,) = admissions.weighed(head(), call, [case.pk], admits=True)
    return one.proposal.what.value, one.proposal.why


def changed(own: Acting, case: Case, **fields: str) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    return nominations.submit(own, nominations.save(own, fresh, fields, fresh.version))


def test_checks_and_scores_of_an_earlier_form_count_no_longer() -> None:
    call, own = a_call(), body()
    case = handed_in(own, call)
    screening.check(screener(), case, GOOD, "", 0)
    people = scored(case, 4, 4)
    assert proposed(call, case)[0] == "admit"
    screening.send_back(screener(), case, "请补充成效", last_step(case))
    changed(own, case, reason="没有成效。")
    assert proposed(call, case) == ("open", "还没有核对完")
    assert screening.holding(case) is None
    waiting = dict.fromkeys(WORK, 0) | {"check": 1, "score": 1}
    assert to_screen(call.round, people[0].person) == waiting
    assert [(one.levels, one.submitted_at, one.points) for one in CaseScore.objects.all()] == [
        (levels(4), None, None)
    ] * 2
    last = case.checks.latest("id")
    screening.check(screener(), case, GOOD, "", last.pk)
    assert proposed(call, case) == ("open", "还差 2 人评分")
    for one in people:
        score = CaseScore.objects.get(by=one.person)
        case_scoring.save(one, case, levels(2), "", score.version)
        case_scoring.submit(one, case)
    assert proposed(call, case) == ("refuse", "平均 25.00 分，未达到 60 分")


def test_people_who_are_far_apart_need_a_third() -> None:
    call = a_call(apart_from="50")
    case = handed_in(body(), call)
    screening.check(screener(), case, GOOD, "", 0)
    first, second = scored(case, 2, 4)
    assert proposed(call, case) == ("open", "评分相差达到 50 分，还差 1 人评分")
    rules = case_calls.rules_of(call)
    given = list(CaseScore.objects.all())
    assert case_scoring.shown_to(first.person, given, rules) == [given[0]]
    third = screener()
    assert to_screen(call.round, third.person)["score"] == 1
    assert to_screen(call.round, second.person)["score"] == 0
    assert case_scoring.shown_to(third.person, given, rules) == []
    case_scoring.save(third, case, levels(4), "", 0)
    case_scoring.submit(third, case)
    assert proposed(call, case) == ("refuse", "平均 58.33 分，未达到 60 分")
    with pytest.raises(Unusable, match="不再接受新的评分"):
        case_scoring.save(screener(), case, levels(4), "", 0)


@pytest.mark.parametrize(
    ("bound", "points", "needed"),
    [("40", [], 2), ("40", [0, 39], 2), ("40", [0, 40], 3), ("0", [0, 100], 2), ("40", [0], 2), ("40", [0, 40, 50], 3)],
)
def test_how_many_are_to_score_follows_from_how_far_apart_they_are(bound: str, points: list[int], needed: int) -> None:
    rules = case_calls.checked({"apart_from": bound})
    case = handed_in(body(), a_call())
    given = [CaseScore(case=case, points=one, submitted_at=case.steps.first().at) for one in points]  # type: ignore[union-attr]
    assert case_scoring.needed(rules, given) == needed
    assert case_scoring.needed(CaseSettings(apart_from=rules.apart_from), given) == needed


def test_a_case_joined_into_one_that_is_withdrawn_stands_again() -> None:
    call = a_call()
    first, second, twins = pair(call)
    case_twins.are_same(screener(), twins, first.pk, "同一系统")
    own = acting_as(first.nominated_by)  # type: ignore[arg-type]
    nominations.withdraw(own, first)
    assert (state_of(first), state_of(second)) == ("withdrawn", "reopened")
    assert told(second)[-1] == "case-stands-again"
    changed(own, first)
    assert CaseTwins.objects.get().state == "open"


def test_a_case_joined_into_one_that_is_withdrawn_goes_back_where_no_place_is_left() -> None:
    call = a_call(per_subject=1)
    expert, supervisor = acting_as(of_kind(RoleKind.EXPERT)), acting_as(of_kind(RoleKind.SUPERVISOR, "江东省"))
    first = handed_in(expert, call, kind="expert")
    second = handed_in(supervisor, call, kind="supervisor", name="“江东通”移动服务")
    case_twins.are_same(screener(), CaseTwins.objects.get(), first.pk, "同一系统")
    handed_in(body(), call, name="智慧停车", url="https://c.gov.cn/x")
    nominations.withdraw(expert, first)
    assert state_of(second) == "withdrawn"
    assert told(second)[-1] == "case-let-go"


def test_a_decision_on_twins_is_asked_anew_when_their_forms_come_nearer() -> None:
    call, neighbour = a_call(), body("江东省/乙市")
    handed_in(body(), call)
    other = handed_in(neighbour, call, "江东省/乙市", owner="乙市数据局", name="企业码", url=FORM["url"])
    twins = CaseTwins.objects.get()
    case_twins.are_different(screener(), twins, "两个系统共用一个网址")
    nominations.withdraw(neighbour, other)
    changed(neighbour, other, reason="只改了理由")
    assert CaseTwins.objects.get().state == "different"
    nominations.withdraw(neighbour, other)
    changed(neighbour, other, name=FORM["name"])
    assert (CaseTwins.objects.get().state, CaseTwins.objects.get().decided_by) == ("open", None)


def test_a_screener_asks_about_a_twin_that_the_program_did_not_see() -> None:
    call, own = a_call(), body()
    one = handed_in(own, call)
    other = handed_in(own, call, name="智慧停车", url="https://c.gov.cn/x")
    draft = drafted(own, call, name="还没有提交")
    assert not CaseTwins.objects.exists()
    reader = screener()
    for number, why, sentence in (
        (other.number, "", "请写明为什么"),
        (one.number, "同一", "没有第 1 号案例"),
        (draft.number, "同一", "没有第 3 号案例"),
        (99, "同一", "没有第 99 号案例"),
    ):
        with pytest.raises(Unusable, match=sentence):
            case_twins.ask(reader, one, number, why)
    case_twins.ask(reader, one, other.number, "后台是同一套")
    (twins,) = CaseTwins.objects.all()
    assert (twins.state, twins.why) == ("open", "审核人提出：后台是同一套")
    with pytest.raises(Unusable, match="已经在下面核对"):
        case_twins.ask(reader, other, one.number, "同一")
    nominations.withdraw(own, one)
    changed(own, one)
    case_twins.ask(reader, one, other.number, "后台还是同一套")
    fresh = CaseTwins.objects.get()
    case_twins.are_same(reader, fresh, one.pk, "同一系统")
    assert state_of(other) == "joined"


def test_what_a_score_says_is_not_in_the_trail() -> None:
    case = handed_in(body(), a_call())
    scored(case, 4, 4)
    rows = Change.objects.filter(topic="CaseScore")
    assert rows.count() == 4
    assert not any("4" in str(row.after.get(name, "")) for row in rows for name in ("levels", "points", "comment"))


def test_a_case_for_calibration_comes_back_into_the_running_only_when_it_is_none_any_more() -> None:
    call, own = a_call(), body()
    case = handed_in(own, call)
    screening.check(screener(), case, {**GOOD, "is_real": False}, "打不开", 0)
    chair = head()
    outcome = admissions.decide(chair, call, {case.pk: last_step(case)}, "不属实", admits=False)
    calibration.choose(chair, case, levels(3))
    assert outcome.decision is not None
    assert admissions.undo(chair, outcome.decision).refused == {1: "已用作校准案例，没有撤销；请先不再用于校准"}
    assert state_of(case) == "refused"
    gone = handed_in(own, call, name="智慧停车", url="https://c.gov.cn/x")
    nominations.withdraw(own, gone)
    calibration.choose(chair, gone, levels(3))
    with pytest.raises(Unusable, match="校准案例"):
        nominations.submit(own, Case.objects.get(pk=gone.pk))
    assert call.cases.filter(entry__key=BODY).count() == 2
