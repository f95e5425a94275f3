"""Registering for a round with an empty list, and correcting what was returned after the days of registration."""

from datetime import timedelta

import pytest
import seeded
from django.test import Client
from django.utils import timezone
from people_at_work import at_work
from test_registrations import BODY, FORM, handed_in, office_place, open_round, place

from govgauge.office.models import Entry, RoleKind, Round, RoundStage

pytestmark = pytest.mark.usefixtures("settings_home")


def of_body() -> Client:
    return at_work(RoleKind.ASSESSED, scope=BODY)


def test_the_first_body_of_an_empty_round_is_accepted_with_group_and_system(client: Client) -> None:
    round_ = seeded.a_round()
    made = handed_in(of_body(), round_)
    page = client.get(office_place(made)).content.decode()
    assert "名单还是空的" in page
    assert 'value="2025-county county"' in page
    for wrong in ({}, {"group": "县"}, {"group": " ", "way": "2025-county county"}, {"group": "县", "way": "x y"}):
        answer = client.post(office_place(made, "accept"), wrong, follow=True).content.decode()
        assert "请写明组名" in answer, wrong
    client.post(office_place(made, "accept"), {"group": " 县 ", "way": "2025-county county"})
    entry = Entry.objects.get()
    assert (entry.key, entry.group, entry.system, entry.profile) == (BODY, "县", "2025-county", "county")
    second = handed_in(
        at_work(RoleKind.ASSESSED, scope="江东省/丁县"), round_, "江东省/丁县", url="http://ding.gov.cn/"
    )
    assert "名单还是空的" not in client.get(office_place(second)).content.decode()
    client.post(office_place(second, "accept"), {"group": "县"})
    assert Entry.objects.get(name="丁县").system == "2025-county"


def test_what_is_returned_after_the_days_of_registration_can_still_be_corrected(client: Client) -> None:
    body, round_ = of_body(), open_round()
    made = handed_in(body, round_)
    RoundStage.objects.update(ends=timezone.localdate() - timedelta(days=1))
    client.post(office_place(made, "return"), {"reason": "公章看不清"})
    assert "现在不能报名" not in body.get(place(made)).content.decode()
    made.refresh_from_db()
    body.post(place(made, "submit"), {**FORM, "contact": "李四", "version": made.version})
    assert [step.kind for step in made.steps.order_by("id")][-1] == "corrected"
    waiting = client.get(f"/rounds/{round_.slug}/registrations/?state=waiting").content.decode()
    assert office_place(made) in waiting
    returned = client.get(f"/rounds/{round_.slug}/registrations/?state=returned").content.decode()
    assert office_place(made) not in returned
    Round.objects.update(state="frozen")
    client.post(office_place(made, "return"), {"reason": "再改"})
    assert "已冻结" in body.get(place(made)).content.decode()


def test_a_body_is_told_of_what_it_can_register_for_and_of_results_of_its_own_only() -> None:
    round_ = open_round()
    body = of_body()
    today = timezone.localdate()
    round_.objection_periods.create(starts=today, ends=today)
    page = body.get("/").content.decode()
    assert "可以报名参评" in page
    assert "可以查看初步结果" not in page
    handed_in(body, round_)
    assert "可以报名参评" not in body.get("/").content.decode()
    seeded.an_entry(round_, "乙县", parent="江东省/甲市")
    assert "可以查看初步结果" in body.get("/").content.decode()


def test_other_sites_of_a_body_stay_when_one_of_them_is_registered(client: Client) -> None:
    round_ = open_round()
    sites = {"2020-local": "http://bo.test/yixian", "2025-county": "http://old.yixian.gov.cn/"}
    for system, url in sites.items():
        entry = seeded.an_entry(round_, "乙县", parent="江东省/甲市", system=system)
        Entry.objects.filter(id=entry.id).update(url=url)
    for system in ("2020-digital", "2017-local"):
        entry = seeded.an_entry(round_, "乙县", parent="江东省/甲市", system=system)
        Entry.objects.filter(id=entry.id).update(url=sites["2025-county"])
    known = handed_in(of_body(), round_, url=sites["2025-county"])
    client.post(office_place(known, "accept"), {})
    found = Entry.objects.filter(key=BODY).order_by("id")
    assert list(found.values_list("url", flat=True)) == [sites["2020-local"], *[sites["2025-county"]] * 3]
    assert known.steps.latest("id").kind == "accepted"


def test_a_moved_site_moves_in_every_system_that_had_it(client: Client) -> None:
    round_ = open_round()
    for system, url in (
        ("2025-county", "http://old.test/"),
        ("2020-local", "http://old.test/"),
        ("2017-local", "http://bo.test/"),
    ):
        Entry.objects.filter(id=seeded.an_entry(round_, "乙县", parent="江东省/甲市", system=system).id).update(url=url)
    made = handed_in(of_body(), round_)
    client.post(office_place(made, "accept"), {})
    found = Entry.objects.filter(key=BODY).order_by("id").values_list("url", flat=True)
    assert list(found) == [FORM["url"], FORM["url"], "http://bo.test/"]
