"""Ties that records tell: what is certain, what somebody must decide, and what is none."""

import pytest
from panelled import Panelled, a_panel

from govgauge.errors import Unusable
from govgauge.office.domain import seats, ties
from govgauge.office.models import PanelExpert, PanelTie, Seat, SeatDraw, TieKind


def on_panel(made: Panelled, *, employer: str = "", region: str = "", email: str = "") -> PanelExpert:
    """The first expert, who has told this of themselves."""
    expert = made.expert(0)
    expert.employer, expert.region = employer, region
    expert.save()
    if email:
        expert.person.email = email
        expert.person.save()
    return expert


def of_suzhou(made: Panelled) -> None:
    """The first case is of Kunshan in Suzhou, by its big data bureau."""
    case, entry = made.cases[0], made.cases[0].entry
    entry.key, entry.name, entry.parent = "江苏省/苏州市/昆山市", "昆山市", "江苏省/苏州市"
    entry.url = "http://www.ks.gov.cn/"
    entry.save()
    case.owner, case.url = "昆山市大数据局", "http://www.ks.gov.cn/case"
    case.save()


@pytest.mark.parametrize(
    ("told", "nearness", "kind", "certain"),
    [
        ({"employer": "昆山市大数据局"}, "none", TieKind.EMPLOYER, False),
        ({"employer": "某大学"}, "none", None, None),
        ({"region": "江苏省/苏州市/昆山市"}, "county", TieKind.REGION, True),
        ({"region": "江苏省/苏州市"}, "city", TieKind.REGION, True),
        ({"region": "江苏省/南京市"}, "city", None, None),
        ({"region": "江苏省/南京市"}, "province", TieKind.REGION, True),
        ({"email": "li@ks.gov.cn"}, "none", TieKind.DOMAIN, True),
        ({"email": "li@jxj.ks.gov.cn"}, "none", TieKind.DOMAIN, False),
        ({"email": "li@qq.com"}, "none", None, None),
    ],
)
def test_ties_are_found_by_what_an_expert_told(
    told: dict[str, str], nearness: str, kind: TieKind | None, certain: bool | None
) -> None:
    made = a_panel(experts=1, cases=1, settings={"nearness": nearness})
    of_suzhou(made)
    on_panel(made, **told)
    ties.find(made.chair, made.call)
    found = [(TieKind(one.kind), one.is_certain) for one in PanelTie.objects.all()]
    assert found == ([] if kind is None else [(kind, certain)])


def test_looking_again_leaves_what_was_decided() -> None:
    made = a_panel(experts=1, cases=1, settings={"nearness": "none"})
    of_suzhou(made)
    on_panel(made, email="li@jxj.ks.gov.cn")
    assert ties.find(made.chair, made.call) == ties.Found(0, 1)
    tie = PanelTie.objects.get()
    assert (tie.kind, tie.stands) == (TieKind.DOMAIN, None)
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
    assert held.taken_back_why == "回避：本人推荐了这个案例。"


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
