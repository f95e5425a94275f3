"""Ties that records tell: what is certain, what somebody must decide, and what is none."""

import pytest
from panelled import a_panel

from govgauge.errors import Unusable
from govgauge.office import panel_conflicts
from govgauge.office.case_rules import Nearness
from govgauge.office.domain import seats, ties
from govgauge.office.models import PanelTie, Seat, SeatDraw, TieKind


@pytest.mark.parametrize(
    ("employer", "certain"),
    [
        ("某省大数据局", True),
        ("某省 大数据局（总部）", None),
        ("某省大数据局信息中心", False),
        ("大数据局", False),
        ("外省大数据局", None),
        ("某大学", None),
        ("", None),
    ],
)
def test_the_same_employer_is_certain_and_a_near_name_is_for_somebody_to_decide(
    employer: str, certain: bool | None
) -> None:
    told = panel_conflicts.of_employer(employer, ("某省大数据局",))
    assert (None if told is None else told[0]) == (False if employer.endswith("（总部）") else certain)


@pytest.mark.parametrize(
    ("region", "key", "nearness", "tied"),
    [
        ("甲省/乙市/丙县", "甲省/乙市/丁县", Nearness.CITY, True),
        ("甲省/乙市/丙县", "甲省/乙市/丁县", Nearness.COUNTY, False),
        ("甲省/乙市", "甲省/戊市", Nearness.PROVINCE, True),
        ("甲省", "甲省", Nearness.CITY, False),
        ("甲省/乙市", "甲省/乙市", Nearness.NONE, False),
        ("", "甲省/乙市", Nearness.CITY, False),
    ],
)
def test_regions_tie_as_near_as_the_round_says(region: str, key: str, nearness: Nearness, tied: bool) -> None:
    assert (panel_conflicts.of_region(region, key, nearness) is not None) == tied


@pytest.mark.parametrize(
    ("email", "url", "certain"),
    [
        ("li@mail.sz.gov.cn", "https://www.sz.gov.cn/case", True),
        ("li@sz.gov.cn", "https://www.bj.gov.cn/", None),
        ("li@x.edu.cn", "http://lab.x.edu.cn/", False),
        ("li@qq.com", "http://www.qq.com/", None),
        ("li@gov.cn", "http://www.gov.cn/", None),
        ("li@10.0.0.1", "http://10.0.0.1/", None),
    ],
)
def test_a_domain_ties_where_it_is_a_bodys_own(email: str, url: str, certain: bool | None) -> None:
    told = panel_conflicts.of_domain(panel_conflicts.own_domain(email), (url, ""))
    assert (None if told is None else told[0]) == certain


def test_looking_again_leaves_what_was_decided() -> None:
    made = a_panel()
    expert = made.expert(0)
    expert.employer = f"{made.cases[0].owner}人民政府办公室"
    expert.save()
    made.cases[0].owner = f"{made.cases[0].owner}人民政府"
    made.cases[0].save()
    assert ties.find(made.chair, made.call) == ties.Found(0, 1)
    tie = PanelTie.objects.get()
    assert (tie.kind, tie.stands) == (TieKind.EMPLOYER, None)
    ties.decide(made.chair, tie, stands=False, reason="已调离多年")
    assert ties.find(made.chair, made.call) == ties.Found(0, 0)
    assert ties.kept_out(made.call) == set()


def test_who_nominated_a_case_does_not_judge_it() -> None:
    made = a_panel()
    made.cases[1].nominated_by = made.experts[1].person
    made.cases[1].save()
    held = Seat.objects.create(expert=made.expert(1), case=made.cases[1])
    assert ties.find(made.chair, made.call) == ties.Found(1, 0)
    held.refresh_from_db()
    assert held.taken_back_at is not None
    assert held.taken_back_why == "回避：本人推荐了这个案例"


def test_an_even_assignment_keeps_ties_apart_and_is_what_was_previewed() -> None:
    made = a_panel(experts=4, cases=6)
    ties.hold(made.chair, made.expert(0), made.cases[0], "同一课题组")
    shown = seats.preview(made.call, "2025-11-30")
    assert shown == seats.preview(made.call, "2025-11-30")
    assert (len(shown.new), shown.plan.spread, shown.plan.short, shown.plan.parts) == (12, 0, (), 1)
    draw = seats.give_evenly(made.chair, made.call, shown.seed, shown.digest)
    assert (draw.seats, SeatDraw.objects.count()) == (12, 1)
    assert not Seat.objects.filter(expert=made.expert(0), case=made.cases[0]).exists()
    again = seats.preview(made.call, "2025-11-30")
    with pytest.raises(Unusable, match="没有新的案例可分配"):
        seats.give_evenly(made.chair, made.call, again.seed, again.digest)


def test_a_change_after_the_preview_asks_for_another_one() -> None:
    made = a_panel()
    shown = seats.preview(made.call, "x")
    ties.hold(made.chair, made.expert(0), made.cases[0], "同一课题组")
    with pytest.raises(Unusable, match="请重新试算"):
        seats.give_evenly(made.chair, made.call, "x", shown.digest)
    assert not Seat.objects.exists()


def test_a_case_without_enough_experts_is_told_in_a_sentence() -> None:
    made = a_panel(experts=2, cases=1)
    ties.hold(made.chair, made.expert(0), made.cases[0], "同一课题组")
    shown = seats.preview(made.call, "x")
    assert [(one.case, one.has, one.wanted) for one in shown.plan.short] == [("001", 1, 2)]
    assert any("001" in sentence for sentence in shown.plan.sentences)


def test_seats_are_given_and_taken_back_by_hand() -> None:
    made = a_panel()
    seat = seats.give(made.chair, made.expert(0), made.cases[0])
    with pytest.raises(Unusable, match="已经分给"):
        seats.give(made.chair, made.expert(0), made.cases[0])
    with pytest.raises(Unusable, match="要写明理由"):
        seats.take_back(made.chair, seat, "")
    seats.take_back(made.chair, seat, "任务过重")
    shown = seats.preview(made.call, "x")
    assert (made.cases[0].pk, made.expert(0).pk) not in {(case.pk, expert.pk) for case, expert in shown.new}
    assert seats.give(made.chair, made.expert(0), made.cases[0]).pk == seat.pk
    ties.hold(made.chair, made.expert(1), made.cases[0], "同一课题组")
    with pytest.raises(Unusable, match="不能分配"):
        seats.give(made.chair, made.expert(1), made.cases[0])
