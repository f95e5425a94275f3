"""The panel: who sits on it, what they say of cases, what keeps them out, and what nobody gets to see."""

import io

import docx
import pytest
from answered import person_of, somebody
from case_days import rules_were
from panelled import LEVELS, Panelled, a_panel, days, given, rules, stepped

from govgauge.errors import Unusable
from govgauge.office import minutes_document
from govgauge.office.domain import calibration, case_counts, minutes, panel_ballots, panels, ties, verdicts
from govgauge.office.domain.acting import Acting, NotAllowed, acting_as
from govgauge.office.models import (
    Case,
    CaseStep,
    CaseStepKind,
    Change,
    Notice,
    PanelExpert,
    Person,
    Role,
    RoleKind,
    Seat,
)
from govgauge.office.queries import panel_scores
from govgauge.office.queries import panels as query


def test_an_alias_tells_nothing_and_is_nobody_elses() -> None:
    made = a_panel(experts=4)
    aliases = list(made.call.experts.values_list("alias", flat=True))
    assert len(set(aliases)) == 4
    assert all(alias.startswith("专家") and len(alias) == 5 for alias in aliases)
    assert Notice.objects.filter(event="panel-seated").count() == 4


def test_only_experts_sit_and_each_once() -> None:
    made = a_panel()
    with pytest.raises(Unusable, match="已在专家组中"):
        panels.seat(made.chair, made.call, person_of(made.experts[0]))
    with pytest.raises(Unusable, match="没有专家角色"):
        panels.seat(made.chair, made.call, person_of(somebody(RoleKind.COLLECTOR)))
    with pytest.raises(NotAllowed):
        panels.seat(made.experts[0], made.call, person_of(somebody(RoleKind.EXPERT)))


def test_who_sits_on_the_panel_does_not_lead_it_whatever_else_they_may_do() -> None:
    made = a_panel()
    both = person_of(made.experts[0])
    Role.objects.create(person=both, kind=RoleKind.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="不能同时主持评审"):
        panels.chair(acting_as(both), made.call)
    panels.leave(made.chair, made.expert(0), "回避过多")
    panels.chair(acting_as(both), made.call)


def test_nobody_leads_the_panel_over_a_case_of_their_own_body_or_nomination() -> None:
    made = a_panel()
    person = person_of(somebody(RoleKind.ADMINISTRATOR, name="吴主任"))

    def acting() -> Acting:
        return acting_as(Person.objects.get(pk=person.pk))

    panels.chair(acting(), made.call)
    role = Role.objects.create(person=person, kind=RoleKind.ASSESSED, scope=made.cases[1].entry.key)
    for verb in (
        lambda: ties.find(acting(), made.call),
        lambda: minutes.save(acting(), made.call, "纪要", 0),
        lambda: case_counts.count(acting(), made.call),
    ):
        with pytest.raises(NotAllowed, match="终评案例 2“一网通办平台1”"):
            verb()
    role.delete()
    Person.objects.filter(pk=person.pk).update(organisation=f" {made.cases[2].owner} ")
    with pytest.raises(NotAllowed, match="终评案例 3"):
        panels.chair(acting(), made.call)
    stepped(made.cases[2], CaseStepKind.REFUSED)
    panels.chair(acting(), made.call)
    CaseStep.objects.create(case=made.cases[0], kind=CaseStepKind.DRAFTED, by=person)
    stepped(made.cases[0], CaseStepKind.ADMITTED)
    with pytest.raises(NotAllowed, match=r"终评案例 1.*您推荐的"):
        panels.chair(acting(), made.call)


def test_who_leaves_keeps_their_verdicts_and_loses_what_is_open() -> None:
    made = a_panel()
    done, waiting = given(made, 0, 0), given(made, 0, 1)
    judged(made, 0, done)
    panels.leave(made.chair, made.expert(0), "另有公务")
    assert list(Seat.objects.filter(taken_back_at=None).values_list("pk", flat=True)) == [done.pk]
    with pytest.raises(NotAllowed, match="已不在本届专家组中"):
        verdicts.save(made.experts[0], waiting, LEVELS, "", 0)
    assert len(panel_scores.marks(made.call)) == 1
    panels.seat(made.chair, made.call, person_of(made.experts[0]))
    assert PanelExpert.objects.filter(person=made.experts[0].person).count() == 1


def test_a_declaration_is_the_experts_own_and_names_known_categories() -> None:
    made = a_panel()
    expert = made.expert(0)
    told = panels.declare(made.experts[0], expert, fields=["data"], employer=" 某大学 ", region="江苏省 / 苏州市/")
    assert (told.fields, told.employer, told.region) == (["data"], "某大学", "江苏省/苏州市")
    with pytest.raises(Unusable, match="没有这些案例类别"):
        panels.declare(made.experts[0], expert, fields=["x"], employer="某大学", region="")
    with pytest.raises(NotAllowed):
        panels.declare(made.experts[1], expert, fields=[], employer="某大学", region="")


def judged(made: Panelled, expert: int, seat: Seat, **levels: int) -> Seat:
    acting = made.experts[expert]
    kept = verdicts.save(acting, seat, {**LEVELS, **levels}, "做法清楚。", seat.version)
    return verdicts.submit(acting, kept, kept.version)


def test_a_verdict_is_saved_as_one_judges_and_submitted_when_it_is_complete() -> None:
    made = a_panel()
    seat = given(made, 0, 0)
    kept = verdicts.save(made.experts[0], seat, {"function": 4}, "", 0)
    assert (kept.version, kept.levels) == (1, {"function": 4})
    with pytest.raises(Unusable, match="还没有评定：做法"):
        verdicts.submit(made.experts[0], kept, 1)
    with pytest.raises(verdicts.ChangedMeanwhile):
        verdicts.save(made.experts[0], seat, {"function": 5}, "", 0)
    done = judged(made, 0, kept)
    with pytest.raises(Unusable, match="已经提交"):
        verdicts.save(made.experts[0], done, {"function": 1}, "", done.version)
    again = verdicts.reopen(made.experts[0], done)
    assert again.submitted_at is None
    with pytest.raises(Unusable, match="没有“function”的 9 级"):
        verdicts.save(made.experts[0], again, {"function": 9}, "", again.version)


def test_what_a_verdict_says_stays_out_of_the_trail() -> None:
    made = a_panel()
    judged(made, 0, given(made, 0, 0), function=1)
    told = [(row.before, row.after) for row in Change.objects.filter(topic="Seat")]
    assert told
    assert "做法清楚" not in str(told)
    assert "'function'" not in str(told)


def test_nobody_judges_for_another_nor_out_of_the_days() -> None:
    made = a_panel()
    seat = given(made, 0, 0)
    with pytest.raises(NotAllowed):
        verdicts.save(made.experts[1], seat, LEVELS, "", 0)
    with pytest.raises(NotAllowed):
        verdicts.save(made.chair, seat, LEVELS, "", 0)
    rules_were(made.call, {**rules(), "panel": days(-9, -1)})
    with pytest.raises(Unusable, match="专家评审的时间是"):
        verdicts.save(made.experts[0], seat, LEVELS, "", 0)
    rules_were(made.call, {**rules(), "panel": None})
    with pytest.raises(Unusable, match="还没有定"):
        verdicts.submit(made.experts[0], seat, 0)


def test_who_abstains_says_why_and_counts_nowhere() -> None:
    made = a_panel()
    seat = given(made, 0, 0)
    with pytest.raises(Unusable, match="写明理由"):
        verdicts.abstain(made.experts[0], seat, " ")
    verdicts.abstain(made.experts[0], seat, "不熟悉这一领域")
    assert panel_scores.marks(made.call) == []
    told = query.progress(made.call)
    assert (told.seats, told.submitted, told.abstained, told.left) == (1, 1, 1, 0)


def test_a_tie_takes_the_case_away_and_its_verdict_out_of_the_count() -> None:
    made = a_panel()
    judged(made, 0, given(made, 0, 0))
    ties.declare(made.experts[0], made.expert(0), made.cases[0], "曾参与这个平台的建设")
    assert panel_scores.marks(made.call) == []
    assert ties.kept_out(made.call) == {(made.expert(0).pk, made.cases[0].pk)}
    (tie,) = made.expert(0).ties.all()
    with pytest.raises(Unusable, match="本人申报"):
        ties.decide(made.chair, tie, stands=False, reason="已经核实")
    other = ties.hold(made.chair, made.expert(1), made.cases[0], "同一课题组")
    ties.decide(made.chair, other, stands=False, reason="课题已经结束多年")
    assert ties.kept_out(made.call) == {(made.expert(0).pk, made.cases[0].pk)}


def test_the_calibration_case_comes_first_and_is_never_an_admitted_one() -> None:
    made = a_panel()
    with pytest.raises(Unusable, match="只能从未通过初选"):
        calibration.choose(made.chair, made.cases[0], LEVELS)
    stepped(made.cases[2], CaseStepKind.REFUSED)
    with pytest.raises(Unusable, match="还缺：功能"):
        calibration.choose(made.chair, made.cases[2], {})
    case = calibration.choose(made.chair, made.cases[2], LEVELS)
    assert Seat.objects.filter(case=case).count() == 3
    seat = given(made, 0, 0)
    kept = verdicts.save(made.experts[0], seat, LEVELS, "", 0)
    with pytest.raises(Unusable, match="请先评定并提交校准案例"):
        verdicts.submit(made.experts[0], kept, kept.version)
    first = Seat.objects.get(expert=made.expert(0), case=case)
    with pytest.raises(Unusable, match="不能弃权"):
        verdicts.abstain(made.experts[0], first, "不熟悉这一领域")
    judged(made, 0, first, function=1)
    verdicts.submit(made.experts[0], kept, kept.version)
    (told,) = panel_scores.calibrations(made.call)
    assert [(one.judge, one.differences["function"], one.fits) for one in told.judges] == [
        (made.expert(0).alias, -3, False)
    ]
    calibration.drop(made.chair, case)
    assert not Case.objects.filter(is_calibration=True).exists()


def test_severity_is_taken_out_and_the_raw_mean_stands_beside() -> None:
    made = a_panel()
    for number in range(3):
        judged(made, 0, given(made, 0, number))
        judged(made, 1, given(made, 1, number), **{code: level - 1 for code, level in LEVELS.items()})
    told = panel_scores.scores(made.call)
    severe = {one.judge: one.severity for one in told.adjustment.judges}
    assert severe == {made.expert(0).alias: -12.5, made.expert(1).alias: 12.5}
    assert {one.case: one.mean for one in told.adjustment.cases} == {"001": 57.5, "002": 57.5, "003": 57.5}


def test_a_ballot_holds_so_many_votes_and_none_for_a_tie() -> None:
    made = a_panel(settings={"panel_mode": "ballots", "votes_per_expert": 2})
    acting, expert = made.experts[0], made.expert(0)
    with pytest.raises(Unusable, match="最多 2 票，选了 3 个"):
        panel_ballots.cast(acting, expert, [1, 2, 3], seen=0)
    with pytest.raises(Unusable, match="没有案例 9"):
        panel_ballots.cast(acting, expert, [9], seen=0)
    with pytest.raises(Unusable, match="至少选择一个"):
        panel_ballots.cast(acting, expert, [], seen=0)
    first = panel_ballots.cast(acting, expert, [2, 1, 2], seen=0)
    assert first.choices == [1, 2]
    with pytest.raises(Unusable, match="刚在别处改过"):
        panel_ballots.cast(acting, expert, [3], seen=0)
    ties.declare(acting, expert, made.cases[0], "是本单位的项目")
    with pytest.raises(Unusable, match="请回避"):
        panel_ballots.cast(acting, expert, [1], seen=first.pk)
    last = panel_ballots.cast(acting, expert, [], seen=first.pk, abstains=True, reason="多数案例不熟悉")
    assert panel_ballots.last_of(expert) == last
    with pytest.raises(NotAllowed):
        panel_ballots.cast(made.experts[1], expert, [2], seen=last.pk)
    assert "choices" not in str([(row.before, row.after) for row in Change.objects.filter(topic="PanelBallot")])


def test_minutes_are_proposed_from_the_records_edited_and_signed_once() -> None:
    made = a_panel()
    ties.declare(made.experts[0], made.expert(0), made.cases[0], "曾参与这个平台的建设")
    verdicts.abstain(made.experts[1], given(made, 1, 1), "不熟悉这一领域")
    text = minutes.proposed(made.call)
    for told in (made.expert(0).alias, "曾参与这个平台的建设", "弃权 1 份", "不熟悉这一领域", "未设校准案例"):
        assert told in text
    assert "专家甲" not in text
    kept = minutes.save(made.chair, made.call, text, 0)
    with pytest.raises(Unusable, match="还没有填写"):
        minutes.sign(made.chair, made.call, kept.pk)
    kept = minutes.save(made.chair, made.call, text.replace(minutes.TO_BE_TOLD, "一致同意。"), kept.pk)
    with pytest.raises(Unusable, match="别人刚刚改过"):
        minutes.save(made.chair, made.call, "另一份", 0)
    signed = minutes.sign(made.chair, made.call, kept.pk)
    for change in (
        lambda: minutes.save(made.chair, made.call, "再改", signed.pk),
        lambda: minutes.sign(made.chair, made.call, signed.pk),
    ):
        with pytest.raises(Unusable, match="已签署"):
            change()
    word = docx.Document(io.BytesIO(minutes_document.document("纪要", signed.text + "\x0b", "主持人：郑主任")))
    lines = [one.text for one in word.paragraphs]
    assert lines[0] == "2025 年创新案例征集专家评审会议纪要"
    assert lines[-1] == "主持人：郑主任"


def test_signed_minutes_are_amended_by_a_further_version_with_a_reason_and_stay_themselves() -> None:
    made = a_panel()
    with pytest.raises(Unusable, match="还没有签署"):
        minutes.amend(made.chair, made.call, "写错了一个数", 0)
    kept = minutes.save(made.chair, made.call, "一致同意 3 个案例。", 0)
    first = minutes.sign(made.chair, made.call, kept.pk)
    with pytest.raises(Unusable, match="理由"):
        minutes.amend(made.chair, made.call, " ", first.pk)
    with pytest.raises(Unusable, match="别人刚刚"):
        minutes.amend(made.chair, made.call, "写错了一个数", kept.pk)
    draft = minutes.amend(made.chair, made.call, "写错了一个数", first.pk)
    assert (minutes.last(made.call), minutes.held(made.call)) == (draft, first)
    changed = minutes.save(made.chair, made.call, "一致同意 2 个案例。", draft.pk)
    assert changed.reason == "写错了一个数"
    second = minutes.sign(made.chair, made.call, changed.pk)
    assert minutes.held(made.call) == second
    assert [(one.text, one.reason) for one in minutes.versions(made.call)] == [
        ("一致同意 3 个案例。", ""),
        ("一致同意 2 个案例。", "写错了一个数"),
    ]
    first.refresh_from_db()
    assert (first.text, first.signed_at is not None) == ("一致同意 3 个案例。", True)
    with pytest.raises(NotAllowed):
        minutes.amend(made.experts[0], made.call, "写错了一个数", second.pk)
    told = Change.objects.get(verb="panel-minutes.amend")
    assert told.reason == "写错了一个数"
