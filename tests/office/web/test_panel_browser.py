"""Cases through a browser: a panel is seated, cases are given out and judged, counted, announced, rewarded."""

import re
from typing import Any

import pytest
from case_days import rules_were
from in_browser import Visitor
from panelled import Panelled, a_panel, days, rules, stepped
from panelled_pages import a_picture
from people_at_work import cookie_of, give
from scored import judged

from govgauge.office.domain import minutes, verdicts
from govgauge.office.domain.acting import acting_as
from govgauge.office.models import CaseCount, CaseStepKind, PanelTie, Person, RoleKind, Seat

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]
PLACES = (
    ("政务服务“一网通办”平台", "甲市大数据管理局"),
    ("公共数据开放门户", "乙市数据局"),
    ("政策智能问答助手", "丙县人民政府办公室"),
    ("企业开办一件事", "丁市行政审批局"),
    ("网站适老化改造", "戊县融媒体中心"),
    ("旧案例：政务微信群", "己市政务服务中心"),
)


def visitor(browser: Any, address: str, person: Person | None) -> Visitor:
    assert person is not None
    made = Visitor(browser, address)
    made.context.add_cookies([cookie_of(person, address)])
    return made


@pytest.fixture
def made() -> Panelled:
    """A panel before its start: six cases, one of them refused and fit for calibration."""
    made = a_panel(experts=4, cases=6)
    for case, (name, owner) in zip(made.cases, PLACES, strict=True):
        case.name, case.owner = name, owner
        case.save()
    judged(made.cases[0].entry, {"1.1.1-1": "0.5"})
    judged(made.cases[1].entry, {"1.1.1-1": "0.52"})
    stepped(made.cases[5], CaseStepKind.REFUSED)
    assert made.chair.person is not None
    give(made.chair.person, RoleKind.ADMINISTRATOR, round_=made.round)
    a_picture(made.cases[0].pk, made.chair.person, made.round)
    return made


def test_from_the_panel_to_the_announcement(browser: Any, address: str, made: Panelled) -> None:
    chair = visitor(browser, address, made.chair.person)
    seat_and_give(chair, made)
    expert = visitor(browser, address, made.experts[0].person)
    judge(expert, made)
    others_judge(made)
    look_at_scores(chair)
    write_minutes(chair)
    rules_were(made.call, {**rules(bonus={"mode": "chosen", "per_case": "4"}), "panel": days(-9, -2)})
    announce(chair)
    reader = Visitor(browser, address)
    reader.go("/awards/r/")
    reader.look("awards", phone=True)
    reader.page.locator(".award-list a").first.click()
    reader.look("award", phone=True)
    assert [one.faults for one in (chair, expert, reader)] == [[], [], []]


def seat_and_give(chair: Visitor, made: Panelled) -> None:
    page = chair.page
    chair.go("/rounds/r/panel/")
    chair.look("panel", phone=True)
    chair.go(f"/rounds/r/panel/scores/?calibrate={made.cases[5].number}")
    for aspect in page.locator("fieldset.aspect").all():
        aspect.locator("input[value='3']").check()
    page.get_by_role("button", name="设为校准案例").click()
    page.get_by_text("已设为校准案例").wait_for()
    chair.go("/rounds/r/panel/ties/")
    page.get_by_role("button", name="查找利害关系").click()
    page.get_by_text("查找完毕").wait_for()
    page.get_by_text("由办公室认定一项…").click()
    page.get_by_label("专家", exact=True).select_option(index=1)
    page.get_by_label("案例编号").fill("2")
    page.get_by_label("原因").fill("近三年有项目合作")
    page.get_by_role("button", name="认定回避", exact=True).click()
    page.get_by_text("已认定回避").wait_for()
    assert PanelTie.objects.count() == 1
    chair.look("panel-ties", phone=True)
    chair.go("/rounds/r/panel/seats/")
    page.get_by_label("种子").fill("20251130")
    page.get_by_role("button", name="试算").click()
    page.locator("#preview").wait_for()
    chair.look("panel-seats-preview", phone=True)
    page.get_by_role("button", name="分配这 10 份并通知专家").click()
    page.get_by_text("已分配并通知专家").wait_for()
    chair.look("panel-seats")


def judge(expert: Visitor, made: Panelled) -> None:
    page = expert.page
    expert.go("/")
    page.get_by_role("link", name="案例评审").click()
    expert.look("my-cases", phone=True)
    page.get_by_label("工作单位").fill("某大学公共管理学院")
    page.get_by_role("button", name="保存申报").click()
    page.get_by_text("已保存").wait_for()
    page.get_by_role("link", name=PLACES[5][0]).click()
    expert.look("my-calibration")
    page.reload()  # looking leaves empty styles behind, over which the page's policy would complain
    verdict(expert, 4)
    page.get_by_text("商定级别").first.wait_for()
    expert.look("my-calibration-done")
    waiting = Seat.objects.filter(expert=made.expert(0), submitted_at=None).order_by("case__number")
    first = waiting[0]
    expert.go(f"/rounds/r/my-cases/{first.pk}/")
    page.locator("fieldset.aspect").first.locator("input[value='5']").check()
    page.locator("#saved", has_text="已保存").wait_for()
    first.refresh_from_db()
    assert first.levels == {"function": 5}
    expert.look("my-case", phone=True)
    page.reload()
    left = waiting.count()
    verdict(expert, 4)
    page.get_by_text("已提交“").wait_for()
    assert waiting.count() == left - 1


def verdict(expert: Visitor, level: int) -> None:
    page = expert.page
    for aspect in page.locator("fieldset.aspect").all():
        aspect.locator(f"input[value='{level}']").check()
    page.get_by_label("评语").fill("做法清楚，数据可以核对。")
    page.locator("#saved", has_text="已保存").wait_for()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="提交评分").click()
    page.wait_for_load_state()


def others_judge(made: Panelled) -> None:
    """Everybody who is left, each with a way of their own."""
    for place, acting in enumerate(made.experts):
        assert acting.person is not None
        own = Seat.objects.filter(expert=made.expert(place), submitted_at=None, taken_back_at=None)
        for seat in own.order_by("-case__is_calibration", "case__number"):
            spread = {
                code: 1 + (seat.case.number * 2 + number - place) % 5
                for number, code in enumerate(verdicts.scale().codes)
            }
            kept = verdicts.save(acting_as(acting.person), seat, spread, "", seat.version)
            verdicts.submit(acting_as(acting.person), kept, kept.version)


def look_at_scores(chair: Visitor) -> None:
    chair.go("/rounds/r/panel/")
    chair.look("panel-done")
    chair.go("/rounds/r/panel/scores/")
    chair.look("panel-scores", phone=True)


def write_minutes(chair: Visitor) -> None:
    page = chair.page
    chair.go("/rounds/r/panel/minutes/")
    words = page.get_by_label("正文")
    words.fill(words.input_value().replace(minutes.TO_BE_TOLD, "专家一致同意评审结果。"))
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存。").wait_for()
    chair.look("panel-minutes", phone=True)
    page.get_by_role("button", name="签署已保存的纪要").click()
    page.get_by_text("已签署，不能再改").wait_for()
    chair.look("panel-minutes-signed")


def announce(chair: Visitor) -> None:
    page = chair.page
    chair.go("/rounds/r/panel/results/")
    page.get_by_role("button", name="计票", exact=True).click()
    page.get_by_text("已计票").wait_for()
    page.get_by_text("怎样算出").first.click()
    chair.look("case-results", phone=True)
    page.get_by_role("button", name=re.compile("公布结果")).click()
    page.get_by_text("已公布并通知推荐单位").wait_for()
    assert CaseCount.objects.get().published_at is not None
    chair.go("/rounds/r/panel/bonus/")
    chair.look("case-bonus", phone=True)
    page.get_by_role("button", name="计入总分").click()
    page.get_by_text("已计入总分。").wait_for()
    number = CaseCount.objects.get().results.filter(chosen=True).first().case.number
    chair.go(f"/awards/r/{number}/certificate")
    chair.look("certificate", phone=True)


def test_a_ballot_in_the_browser(browser: Any, address: str) -> None:
    made = a_panel(experts=1, cases=5, settings={"panel_mode": "ballots", "votes_per_expert": 2})
    expert = visitor(browser, address, made.experts[0].person)
    expert.go("/rounds/r/my-cases/ballot/")
    for number in (1, 4):
        expert.page.locator(f"input[name='choices'][value='{number}']").check()
    expert.look("my-ballot", phone=True)
    expert.page.get_by_role("button", name="提交选票").click()
    expert.page.get_by_text("选票已提交").wait_for()
    expert.look("my-ballot-done")
    assert expert.faults == []
