"""A field test in a real browser: from the start page to its value, by keyboard and on a phone."""

from decimal import Decimal

import pytest
from answered import a_round
from fielded import ago
from fielded_pages import with_tests
from in_browser import Visitor
from people_at_work import cookie_of, give, somebody

from govgauge.office.models import Assignment, Coding, FieldState, FieldTest, RoleKind

pytestmark = pytest.mark.browser


def visitor_of(browser, address: str, person) -> Visitor:
    visitor = Visitor(browser, address)
    visitor.context.add_cookies([cookie_of(person, address)])
    return visitor


def test_a_collector_carries_a_field_test_from_the_start_page_to_its_value(browser, address: str) -> None:
    person, tests = with_tests(a_round())
    visitor = visitor_of(browser, address, person)
    page = visitor.page
    visitor.go("/")
    visitor.look("start-collector", phone=True)
    page.get_by_role("link", name="实测待发出").click()
    visitor.look("field-tests", phone=True)
    page.get_by_role("link", name="甲县", exact=True).click()
    page.get_by_text("请公开甲县2025年").wait_for()
    page.locator("#sent-day").fill(f"{ago(3)}")
    page.locator("#sent-receipt").fill("依申请〔2025〕9号")
    page.locator("#sent-receipt").press("Enter")  # by keyboard
    page.get_by_text("已登记发出").wait_for()
    visitor.look("field-test-sent", phone=True)
    page.locator("#answered-note").fill("附了清单和依据")
    page.locator("form", has=page.locator("#answered-note")).get_by_role("button", name="保存").click()
    page.get_by_text("请评定质量").wait_for()
    page.get_by_label("完整回答了所问的每一点").check()
    page.locator("#graded-note").fill("逐条答复，写了依据")
    page.locator("form", has=page.locator("#graded-note")).get_by_role("button", name="保存").click()
    page.get_by_role("button", name="办结，采用这个取值").click()
    page.get_by_text("已办结，取值已得出").wait_for()
    visitor.look("field-test-closed")
    visitor.go("/field/calendar")
    visitor.look("field-calendar", phone=True)
    tests[0].refresh_from_db()
    assert (tests[0].state, tests[0].value) == (FieldState.CLOSED, 1)
    assert Coding.objects.get(assignment=tests[0].assignment_id).value == Decimal(1)
    assert visitor.faults == []
    visitor.context.close()


def test_who_plans_writes_a_script_and_makes_tests_and_switches_roles(browser, address: str) -> None:
    _person, tests = with_tests(a_round())
    Assignment.objects.filter(pk=tests[0].assignment_id).update(check_id="3.1.1-1")
    FieldTest.objects.filter(pk=tests[0].pk).update(state=FieldState.WITHDRAWN)
    planner = somebody(RoleKind.ADMINISTRATOR, name="安排人")
    give(planner, RoleKind.REVIEWER)
    visitor = visitor_of(browser, address, planner)
    page = visitor.page
    visitor.go("/")
    page.locator(".roles summary").click()
    visitor.look("start-administrator")
    page.get_by_role("button", name="复核员").click()
    page.locator("h2", has_text="管理员").wait_for(state="detached")
    visitor.go("/rounds/r/field/scripts/new")
    page.get_by_label("名称").fill("预算咨询")
    page.get_by_label("评估要点").fill("3.1.1-1")
    page.get_by_label("种类").select_option("enquiry")
    page.get_by_label("正文").fill("请问{单位}{年份}年的预算在哪里看？")
    visitor.look("field-script", phone=True)
    page.get_by_role("button", name="存为新版本").click()
    page.get_by_text("话术已保存").wait_for()
    visitor.look("field-plan", phone=True)
    page.locator("#id_script").select_option(label="预算咨询（3.1.1-1，v1）")
    page.get_by_label("以什么身份").fill("普通市民（化名）")
    page.get_by_role("button", name="安排", exact=True).click()
    page.get_by_text("安排了 1 项实测").wait_for()
    visitor.look("field-round", phone=True)
    assert visitor.faults == []
    visitor.context.close()
