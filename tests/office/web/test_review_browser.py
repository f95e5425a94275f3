"""The way of an answer through a browser: reviewed, adjudicated, objected to, decided with a preview, published."""

from decimal import Decimal
from typing import Any

import pytest
from in_browser import Visitor
from people_at_work import cookie_of, somebody
from reviewed import MANUAL, Reviewed, a_round, busy

from govgauge.office.domain import review_policies
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Answer, Objection, Person, Review, RoleKind

pytestmark = pytest.mark.browser
WHY = "机构概况栏目 11 月 18 日已更新，附更新后的截图和审核记录。"


def visitor(browser: Any, address: str, person: Person) -> Visitor:
    made = Visitor(browser, address)
    made.context.add_cookies([cookie_of(person, address)])
    return made


def of_kind(made: Reviewed, kind: RoleKind, name: str) -> Person:
    return somebody(kind, round_=made.round, name=name)


@pytest.fixture
def made() -> Reviewed:
    """A round at work, one of whose batches is held."""
    made = a_round()
    facts = {"agreed": "at-once", "alpha_below": Decimal("0.667"), "rejection_above": Decimal("0.3"), "fewest": 5}
    review_policies.change(PROGRAM, made.round, **facts)
    busy(made)
    return made


def test_from_review_to_a_published_decision(browser: Any, address: str, made: Reviewed) -> None:
    reviewer = visitor(browser, address, of_kind(made, RoleKind.REVIEWER, "周复核"))
    adjudicator = visitor(browser, address, of_kind(made, RoleKind.ADJUDICATOR, "吴裁定"))
    body = visitor(browser, address, made.body)
    head = visitor(browser, address, of_kind(made, RoleKind.ADMINISTRATOR, "郑主任"))
    review(reviewer, made)
    adjudicate(adjudicator, made)
    objection = object_to(body, made)
    decide(head, objection)
    body.go(f"/rounds/r/objections/{objection.id}/")
    assert "予以采纳" in body.page.content()
    body.look("objection-of-body")
    for by in ("people", "batches"):
        head.go(f"/rounds/r/board/?by={by}")
        head.look(f"board-{by}", phone=by == "people")
    assert [one.faults for one in (reviewer, adjudicator, body, head)] == [[], [], [], []]


def review(reviewer: Visitor, made: Reviewed) -> None:
    page = reviewer.page
    reviewer.go("/rounds/r/review/")
    reviewer.look("review")
    page.get_by_role("link", name=made.batch.name).click()
    reviewer.look("review-batch", phone=True)
    page.get_by_text("退回…").first.click()
    page.get_by_label("意见（采集员会看到）").first.fill("截图与栏目不符，请重新截图。")
    page.get_by_role("button", name="退回采集员").first.click()
    page.get_by_text("已退回采集员").wait_for()
    assert Review.objects.latest("id").comment == "截图与栏目不符，请重新截图。"


def adjudicate(adjudicator: Visitor, made: Reviewed) -> None:
    page = adjudicator.page
    adjudicator.go("/rounds/r/disputes/")
    adjudicator.look("disputes")
    adjudicator.go(f"/rounds/r/disputes/{made.dispute.id}/")
    adjudicator.look("dispute", phone=True)
    page.get_by_label("百分比").fill("40")
    page.get_by_label("理由（写入答案的历史）").fill("栏目只有一部分内容。")
    page.get_by_role("button", name="作出裁定").click()
    page.get_by_text("已裁定，答案已采用").wait_for()
    assert Answer.objects.get(check_id=MANUAL[1], entry=made.entry).value == Decimal("0.4")


def object_to(body: Visitor, made: Reviewed) -> Objection:
    page = body.page
    body.go(f"/rounds/r/entries/{made.entry.id}/answers/")
    body.look("own-answers", phone=True)
    page.get_by_role("link", name=f"对要点 {MANUAL[1]} 提出异议").click()
    page.get_by_label("理由").fill(WHY)
    body.look("object")
    page.get_by_role("button", name="提出异议").click()
    page.get_by_text("异议已提出").wait_for()
    objection = Objection.objects.latest("id")
    assert objection.text == WHY
    return objection


def decide(head: Visitor, objection: Objection) -> None:
    page = head.page
    head.go(f"/rounds/r/objections/{objection.id}/")
    page.get_by_label("百分比").fill("100")
    page.get_by_role("button", name="试算").click()
    page.get_by_text("组内名次").wait_for()
    head.look("objection", phone=True)
    page.get_by_role("radio", name="采纳", exact=True).check()
    page.get_by_label("理由（公布时单位会看到）").fill("证据属实，予以采纳。")
    page.get_by_role("button", name="作出决定").click()
    page.get_by_text("已决定").wait_for()
    head.go("/rounds/r/objections/")
    head.look("objections")
    page.get_by_role("button", name="公布 1 项决定").click()
    page.get_by_text("已公布 1 件决定").wait_for()
    head.go("/rounds/r/answers/")
    head.look("answers")
    head.go(f"/rounds/r/answers/{Answer.objects.get(check_id=objection.check_id, entry=objection.entry).id}/")
    head.look("answer")
