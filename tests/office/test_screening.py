"""Screening cases: checks, scores that are blind, twins, and who goes into the final; each verb with its refusals."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone
from nominated import BODY, a_call, body, drafted, handed_in, of_kind

from govgauge.choosing.rubric import rubric
from govgauge.errors import Unusable
from govgauge.office import case_presets
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import (
    admissions,
    case_calls,
    case_files,
    case_scoring,
    case_twins,
    nominations,
    screening,
    uploads,
)
from govgauge.office.domain.acting import Acting, NotAllowed, acting_as
from govgauge.office.domain.case_steps import last_step, state_of
from govgauge.office.models import Case, CaseCall, CaseScore, CaseTwins, Notice, RoleKind

GOOD = {"is_complete": True, "is_in_scope": True, "is_real": True}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


@pytest.fixture(autouse=True)
def home(office: Path) -> Iterator[None]:
    with override_settings(HOME=office):
        yield


def screener(organisation: str = "") -> Acting:
    return acting_as(of_kind(RoleKind.REVIEWER, organisation=organisation))


def head() -> Acting:
    return acting_as(of_kind(RoleKind.ADMINISTRATOR))


def levels(level: int, **other: int) -> dict[str, int]:
    return dict.fromkeys(rubric().codes, level) | other


def scored(case: Case, *given: int) -> list[Acting]:
    """People who gave a case one level everywhere each."""
    people = [screener() for _ in given]
    for acting, level in zip(people, given, strict=True):
        case_scoring.save(acting, case, levels(level), "", 0)
        case_scoring.submit(acting, case)
    return people


def ready(case: Case, *given: int) -> None:
    """A case that was checked and scored."""
    screening.check(screener(), case, GOOD, "", 0)
    scored(case, *given)


def told(case: Case) -> list[str]:
    return list(Notice.objects.filter(person=case.nominated_by).order_by("id").values_list("event", flat=True))


def test_a_case_is_checked_and_the_last_check_holds() -> None:
    case = handed_in(body(), a_call())
    one = screening.check(screener(), case, {**GOOD, "is_real": None}, "", 0)
    with pytest.raises(Unusable, match="别人刚刚核对过"):
        screening.check(screener(), case, GOOD, "", 0)
    with pytest.raises(Unusable, match="请写明理由"):
        screening.check(screener(), case, {**GOOD, "is_real": False}, " ", one.pk)
    screening.check(screener(), case, {**GOOD, "is_real": False}, "网址打不开，电话无人接听", one.pk)
    assert list(case.checks.order_by("id").values_list("is_real", flat=True)) == [None, False]


def test_who_has_a_part_in_a_case_screens_it_not() -> None:
    call, own = a_call(), body()
    case = handed_in(own, call)
    nominator = of_kind(RoleKind.REVIEWER)
    nominator.roles.create(kind=RoleKind.EXPERT)
    by_expert = handed_in(acting_as(nominator), call, kind="expert", name="智慧停车", url="https://c.gov.cn/x")
    colleague = of_kind(RoleKind.REVIEWER)
    colleague.roles.create(kind=RoleKind.ASSESSED, scope=BODY)
    for acting, one in (
        (acting_as(nominator), by_expert),
        (acting_as(colleague), case),
        (screener("甲市 政务服务局"), case),
        (screener("甲市"), case),
    ):
        with pytest.raises(NotAllowed, match="由其他人审核"):
            screening.check(acting, one, GOOD, "", 0)
        with pytest.raises(NotAllowed, match="由其他人审核"):
            case_scoring.save(acting, one, levels(3), "", 0)
    screening.check(screener("乙市政务服务局"), case, GOOD, "", 0)
    with pytest.raises(NotAllowed):
        screening.check(own, case, GOOD, "", 0)


def test_a_changed_category_and_a_return_are_told_with_their_reason() -> None:
    call, own = a_call(), body()
    case = handed_in(own, call)
    with pytest.raises(Unusable, match="请写明理由"):
        screening.recategorise(screener(), case, "society", "")
    with pytest.raises(Unusable, match="没有案例类别"):
        screening.recategorise(screener(), case, "gone", "x")
    screening.recategorise(screener(), case, "society", "主要是基层治理")
    assert state_of(case) == "submitted"
    with pytest.raises(Unusable, match="刚刚有变动"):
        screening.send_back(screener(), case, "缺少成效数据", 1)
    screening.send_back(screener(), case, "缺少成效数据", last_step(case))
    assert (Case.objects.get().category, state_of(case)) == ("society", "returned")
    assert told(case) == ["case-recategorised", "case-returned"]
    fresh = Case.objects.get()
    nominations.save(own, fresh, {"reason": "一年少跑三十万次"}, fresh.version)
    nominations.submit(own, fresh)
    assert state_of(case) == "submitted"


def test_a_returned_case_is_corrected_after_the_nomination_too_but_not_for_ever() -> None:
    call, own = a_call(correction_days=3), body()
    case = handed_in(own, call)
    screening.send_back(screener(), case, "缺少成效数据", last_step(case))
    ended = timezone.localdate() - timedelta(days=1)
    days = {"starts": str(ended - timedelta(days=9)), "ends": str(ended)}
    rules = {**case_presets.settings_of("2025"), "nomination": days, "correction_days": 3}
    case_calls.change_rules(head(), call, rules)
    call.refresh_from_db()
    assert nominations.closed(call, case_calls.rules_of(call), case) == ""
    case.steps.filter(kind="returned").update(at=timezone.now() - timedelta(days=4))
    with pytest.raises(Unusable, match="案例推荐的时间是"):
        nominations.submit(own, case)


def test_levels_stay_blind_until_enough_people_have_submitted() -> None:
    case = handed_in(body(), a_call())
    first, second, third = screener(), screener(), screener()
    case_scoring.save(first, case, levels(4), "好", 0)
    case_scoring.submit(first, case)
    case_scoring.save(second, case, levels(3), "", 0)
    assert seen(second, case) == [second.person.pk]  # type: ignore[union-attr]
    assert seen(third, case) == []
    assert seen(first, case) == [first.person.pk]  # type: ignore[union-attr]
    case_scoring.save(third, case, levels(2), "", 0)
    case_scoring.submit(second, case)
    assert len(seen(first, case)) == len(seen(second, case)) == 2
    assert seen(third, case) == [third.person.pk]  # type: ignore[union-attr]
    with pytest.raises(Unusable, match="已有 2 人评分并公开，不再接受新的评分"):
        case_scoring.save(screener(), case, levels(4), "", 0)
    case_scoring.submit(third, case)
    assert case_scoring.means(CaseScore.objects.all(), CaseSettings()) == {case.pk: 50}


def seen(acting: Acting, case: Case) -> list[int]:
    scores = list(CaseScore.objects.filter(case=case).order_by("id"))
    return [one.by_id for one in case_scoring.shown_to(acting.person, scores, CaseSettings())]


def test_a_score_is_whole_and_final_when_it_is_handed_in() -> None:
    case, one = handed_in(body(), a_call()), screener()
    case_scoring.save(one, case, {"function": 3, "strange": 9}, "", 0)
    with pytest.raises(Unusable, match="还没有评：做法、成效、机制、可推广性"):
        case_scoring.submit(one, case)
    with pytest.raises(Unusable, match="等级应在 1 至 5 之间"):
        case_scoring.save(one, case, levels(6), "", 1)
    with pytest.raises(Unusable, match="在另一个窗口改过"):
        case_scoring.save(one, case, levels(3), "", 0)
    case_scoring.save(one, case, levels(3), "", 1)
    case_scoring.submit(one, case)
    with pytest.raises(Unusable, match="不能再改"):
        case_scoring.save(one, case, levels(4), "", 3)
    assert CaseScore.objects.get().points == 50


def pair(call: CaseCall) -> tuple[Case, Case, CaseTwins]:
    first = handed_in(body(), call, name="“江东通”一件事集成办理")
    second = handed_in(
        acting_as(of_kind(RoleKind.SUPERVISOR, "江东省")), call, kind="supervisor", name="“江东通”移动服务"
    )
    return first, second, CaseTwins.objects.get()


def test_one_system_under_two_names_is_found_joined_and_parted_again() -> None:
    first, second, twins = pair(a_call())
    assert (twins.one_id, twins.other_id, twins.state) == (first.pk, second.pk, "open")
    assert "网址相同" in twins.why
    with pytest.raises(Unusable, match="请选择保留哪一件"):
        case_twins.are_same(screener(), twins, 99, "同一系统")
    case_twins.are_same(screener(), twins, first.pk, "同一系统")
    assert (state_of(first), state_of(second)) == ("submitted", "joined")
    assert (told(first), told(second)) == (["case-kept"], ["case-joined"])
    with pytest.raises(Unusable, match="别人刚刚决定过"):
        case_twins.are_different(screener(), twins, "")
    case_twins.undo(screener(), twins)
    assert (state_of(second), CaseTwins.objects.get().state) == ("reopened", "open")
    case_twins.are_different(screener(), twins, "两个系统")
    assert CaseTwins.objects.get().state == "different"


def test_a_person_who_has_decided_is_not_asked_again_and_a_change_takes_a_question_back() -> None:
    call, own = a_call(), body()
    first, second, twins = pair(call)
    nominations.withdraw(own, first)
    assert CaseTwins.objects.get().state == "different"
    fresh = Case.objects.get(pk=first.pk)
    nominations.submit(own, nominations.save(own, fresh, {"owner": "甲市数据局"}, fresh.version))
    assert CaseTwins.objects.get().state == "open"
    case_twins.are_different(screener(), twins, "两个系统")
    fresh = nominations.withdraw(own, Case.objects.get(pk=first.pk))
    nominations.submit(own, nominations.save(own, fresh, {"owner": "甲市局"}, fresh.version))
    assert CaseTwins.objects.get().state == "different"
    assert state_of(second) == "submitted"


def test_checks_and_scores_propose() -> None:
    call, own = a_call(), body()
    case = handed_in(own, call)

    def proposed() -> tuple[str, str]:
        (one,) = admissions.weighed(head(), call, [case.pk], admits=True)
        return one.proposal.what.value, one.proposal.why

    assert proposed() == ("open", "还没有核对完")
    check = screening.check(screener(), case, GOOD, "", 0)
    assert proposed() == ("open", "还差 2 人评分")
    scored(case, 4, 3)
    assert proposed() == ("admit", "平均 62.50 分，达到 60 分")
    screening.check(screener(), case, {**GOOD, "is_in_scope": False}, "不是政务案例", check.pk)
    assert proposed() == ("refuse", "核对不符合：属于征集范围")


def test_cases_are_decided_together_told_and_taken_back() -> None:
    call, own = a_call(), body()
    good = handed_in(own, call)
    open_one = handed_in(own, call, name="智慧停车", url="https://c.gov.cn/x")
    changed = handed_in(own, call, name="城市生命线安全工程", url="https://d.gov.cn/x")
    for case in (good, changed):
        ready(case, 4, 5)
    seen_steps = {case.pk: last_step(case) for case in (good, open_one, changed)}
    screening.recategorise(screener(), changed, "society", "主要是安全")
    chair = head()
    with pytest.raises(Unusable, match="请写明理由"):
        admissions.decide(chair, call, seen_steps, "", admits=True)
    with pytest.raises(NotAllowed):
        admissions.decide(screener(), call, seen_steps, "通过", admits=True)
    outcome = admissions.decide(chair, call, seen_steps, "初选会议通过", admits=True)
    assert outcome.decided == 1
    assert outcome.refused == {2: "还没有核对完", 3: "刚刚有变动，请看过再定"}
    assert [state_of(one) for one in (good, open_one, changed)] == ["admitted", "submitted", "submitted"]
    assert told(good)[-1] == "case-admitted"
    assert outcome.decision is not None
    admissions.undo(chair, outcome.decision)
    assert state_of(good) == "reopened"
    with pytest.raises(Unusable, match="已经撤销"):
        admissions.undo(chair, outcome.decision)
    again = admissions.decide(chair, call, {good.pk: last_step(good)}, "未达到名额", admits=False)
    assert (again.decided, str(state_of(good)), told(good)[-1]) == (1, "refused", "case-refused")


def test_an_admission_stands_once_judging_has_begun() -> None:
    today = str(timezone.localdate())
    call = a_call(panel={"starts": today, "ends": today})
    case = handed_in(body(), call)
    ready(case, 5, 5)
    outcome = admissions.decide(head(), call, {case.pk: last_step(case)}, "通过", admits=True)
    assert outcome.decision is not None
    with pytest.raises(Unusable, match="评审或投票已在"):
        admissions.undo(head(), outcome.decision)


def test_open_twins_hold_a_decision_up() -> None:
    call = a_call()
    first, _second, _twins = pair(call)
    ready(first, 5, 5)
    outcome = admissions.decide(head(), call, {first.pk: last_step(first)}, "通过", admits=True)
    assert outcome.refused == {1: "还有可能重复的案例没有核对"}


def test_files_keep_their_order_and_what_is_no_picture_is_refused() -> None:
    call, own = a_call(), body()
    case = drafted(own, call)
    one = case_files.add(own, case, io.BytesIO(PNG), "一.png", "首页")
    two = case_files.add(own, case, io.BytesIO(PNG + b"2"), "二.png")
    with pytest.raises(Unusable, match="已经上传过"):
        case_files.add(own, case, io.BytesIO(PNG), "三.png")
    with pytest.raises(Unusable, match="不是 png 文件"):
        case_files.add(own, case, io.BytesIO(b"<script>alert(1)</script>"), "四.png")
    case_files.move(own, case, two.pk, later=False)
    case_files.move(own, case, two.pk, later=False)
    assert [file.pk for file in case_files.files_of(case)] == [two.pk, one.pk]
    case_files.describe(own, case, two.pk, " 办理\n页面 ")
    case_files.take_out(own, case, one.pk)
    assert [(file.pk, file.caption) for file in case_files.files_of(case)] == [(two.pk, "办理 页面")]
    readers = (own, screener(), body("江东省/乙市"), acting_as(of_kind(RoleKind.EXPERT)), body(f"{BODY}/丙县"))
    assert [uploads.may_see(one, two.upload) for one in readers] == [True, True, False, False, False]
    nominations.submit(own, case)
    with pytest.raises(Unusable, match="不能修改"):
        case_files.take_out(own, case, two.pk)


def test_a_case_in_a_category_keeps_it_in_the_rules() -> None:
    call = a_call()
    handed_in(body(), call)
    with pytest.raises(Unusable, match="不能去掉：services"):
        case_calls.change_rules(head(), call, case_presets.settings_of("2020"))
