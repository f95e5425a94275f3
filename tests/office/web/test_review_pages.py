"""Review, adjudication, answers and the board on the screen: who gets what, and that nothing is lost."""

import re
from decimal import Decimal

import pytest
from answered import an_entry, assigned, submitted
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work, give, signed_in, somebody
from review_readers import made, place, readers
from reviewed import ASSISTED, MANUAL, SYSTEM, Reviewed, a_round
from seeded import EVIL

from govgauge.office.domain import boards, objections
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import (
    Answer,
    Assignment,
    AssignmentState,
    CodingEvidence,
    Dispute,
    Objection,
    ObjectionState,
    Part,
    Review,
    ReviewPolicy,
    RoleKind,
)

__all__ = ["made", "readers"]  # fixtures


OPEN = {"administrator": 200, "reviewer": 200, "adjudicator": 200, "observer": 200, "body": 403, "stranger": 403}


REVIEW = {**dict.fromkeys(OPEN, 403), "reviewer": 200}


ADJUDICATE = {**dict.fromkeys(OPEN, 403), "adjudicator": 200}


PLAN = {**dict.fromkeys(OPEN, 403), "administrator": 200}


DECIDE = {**dict.fromkeys(OPEN, 403), "administrator": 200, "adjudicator": 200}


ENTRY = {**OPEN, "body": 200, "colleague": 200, "stranger": 404}


OBJECT = {**dict.fromkeys(OPEN, 403), "body": 200, "colleague": 200, "stranger": 404}


NOBODY = dict.fromkeys(OPEN, 404)


GET = {
    "/review/": REVIEW,
    "/review/{batch}/": REVIEW,
    "/review/999/": {**REVIEW, "reviewer": 404},
    "/review/pictures/999": {**REVIEW, "reviewer": 404},
    "/disputes/": ADJUDICATE,
    "/disputes/{dispute}/": ADJUDICATE,
    "/disputes/999/": {**ADJUDICATE, "adjudicator": 404},
    "/disputes/pictures/999": {**ADJUDICATE, "adjudicator": 404},
    "/answers/": OPEN,
    "/answers/{answer}/": OPEN,
    "/answers/999/": {name: 404 if status == 200 else status for name, status in OPEN.items()},
    "/own/": {**dict.fromkeys(OPEN, 302), "stranger": 302},
    "/entries/{entry}/answers/": ENTRY,
    "/entries/{other}/answers/": {**OPEN, "body": 404, "colleague": 404, "stranger": 200},
    "/entries/999999999999999999999/answers/": NOBODY,
    "/entries/{entry}/answers/{check}/object": OBJECT,
    "/entries/{other}/answers/{check}/object": {**OBJECT, "body": 404, "colleague": 404, "stranger": 200},
    "/entries/{entry}/answers/nothing/object": {**OBJECT, "body": 404, "colleague": 404},
    "/objections/": DECIDE,
    "/objections/{objection}/": ENTRY,
    "/objections/999/": NOBODY,
    "/board/": PLAN,
}


POST = {
    "/review/{batch}/do": {**REVIEW, "reviewer": 302},
    "/entries/{entry}/answers/confirm": {**REVIEW, "reviewer": 302},
    "/objections/period": {**PLAN, "administrator": 302},
    "/objections/publish": {**PLAN, "administrator": 302},
    "/objections/{objection}/withdraw": {**dict.fromkeys(OPEN, 403), "body": 302, "colleague": 302, "stranger": 404},
    "/objections/{objection}/decide": {**DECIDE, "administrator": 409, "adjudicator": 409},
    "/board/policy": {**PLAN, "administrator": 302},
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_gets_which_page(made: Reviewed, readers: dict[str, Client], method: str) -> None:
    faults = []
    for path, wanted in (GET if method == "get" else POST).items():
        address = place(made, path)
        for name, client in readers.items():
            status = getattr(client, method)(address).status_code
            if status != wanted.get(name, wanted["body"]):
                faults.append((path, name, status))
        anonymous = getattr(Client(), method)(address)
        if anonymous.status_code != (302 if method == "get" else 401):
            faults.append((path, "anonymous", anonymous.status_code))
    assert faults == []


def test_a_reviewer_accepts_and_gives_back(made: Reviewed, readers: dict[str, Client]) -> None:
    client, address = readers["reviewer"], place(made, "/review/{batch}/")
    page = client.get(address).content.decode()
    assert "张采集" in page
    assert "通过" in page
    asked = {"coding": made.waiting.id, "version": made.waiting.version}
    short = client.post(f"{address}do", {**asked, "do": "reject", "comment": "不"})
    assert short.status_code == 409
    assert "退回要写明意见" in short.content.decode()
    assert ">不</textarea>" in short.content.decode()
    stale = client.post(f"{address}do", {**asked, "version": 99, "do": "reject", "comment": "截图不对，请重截"})
    assert "又改过" in stale.content.decode()
    assert "截图不对，请重截</textarea>" in stale.content.decode()
    client.post(f"{address}do", {**asked, "do": "accept"})
    assert Review.objects.get().verdict == "accepted"
    assert Answer.objects.filter(check_id=MANUAL[0]).get().value == made.waiting.value
    assert "没有符合条件的答案" not in client.get(f"{address}?state=accepted").content.decode()


def test_a_sample_is_drawn_and_the_rest_accepted(made: Reviewed, readers: dict[str, Client]) -> None:
    client, address = readers["reviewer"], place(made, "/review/{batch}/")
    client.post(f"{address}do", {"do": "draw", "share": "50"})
    page = client.get(f"{address}?sample=1&state=all").content.decode()
    assert "抽取了 1 项" in page
    for share in ("x", "nan", "-inf"):
        assert client.post(f"{address}do", {"do": "draw", "share": share}).status_code == 409
    early = client.post(f"{address}do", {"do": "rest"})
    assert "样本中还有 1 项没有复核" in early.content.decode()


def test_an_adjudicator_sees_both_answers_without_names_and_decides(made: Reviewed, readers: dict[str, Client]) -> None:
    client, address = readers["adjudicator"], place(made, "/disputes/{dispute}/")
    page = client.get(address).content.decode()
    assert "张采集" not in page
    assert "李采集" not in page
    assert page.count("正在建设中") == 2
    nothing = client.post(address, {"reason": "栏目有内容，见截图"})
    assert nothing.status_code == 409
    assert "请选择取值" in nothing.content.decode()
    assert "栏目有内容，见截图</textarea>" in nothing.content.decode()
    assert client.post(address, {"answer": "1", "reason": "栏目有内容，见截图"}).status_code == 302
    late = client.post(address, {"percent": "20", "reason": "我写的另一个理由"})
    assert late.status_code == 409
    assert "没有再改" in late.content.decode()
    assert "我写的另一个理由" in late.content.decode()
    assert Answer.objects.get(check_id=MANUAL[1]).source == "adjudication"
    assert "已裁定" in client.get("/rounds/r/disputes/?decided=1").content.decode()


def test_a_coder_does_not_even_see_the_dispute(made: Reviewed) -> None:
    made.coder.roles.create(kind=RoleKind.ADJUDICATOR, round=made.round)
    person = somebody(RoleKind.ADJUDICATOR)  # so that the coder has the second factor that the role asks for, too
    made.coder.authenticator_set.create(type=person.authenticator_set.get().type, data={})
    answer = signed_in(made.coder).get(place(made, "/disputes/{dispute}/"))
    assert answer.status_code == 403
    assert "请由别人裁定" in answer.content.decode()


def test_an_answer_shows_its_whole_history(made: Reviewed, readers: dict[str, Client]) -> None:
    objections.decide(PROGRAM, made.objection, ObjectionState.UPHELD, "证据属实", value=Decimal(1))
    page = readers["observer"].get(place(made, "/answers/{answer}/")).content.decode()
    assert page.index("异议决定") < page.index("正在建设中")
    assert "证据属实" in page
    found = readers["observer"].get("/rounds/r/answers/?source=objection&q=乙").content.decode()
    assert "共 <b>1</b> 行" in found


def test_a_reviewer_confirms_what_the_program_proposes(made: Reviewed, readers: dict[str, Client]) -> None:
    address = place(made, "/entries/{entry}/answers/")
    assert "确认程序的判断" in readers["reviewer"].get(address).content.decode()
    assert "确认程序的判断" not in readers["body"].get(address).content.decode()
    readers["reviewer"].post(f"{address}confirm", {"check": ASSISTED})
    assert Answer.objects.get(check_id=ASSISTED).source == "program"


def test_a_period_and_thresholds_are_set_or_refused_with_a_sentence(readers: dict[str, Client]) -> None:
    client = readers["administrator"]
    answer = client.post("/rounds/r/objections/period", {"starts": "2025-12-09", "ends": "2025-12-01"}, follow=True)
    assert "早于起日" in answer.content.decode()
    good = {"agreed": "after-review", "alpha_below": "0.7", "rejection_above": "15", "fewest": "20"}
    client.post("/rounds/r/board/policy", good)
    policy = ReviewPolicy.objects.latest("id")
    assert (policy.agreed, str(policy.alpha_below), str(policy.rejection_above)) == ("after-review", "0.700", "0.150")
    assert (
        "α 低于此值"
        in client.post("/rounds/r/board/policy", {**good, "alpha_below": "7"}, follow=True).content.decode()
    )


@pytest.mark.parametrize("by", ["people", "indicators", "batches"])
def test_the_board_shows_and_exports_its_lines(readers: dict[str, Client], by: str) -> None:
    client = readers["administrator"]
    page = client.get(f"/rounds/r/board/?by={by}").content.decode()
    assert "两人一致率" in page
    assert "不足两对，无法计算" in page
    body = b"".join(client.get(f"/rounds/r/board/?by={by}&format=csv").streaming_content).decode()
    assert {"people": "张采集", "indicators": "1.1.1", "batches": "机构职能"}[by] in body
    assert body.splitlines()[-1].startswith("全部,3,")


def test_markup_and_formulas_in_any_text_do_no_harm(readers: dict[str, Client]) -> None:
    evil = a_round(f"=1+1 {EVIL}", slug="evil")
    kinds = (RoleKind.REVIEWER, RoleKind.ADJUDICATOR, RoleKind.ADMINISTRATOR)
    clients = [at_work(kind, round_=evil.round) for kind in kinds] + [signed_in(evil.body)]
    for path in GET:
        for client in clients:
            answer = client.get(place(evil, path).replace("/rounds/r/", "/rounds/evil/"))
            assert b"<script>alert" not in b"".join(answer), path
    for client, path in (
        (clients[0], f"review/{evil.batch.id}/?state=all"),
        (clients[2], "answers/?"),
    ):
        lines = b"".join(client.get(f"/rounds/evil/{path}&format=csv").streaming_content).decode()
        assert EVIL.replace('"', '""') in lines
        assert not re.search(r'(^|,|")=1\+1', lines)
    assert readers["reviewer"].get("/rounds/evil/answers/").status_code == 404


def test_lists_ask_the_same_number_of_times_with_1_and_with_50_rows() -> None:
    made = a_round(slug="many")
    counts = {}
    for rows in (1, 50):
        if rows == 50:
            _more(made)
        boards.refresh(made.round)
        for name, path in (
            ("reviewer", f"review/{made.batch.id}/"),
            ("reviewer", "review/"),
            ("adjudicator", "disputes/"),
            ("administrator", "answers/"),
            ("administrator", "objections/"),
            ("administrator", "board/?by=people"),
            ("administrator", f"entries/{made.entry.id}/answers/"),
        ):
            client = at_work(RoleKind(name), round_=made.round)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/rounds/many/{path}").status_code == 200
            counts.setdefault(path, []).append(len(seen))
    assert {path: one for path, one in counts.items() if one[0] != one[1]} == {}
    assert max(one[1] for one in counts.values()) <= 26, counts


def _more(made: Reviewed) -> None:
    """Fifty more of everything."""
    other = somebody(RoleKind.COLLECTOR)
    for number in range(50):
        entry = an_entry(made.round, f"更多县{number}")
        coding = submitted(assigned(made.batch, entry, made.coder, check=MANUAL[0]), "1")
        CodingEvidence.objects.create(coding=coding, kind="address", address="http://a.test/", by=made.coder)
        first = submitted(assigned(made.batch, entry, made.coder, check=MANUAL[1]), "1")
        second = submitted(assigned(made.batch, entry, other, check=MANUAL[1], part="second"), "0")
        facts = {"round": made.round, "batch": made.batch, "indicator": "1.1.1", "first": first, "second": second}
        Dispute.objects.create(entry=entry, check_id=MANUAL[1], **facts)
        shared = {"round": made.round, "entry": entry, "check_id": MANUAL[2]}
        Answer.objects.create(**shared, indicator="1.1.1", source="coding", value=1, at=made.answer.at)
        Objection.objects.create(**shared, text="理由", filed_by=made.body)
    for check in [one for one in SYSTEM.checks() if one.asked_in("county")][:50]:
        facts = {"round": made.round, "entry": made.entry, "check_id": check.id, "indicator": "1", "source": "coding"}
        Answer.objects.get_or_create(
            entry=made.entry, check_id=check.id, defaults={**facts, "value": 1, "at": made.answer.at}
        )
    Assignment.objects.filter(round=made.round, state=AssignmentState.OPEN).delete()


def test_a_reviewer_who_still_answers_the_same_sees_no_answer_of_others() -> None:
    made = a_round()
    both = somebody(RoleKind.REVIEWER, name="又采又审")
    give(both, RoleKind.COLLECTOR)
    task = made.waiting.assignment
    assigned(made.batch, task.entry, both, check=task.check_id, part=Part.SECOND)
    visitor, reviewer = signed_in(both), at_work(RoleKind.REVIEWER)
    for query in ("?state=all&q=乙县", "?state=all&format=csv"):
        place = f"/rounds/r/review/{made.batch.id}/{query}"
        pages = [
            b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
            for answer in (visitor.get(place), reviewer.get(place))
        ]
        assert [page.count("正在建设中") for page in pages] == [2, 3]


def test_a_draft_is_its_collectors_alone() -> None:
    made = a_round()
    Assignment.objects.filter(coding=made.waiting).update(state=AssignmentState.DRAFT)
    page = at_work(RoleKind.REVIEWER).get(f"/rounds/r/review/{made.batch.id}/?state=draft").content.decode()
    assert "乙县" in page
    assert "正在建设中" not in page


def test_the_letters_of_two_answers_mean_the_same_everywhere() -> None:
    made = a_round()
    visitor = at_work(RoleKind.ADJUDICATOR)
    page = visitor.get(f"/rounds/r/disputes/{made.dispute.id}/").content.decode()
    listed = b"".join(visitor.get("/rounds/r/disputes/?format=csv").streaming_content).decode()
    shown = re.findall(r"答案[甲乙].*?(\d+)%", page, re.DOTALL)[:2]
    assert re.findall(r"(\d+)%", listed)[:2] == shown
    assert sorted(shown) == ["0", "100"]
