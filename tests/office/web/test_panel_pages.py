"""Pages of experts and of the chair: what they show, what they keep from whom, and how often they ask."""

import io
import json

import docx
import pytest
from case_days import rules_were
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from panelled import LEVELS, Panelled, a_case, a_panel, days, given, rules, stepped
from panelled_pages import a_picture
from people_at_work import give, signed_in, somebody

from govgauge.office.domain import calibration, case_counts, panel_ballots, ties, verdicts
from govgauge.office.domain.acting import Acting
from govgauge.office.models import (
    Ballot,
    CaseStepKind,
    PanelBallot,
    PanelExpert,
    PanelMinutes,
    PanelTie,
    Person,
    RoleKind,
    Seat,
)

pytestmark = pytest.mark.usefixtures("settings_home")
FORM = {f"level-{code}": level for code, level in LEVELS.items()}


def visitor(acting: Acting) -> Client:
    person = acting.person
    assert isinstance(person, Person)
    return signed_in(person)


def test_an_expert_judges_by_the_form_and_goes_on_to_the_next_case() -> None:
    made = a_panel()
    first, second = given(made, 0, 0), given(made, 0, 1)
    expert = visitor(made.experts[0])
    page = expert.get(f"/rounds/r/my-cases/{first.pk}/").content.decode()
    assert made.cases[0].name in page
    assert "全程走得通" in page
    partial = {**FORM, "comment": "做法清楚。", "version": 0}
    saved = expert.post(f"/rounds/r/my-cases/{first.pk}/save", partial, headers={"HX-Request": "true"})
    assert "已保存" in saved.content.decode()
    assert 'value="1"' in saved.content.decode()
    done = expert.post(f"/rounds/r/my-cases/{first.pk}/submit", {**partial, "version": 1})
    assert done.url == f"/rounds/r/my-cases/{second.pk}/"
    first.refresh_from_db()
    assert (first.levels, first.submitted_at is not None) == (LEVELS, True)
    stale = expert.post(f"/rounds/r/my-cases/{second.pk}/save", {**FORM, "version": 7})
    assert stale.status_code == 409
    assert "刚在别处修改过" in stale.content.decode()


def test_an_expert_sees_nobody_else_and_no_result() -> None:
    made = a_panel()
    for number in range(3):
        seat = given(made, number, 0)
        kept = verdicts.save(made.experts[number], seat, LEVELS, f"评语{number}", 0)
        verdicts.submit(made.experts[number], kept, kept.version)
    expert = visitor(made.experts[0])
    own = Seat.objects.get(expert=made.expert(0))
    for address in ("/judging/", "/rounds/r/my-cases/", f"/rounds/r/my-cases/{own.pk}/"):
        page = expert.get(address, follow=True).content.decode()
        for other in (1, 2):
            assert made.expert(other).alias not in page
            assert f"专家甲{other}" not in page
            assert f"评语{other}" not in page
        assert not any(word in page for word in ("校正", "原始平均", "名次", "得分"))
    other_seat = Seat.objects.get(expert=made.expert(1))
    assert expert.get(f"/rounds/r/my-cases/{other_seat.pk}/").status_code == 404
    assert expert.get("/awards/r/").status_code == 404


def test_files_of_a_case_are_for_who_judges_it() -> None:
    made = a_panel()
    piece = a_picture(made.cases[0].pk, made.chair.person, made.round)
    given(made, 0, 0)
    shown = visitor(made.experts[0]).get(f"/rounds/r/my-cases/files/{piece.pk}")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    shown.close()
    assert visitor(made.experts[1]).get(f"/rounds/r/my-cases/files/{piece.pk}").status_code == 404


def test_a_ballot_keeps_what_was_chosen_when_it_cannot_be_taken() -> None:
    made = a_panel(settings={"panel_mode": "ballots", "votes_per_expert": 1})
    expert = visitor(made.experts[0])
    refused = expert.post("/rounds/r/my-cases/ballot/cast", {"choices": ["1", "2"], "seen": 0, "do": "cast"})
    assert refused.status_code == 409
    assert refused.content.decode().count(" checked") == 2
    assert expert.post("/rounds/r/my-cases/ballot/cast", {"choices": ["2"], "seen": 0, "do": "cast"}).status_code == 302
    assert PanelBallot.objects.get().choices == [2]
    assert expert.get("/rounds/r/my-cases/read/2/").status_code == 200
    assert expert.get("/rounds/r/my-cases/read/9/").status_code == 404


def test_an_expert_declares_and_tells_of_a_tie() -> None:
    made = a_panel()
    given(made, 0, 0)
    expert = visitor(made.experts[0])
    sent = {"fields": ["data"], "employer": "某大学", "region": "甲省/乙市"}
    assert expert.post("/rounds/r/my-cases/declaration", sent).status_code == 302
    assert PanelExpert.objects.get(person=made.experts[0].person).fields == ["data"]
    expert.post("/rounds/r/my-cases/tie", {"case": "1", "why": "参与过这个平台的建设"})
    page = expert.get("/rounds/r/my-cases/").content.decode()
    assert "参与过这个平台的建设" in page
    assert Seat.objects.get().taken_back_at is not None


def test_who_sits_on_the_panel_gets_none_of_the_chairs_pages() -> None:
    made = a_panel()
    person = made.experts[0].person
    assert person is not None
    give(person, RoleKind.ADMINISTRATOR)
    both = signed_in(person)
    for place in ("", "ties/", "seats/", "scores/", "minutes/", "results/", "bonus/"):
        answer = both.get(f"/rounds/r/panel/{place}")
        assert answer.status_code == 403, place
        assert "您是本届评审专家" in answer.content.decode()


def counted(made: Panelled, **settings: object) -> None:
    """Verdicts, ties, a calibration case, a published count."""
    stepped(a_case(made.call, made.cases[0].entry, "校准用的案例"), CaseStepKind.REFUSED)
    calibration.choose(made.chair, made.call.cases.latest("id"), LEVELS)
    for place, acting in enumerate(made.experts[:3]):
        for seat in Seat.objects.filter(expert=made.expert(place)):
            kept = verdicts.save(acting, seat, LEVELS, "", 0)
            verdicts.submit(acting, kept, kept.version)
        for number in range(len(made.cases)):
            if (number + place) % 3:
                seat = given(made, place, number)
                kept = verdicts.save(acting, seat, {**LEVELS, "effect": 1 + (number + place) % 5}, "", 0)
                verdicts.submit(acting, kept, kept.version)
        if (3 - place) % 3 < len(made.cases):
            ties.hold(made.chair, made.expert(place), made.cases[(3 - place) % 3], "同一课题组")
    rules_were(made.call, {**rules(), "panel": days(-9, -2), **settings})
    case_counts.publish(made.chair, case_counts.count(made.chair, made.call))


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200, address
    return len(seen)


def test_pages_ask_the_same_number_of_times_with_few_cases_and_many(client: Client) -> None:
    places = ("", "ties/", "seats/", "scores/", "minutes/", "results/", "bonus/")
    found = []
    for slug, experts, cases in (("one", 3, 1), ("many", 50, 50)):
        made = a_panel(experts=experts, cases=cases)
        counted(made)
        for expert in made.call.experts.all()[3:]:
            PanelTie.objects.create(expert=expert, case=made.cases[-1], kind="employer", why="名称相近")
        made.round.slug = slug
        made.round.save()
        expert = visitor(made.experts[0])
        seat = Seat.objects.filter(expert=made.expert(0), taken_back_at=None).first()
        assert seat is not None
        for place in places:
            client.get(f"/rounds/{slug}/panel/{place}")
        found.append(
            {
                **{place: queries(client, f"/rounds/{slug}/panel/{place}") for place in places},
                "mine": queries(expert, f"/rounds/{slug}/my-cases/"),
                "case": queries(expert, f"/rounds/{slug}/my-cases/{seat.pk}/"),
                "awards": queries(Client(), f"/awards/{slug}/"),
            }
        )
    assert found[0] == found[1]
    assert max(found[0].values()) <= 40, found[0]


def test_a_count_comes_out_as_files_and_the_announcement_tells_only_of_chosen_cases(client: Client) -> None:
    made = a_panel(experts=3, cases=4)
    counted(made)
    book = load_workbook(
        io.BytesIO(b"".join(client.get("/rounds/r/panel/results/?format=xlsx").streaming_content)), read_only=True
    )
    lines = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert lines[0][:5] == ["大类", "类别", "名次", "编号", "案例"]
    assert len(lines) == 5
    told = json.loads(client.get("/rounds/r/panel/results/?format=json").content)
    assert len(told["cases"]) == 4
    public = json.loads(Client().get("/awards/r/?format=json").content)
    assert {one["chosen"] for one in public["cases"]} == {True}
    page = Client().get("/awards/r/").content.decode()
    chosen = {one["name"] for one in public["cases"]}
    assert all((case.name in page) == (case.name in chosen) for case in made.cases)
    number = public["cases"][0]["number"]
    assert Client().get(f"/awards/r/{number}/").status_code == 200
    missed = next(case.number for case in made.cases if case.name not in chosen)
    assert Client().get(f"/awards/r/{missed}/").status_code == 404
    assert "PDF 证书还没有颁发" in client.get(f"/awards/r/{number}/certificate").content.decode()
    case_counts.take_back(made.chair, case_counts.published(made.call), "计票办法有误")
    assert Client().get("/awards/r/").status_code == 404


def test_the_announcement_says_whose_part_counted_and_leads_only_those_concerned_to_the_certificate(
    client: Client,
) -> None:
    made = a_panel(experts=3, cases=4, settings={"public_share": "0"})
    for number in range(3):
        Ballot.objects.create(call=made.call, choices=[1], commitment=f"{number:064x}", minute=timezone.now())
    counted(made, public_share="0")
    announced = Client().get("/awards/r/").content.decode()
    assert "名专家的意见选出" in announced
    assert "张公众选票，按评选办法不计入总分" in announced
    best = case_counts.published(made.call).results.get(place=1).case
    address, link = f"/awards/r/{best.number}/", f"/awards/r/{best.number}/certificate"
    body, stranger = somebody(RoleKind.ASSESSED, scope=best.entry.key), somebody(RoleKind.ASSESSED, scope="别省/别县")
    seen = {reader: link in reader.get(address).content.decode() for reader in map(signed_in, (body, stranger))}
    assert [*seen.values(), link in Client().get(address).content.decode()] == [True, False, False]
    assert link in client.get(address).content.decode()
    assert [reader.get(link).status_code for reader in seen] == [200, 404]


def test_minutes_are_saved_signed_and_kept_as_a_document(client: Client) -> None:
    made = a_panel()
    assert "按记录拟写，尚未保存" in client.get("/rounds/r/panel/minutes/").content.decode()
    client.post("/rounds/r/panel/minutes/do", {"do": "save", "text": "# 纪要\n## 一、情况\n一致同意。", "seen": 0})
    kept = PanelMinutes.objects.latest("id")
    client.post("/rounds/r/panel/minutes/do", {"do": "sign", "seen": kept.pk})
    page = client.get("/rounds/r/panel/minutes/").content.decode()
    assert "已签署" in page
    assert "<textarea" not in page
    word = docx.Document(io.BytesIO(client.get("/rounds/r/panel/minutes/?format=docx").content))
    assert [one.text for one in word.paragraphs][:3] == ["纪要", "一、情况", "一致同意。"]
    signed = PanelMinutes.objects.latest("id")
    refused = client.post("/rounds/r/panel/minutes/do", {"do": "amend", "reason": "", "seen": signed.pk}, follow=True)
    assert "要写明理由" in refused.content.decode()
    client.post("/rounds/r/panel/minutes/do", {"do": "amend", "reason": "人数有误", "seen": signed.pk})
    page = client.get("/rounds/r/panel/minutes/").content.decode()
    assert "人数有误" in page
    assert "签署之前，第 1 版仍然有效" in page
    draft = PanelMinutes.objects.latest("id")
    client.post("/rounds/r/panel/minutes/do", {"do": "save", "text": "# 纪要\n二人同意。", "seen": draft.pk})
    draft = PanelMinutes.objects.latest("id")
    client.post("/rounds/r/panel/minutes/do", {"do": "sign", "seen": draft.pk})
    page = client.get("/rounds/r/panel/minutes/").content.decode()
    assert "二人同意" in page
    assert "第 2 版" in page
    old = client.get("/rounds/r/panel/minutes/?version=1").content.decode()
    assert "一致同意" in old
    assert "已被后来签署的修订代替" in old
    assert client.get("/rounds/r/panel/minutes/?version=3").status_code == 404
    answer = client.get("/rounds/r/panel/minutes/?version=1&format=docx")
    assert 'filename="r-minutes-1.docx"' in answer.headers["Content-Disposition"]
    assert "一致同意。" in [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert made.call.minutes.count() == 5


def test_expert_ballots_leave_no_choice_with_the_chair_before_the_end(client: Client) -> None:
    made = a_panel(settings={"panel_mode": "ballots", "votes_per_expert": 2})
    panel_ballots.cast(made.experts[0], made.expert(0), [2], seen=0)
    page = client.get("/rounds/r/panel/").content.decode()
    assert "已投票" in page
    refused = client.post("/rounds/r/panel/results/do", {"do": "count"}, follow=True).content.decode()
    assert "结束前不计票" in refused


def test_the_start_page_tells_an_expert_what_to_judge_and_the_chair_what_to_decide(client: Client) -> None:
    made = a_panel()
    given(made, 0, 0)
    PanelTie.objects.create(expert=made.expert(1), case=made.cases[1], kind="employer", why="名称相近")
    page = visitor(made.experts[0]).get("/").content.decode()
    assert "案例待我评审" in page
    assert "专家组：请先申报" in page
    assert "/rounds/r/my-cases/" in page
    assert "回避情形待认定" in client.get("/").content.decode()
