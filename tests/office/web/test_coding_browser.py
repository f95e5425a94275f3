"""The collector's pages in a real browser: typing, two windows, a session that ends, keys, pictures, bulk work."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
import seeded
from collected import with_work
from collecting import a_round
from django.contrib.sessions.models import Session
from in_browser import barriers
from judged_sheets import a_scored_sheet
from offices import until
from people_at_work import cookie_of, somebody

from govgauge.office import sheets
from govgauge.office.domain import judgements
from govgauge.office.models import Assignment, AssignmentState, Coding, CodingEvidence, Job, Person, RoleKind
from govgauge.office.pool import Pool
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer

pytestmark = pytest.mark.browser
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
FOLDER = os.environ.get("GOVGAUGE_SHOTS", "")
"""Where pictures of the pages are left to be looked at."""


def shot(page, name: str) -> None:
    if FOLDER:
        page.screenshot(path=str(Path(FOLDER) / f"{name}.png"), full_page=True)


def a_page(browser, address: str, person: Person, size: str = "wide"):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_cookies([cookie_of(person, address)])
    return context.new_page()


def a_proposal(entry) -> None:
    given = {
        "5.1-3": Answer(
            outcome=Outcome.PARTIAL, value=Decimal("0.6"), source="audit:message-perfunctory@1", confirmed=False
        )
    }
    judgements.record(entry.id, sheets.packed(a_scored_sheet(given)), "采集后判定")
    for number in range(3):
        seeded.a_finding(
            entry,
            number,
            audit="message-perfunctory",
            page=f"{entry.url}hd/{number}.html",
            target="",
            excerpt="您好，来信收悉，感谢您的关注和支持。",
        )


def test_a_collector_works_through_a_day(browser, address: str) -> None:
    round_ = a_round(3)
    person, mine = with_work(round_, indicators=("5.1", "1.2.1"))
    assisted = next(one for one in mine if one.check_id == "5.1-3")
    a_proposal(assisted.entry)
    page = a_page(browser, address, person)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/work/")
    assert barriers(page) == []
    shot(page, "mine")

    # saved as one types, by the keyboard alone
    page.goto(f"{address}/work/{assisted.id}/#answer")
    page.get_by_text("建议：做到 60%").wait_for()
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    page.keyboard.type("三封信中有一封只说“来信收悉”，没有答所问")
    page.locator(".saved-line .time").wait_for(timeout=30_000)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    shot(page, "coding")
    assert barriers(page) == []
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: f"/work/{assisted.id}/" not in url, timeout=30_000)
    assisted.refresh_from_db()
    coding = Coding.objects.get(assignment=assisted)
    assert (assisted.state, coding.value) == (AssignmentState.SUBMITTED, Decimal("0.5"))
    assert faults == []
    page.context.close()


def test_a_session_that_ends_while_one_types_loses_nothing(browser, address: str) -> None:
    person, mine = with_work(a_round(1), indicators=("1.2.1",))
    page = a_page(browser, address, person)
    page.goto(f"{address}/work/{mine[0].id}/")
    Session.objects.all().delete()
    page.get_by_label("理由").fill("写到一半，登录结束了")
    page.get_by_text("登录已结束。您的内容还在这个网页里").wait_for(timeout=30_000)
    assert page.get_by_label("理由").input_value() == "写到一半，登录结束了"
    shot(page, "signed-out")
    page.context.add_cookies([cookie_of(person, address)])
    page.goto(f"{address}/work/{mine[0].id}/")
    page.get_by_text("还留着一份没有保存成功的内容").wait_for()
    shot(page, "kept")
    assert barriers(page) == []
    page.get_by_role("button", name="填回表中").click()
    page.locator(".saved-line .time").wait_for(timeout=30_000)
    until(lambda: Coding.objects.get().justification == "写到一半，登录结束了")
    page.reload()
    assert page.get_by_text("还留着一份").is_hidden()
    page.context.close()


def test_two_windows_are_shown_beside_each_other(browser, address: str) -> None:
    person, mine = with_work(a_round(1), indicators=("1.2.1",))
    one, other = (a_page(browser, address, person) for _ in range(2))
    for page in (one, other):
        page.goto(f"{address}/work/{mine[0].id}/")
    one.get_by_label("理由").fill("第一个窗口写的")
    one.locator(".saved-line .time").wait_for(timeout=30_000)
    other.get_by_label("理由").fill("第二个窗口写的")
    other.get_by_text("第一个窗口写的").wait_for(timeout=30_000)
    shot(other, "clash")
    assert barriers(other) == []

    # who types on has not chosen: nothing is overwritten until they press the button
    with other.expect_response("**/save"):
        other.get_by_label("理由").fill("第二个窗口接着写")
    until(lambda: Coding.objects.get().justification == "第一个窗口写的")
    other.get_by_role("button", name="以我的内容为准").click()
    other.locator(".saved-line .time").wait_for(timeout=30_000)
    until(lambda: Coding.objects.get().justification == "第二个窗口接着写")
    for page in (one, other):
        page.context.close()


def test_a_lost_connection_is_no_second_window(browser, address: str) -> None:
    person, mine = with_work(a_round(1), indicators=("1.2.1",))
    page = a_page(browser, address, person)
    page.goto(f"{address}/work/{mine[0].id}/")
    page.get_by_label("理由").fill("断线之前写的")
    page.locator(".saved-line .time").wait_for(timeout=30_000)
    page.context.set_offline(True)
    page.get_by_label("理由").fill("断线之后写的")
    page.get_by_text("连不上服务器").wait_for(timeout=30_000)
    page.context.set_offline(False)
    page.get_by_text("连不上服务器").wait_for(state="hidden", timeout=30_000)
    page.locator(".saved-line .time").wait_for(timeout=30_000)
    until(lambda: Coding.objects.get().justification == "断线之后写的")
    page.context.close()


def test_keys_begin_at_the_answers_after_a_refusal_too(browser, address: str) -> None:
    person, mine = with_work(a_round(1), indicators=("1.2.1",))
    page = a_page(browser, address, person)
    page.goto(f"{address}/work/{mine[0].id}/")
    page.get_by_label("有把握", exact=True).check(force=True)
    page.locator(".saved-line .time").wait_for(timeout=30_000)
    page.keyboard.press("Control+Enter")
    page.get_by_text("请给出取值").first.wait_for(timeout=30_000)
    page.keyboard.press("1")
    page.locator(".saved-line .time").wait_for(timeout=30_000)
    until(lambda: Coding.objects.filter(value=1, confidence="sure").exists())
    page.context.close()


def test_a_picture_is_taken_and_a_column_pasted(browser, address: str, office: Path) -> None:
    round_ = a_round(4)
    port = address.rpartition(":")[2]
    round_.settings = {"connect_to": [f"::127.0.0.1:{port}"]}
    round_.save()
    round_.entries.update(url=f"{address}/scanner")
    person, mine = with_work(round_, indicators=("1.2.1",))
    page = a_page(browser, address, person)
    page.goto(f"{address}/work/{mine[0].id}/")
    page.get_by_role("button", name="由系统截图留证").click()
    page.get_by_text("正在截图").wait_for(timeout=30_000)
    Pool(office, 1).run(round_, lambda *_: None, lambda: False)
    page.locator(".evidence-list img").wait_for(timeout=30_000)
    piece = CodingEvidence.objects.get()
    assert (len(piece.sha256), piece.failure, Job.objects.get().state) == (64, "", "done")
    page.reload()
    shot(page, "evidence")
    assert barriers(page) == []

    page.goto(f"{address}/work/grid?round=r&check=2025-county:{mine[0].check_id}")
    page.get_by_label("粘贴的内容").fill("县0\t是\t首页有入口\n县1\t否\t没有找到\n县9\t是\n县2\t80%\t多数可用")
    page.get_by_role("button", name="填入上表核对").click()
    page.get_by_text("没有名为“县9”的一行").wait_for()
    assert Coding.objects.filter(value__isnull=False).count() == 0
    shot(page, "grid")
    assert barriers(page) == []
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存 3 行").wait_for()
    assert list(Coding.objects.order_by("value").values_list("value", flat=True).exclude(value=None)) == [
        0,
        Decimal("0.8"),
        1,
    ]
    page.get_by_role("button", name="撤销这一次").click()
    page.get_by_text("已撤销 3 行").wait_for()
    assert Coding.objects.exclude(value=None).count() == 0
    page.context.close()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_pages_have_no_barrier_and_fit_their_screen(browser, address: str, size: str) -> None:
    round_ = a_round(5, groups=2)
    person, mine = with_work(round_, indicators=("5.1", "1.2.1", "1.1.2"))
    head = somebody(RoleKind.ADMINISTRATOR)
    batch = mine[0].batch_id
    for who, paths in (
        (person, ("/work/", f"/work/{mine[0].id}/", "/work/grids", f"/work/grid?round=r&entry={mine[0].entry_id}")),
        (head, ("/rounds/r/collection/", f"/rounds/r/collection/batches/{batch}/")),
    ):
        page = a_page(browser, address, who, size)
        for number, path in enumerate(paths):
            page.goto(address + path)
            shot(page, f"{size}-{who.name}-{number}")
            assert barriers(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], path
        page.context.close()
    assert Assignment.objects.filter(person=person).count() == len(mine)
