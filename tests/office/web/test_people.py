"""People, invitations, roles, the audit trail: what works, and for whom."""

import re
from pathlib import Path

import pytest
import seeded
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work, give, signed_in, somebody

from govgauge.office.domain import invitations, people
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Change, Invitation, Person, Role, RoleKind

PASSWORD = "korrekt-pferd-batterie"
ACCOUNT = {"name": "李四", "password": PASSWORD, "again": PASSWORD}


def invited(kind: RoleKind = RoleKind.OBSERVER, email: str = "new@example.test") -> str:
    """The address of an invitation."""
    return f"/invitation/{invitations.invite(PROGRAM, email, kind=kind)[1]}/"


def page_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_an_invitation_makes_an_account_with_its_role_once(anonymous: Client) -> None:
    link = invited()
    assert "建立账号" in page_of(anonymous, link)
    answer = anonymous.post(link, ACCOUNT)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    person = Person.objects.get(email="new@example.test")
    assert (person.name, [role.kind for role in person.roles.all()]) == ("李四", ["observer"])
    assert anonymous.get("/").status_code == 200
    assert "已经用过" in page_of(Client(), link, 410)
    assert Client().post(link, ACCOUNT).status_code == 410
    assert PASSWORD not in str(list(Change.objects.values()))


def test_who_has_an_account_can_sign_in_with_it(anonymous: Client) -> None:
    anonymous.post(invited(), ACCOUNT)
    visitor = Client()
    wrong = visitor.post("/accounts/login/", {"login": "new@example.test", "password": "wrong-password"})
    assert 'role="alert"' in wrong.content.decode()
    right = visitor.post("/accounts/login/?next=/scanner", {"login": "NEW@example.test", "password": PASSWORD})
    assert (right.status_code, right.headers["Location"]) == (302, "/scanner")


def test_guessing_passwords_is_slowed_down(anonymous: Client) -> None:
    anonymous.post(invited(), ACCOUNT)
    visitor = Client()
    for _ in range(8):
        told = visitor.post("/accounts/login/", {"login": "new@example.test", "password": "wrong"})
    right = visitor.post("/accounts/login/", {"login": "new@example.test", "password": PASSWORD})
    assert told.status_code in {200, 429}
    assert right.status_code != 302


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"password": "kurz", "again": "kurz"}, "至少要 10 个字符"),
        ({"password": "123456789012", "again": "123456789012"}, "数字"),
        ({"again": "anders"}, "两次输入的密码不同"),
        ({"name": ""}, "必填"),
    ],
)
def test_a_weak_password_is_refused_with_a_sentence(anonymous: Client, told: dict[str, str], sentence: str) -> None:
    answer = anonymous.post(invited(), {**ACCOUNT, **told})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Person.objects.exists()


def test_expired_withdrawn_and_guessed_links_are_told_plainly(anonymous: Client, client: Client) -> None:
    first, second = invited(), invited(email="other@example.test")
    Invitation.objects.filter(email="new@example.test").update(expires_at=seeded.NOW)
    assert "已经过期" in page_of(anonymous, first, 410)
    made = Invitation.objects.get(email="other@example.test")
    client.post(f"/people/invitations/{made.id}/withdraw")
    assert "已经撤回" in page_of(anonymous, second, 410)
    assert "没有这个邀请" in page_of(anonymous, "/invitation/guessed/", 404)
    assert anonymous.get(second).headers["Referrer-Policy"] == "same-origin"


def test_an_invitation_sent_again_kills_the_old_link(anonymous: Client, client: Client) -> None:
    link = invited()
    client.post(f"/people/invitations/{Invitation.objects.get().id}/again")
    assert "没有这个邀请" in page_of(anonymous, link, 404)
    found = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)
    assert found
    assert "建立账号" in page_of(anonymous, found.group(1))


def test_an_invitation_for_an_account_is_taken_up_by_its_owner_only(anonymous: Client) -> None:
    owner = somebody(RoleKind.OBSERVER, email="new@example.test")
    link = invited(RoleKind.REVIEWER)
    assert "登录后即可接受" in page_of(anonymous, link)
    other = at_work(RoleKind.OBSERVER)
    assert "另一个邮箱" in page_of(other, link)
    assert other.post(link).status_code == 409
    assert signed_in(owner).post(link).status_code == 302
    assert set(owner.roles.values_list("kind", flat=True)) == {"observer", "reviewer"}


def test_nobody_signs_up_by_themselves(anonymous: Client) -> None:
    fields = {"email": "x@example.test", "password1": PASSWORD, "password2": PASSWORD}
    anonymous.post("/accounts/signup/", fields)
    assert not Person.objects.exists()


def test_inviting_sends_a_mail_and_refuses_what_makes_no_sense(client: Client) -> None:
    round_ = seeded.a_round()
    entry = seeded.an_entry(round_, "甲县")
    form = {"email": "b@example.test", "name": "王五", "kind": "assessed", "round": round_.id, "scope": entry.key}
    assert client.post("/people/invitations/new", form).status_code == 302
    assert mail.outbox[-1].to == ["b@example.test"]
    assert "江东省/甲县" in mail.outbox[-1].body
    for change, sentence in (
        ({}, "已经邀请过"),
        ({"email": "c@example.test", "scope": "某省/没有的县"}, "名单中没有"),
        ({"email": "c@example.test", "scope": ""}, "请选择范围"),
        ({"email": "c@example.test", "kind": "observer"}, "不限定范围"),
        ({"email": "keine"}, "Email"),
        ({"email": "c@example.test", "kind": ""}, "id_kind_error"),
    ):
        answer = client.post("/people/invitations/new", {**form, **change})
        assert answer.status_code == 422, change
        assert sentence.lower() in answer.content.decode().lower(), change
    assert "江东省/甲县" in page_of(client, "/people/scopes?scope=甲")
    page = page_of(client, "/people/invitations/")
    assert "王五" in page


@override_settings(EMAIL_BACKEND="govgauge.web.mail_files.MailFiles", SMTP_HOST="")
def test_without_a_mail_server_mails_are_files_and_the_page_says_so(client: Client, office: Path) -> None:
    with override_settings(HOME=office):
        client.post("/people/invitations/new", {"email": "b@example.test", "name": "王", "kind": "observer"})
    (file,) = (office / "mails").glob("*.eml")
    assert file.stat().st_mode & 0o077 == 0
    assert "mails 文件夹" in page_of(client, "/people/invitations/")


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
def test_a_mail_server_that_is_down_is_told_and_fails_no_page(client: Client, anonymous: Client) -> None:
    form = {"email": "b@example.test", "name": "王", "kind": "observer"}
    page = client.post("/people/invitations/new", form, follow=True).content.decode()
    assert "邮件没有发到 b@example.test" in page
    assert "邀请已发往" not in page
    somebody(email="known@example.test")
    answers = [
        anonymous.post("/accounts/password/reset/", {"email": address})
        for address in ("known@example.test", "unknown@example.test")
    ]
    assert [(one.status_code, one.headers.get("Location")) for one in answers] == [
        (302, "/accounts/password/reset/done/")
    ] * 2


def test_roles_are_given_and_ended_and_everything_is_written_down(client: Client) -> None:
    person = somebody(name="赵六")
    client.post(f"/people/{person.id}/role", {"kind": "reviewer"})
    role = person.roles.get()
    client.post(f"/people/{person.id}/role/{role.id}/end")
    role.refresh_from_db()
    assert role.ended_at is not None
    assert list(Change.objects.values_list("verb", "topic")) == [("role.give", "Role"), ("role.end", "Role")]
    page = page_of(client, "/trail/")
    assert "收回角色" in page
    assert "127.0.0.1" in page
    assert "给出角色" in page_of(client, f"/trail/?topic=Role&record={role.id}")
    assert "没有符合条件" in page_of(client, "/trail/?q=nothing-like-this")
    assert "没有符合条件" in page_of(client, "/trail/?until=2001-01-01")
    assert "复核员" in page_of(client, f"/people/{person.id}/")


def test_ending_an_account_ends_its_sessions_at_once(client: Client) -> None:
    person = somebody(RoleKind.OBSERVER)
    visitor = signed_in(person)
    assert visitor.get("/").status_code == 200
    client.post(f"/people/{person.id}/end", {"reason": "调离"})
    assert visitor.get("/").status_code == 302
    assert Change.objects.get(verb="person.end").reason == "调离"
    client.post(f"/people/{person.id}/reopen")
    assert visitor.get("/").status_code == 302
    assert signed_in(person).get("/").status_code == 200


def test_the_last_administrator_stays(client: Client) -> None:
    me = Person.objects.get()
    told = client.post(f"/people/{me.id}/end", follow=True).content.decode()
    assert "最后一位管理员" in told
    told = client.post(f"/people/{me.id}/role/{me.roles.get().id}/end", follow=True).content.decode()
    assert "最后一位管理员" in told
    somebody(RoleKind.ADMINISTRATOR)
    client.post(f"/people/{me.id}/end")
    me.refresh_from_db()
    assert not me.is_active


def test_lost_second_factors_are_dropped_without_telling_their_secret(client: Client) -> None:
    person = somebody(RoleKind.ADJUDICATOR)
    person.authenticator_set.update(data={"secret": "geheim"})
    client.post(f"/people/{person.id}/second-factors")
    assert not person.authenticator_set.exists()
    assert "geheim" not in str(list(Change.objects.values()))
    me = Person.objects.exclude(pk=person.pk).get()
    assert client.post(f"/people/{me.id}/second-factors").status_code == 403


def test_who_looks_after_one_round_sees_and_gives_nothing_beyond_it() -> None:
    round_, other = seeded.a_round(), seeded.a_round("o")
    visitor = at_work(RoleKind.ADMINISTRATOR, round_=round_)
    stranger, colleague = somebody(RoleKind.OBSERVER, name="外人", round_=other), somebody(name="同事")
    give(colleague, RoleKind.OBSERVER, round_=round_)
    page = page_of(visitor, "/people/")
    assert "同事" in page
    assert "外人" not in page
    assert visitor.get(f"/people/{stranger.id}/").status_code == 404
    assert visitor.post(f"/people/{colleague.id}/role", {"kind": "administrator"}).status_code == 422
    assert visitor.post(f"/people/{colleague.id}/end").status_code == 403
    people.rename(PROGRAM, stranger, name="外人二", organisation="", phone="")
    assert "外人二" not in page_of(visitor, "/trail/")


PLACES = (
    "/people/",
    "/people/scopes?scope=x",
    "/people/invitations/",
    "/people/invitations/new",
    "/people/1/",
    "/trail/",
)
POSTS = ("role", "role/1/end", "end", "reopen", "second-factors")


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind is not RoleKind.ADMINISTRATOR])
def test_others_see_and_change_nobody(kind: RoleKind) -> None:
    scope = "某省" if kind in {RoleKind.ASSESSED, RoleKind.SUPERVISOR} else ""
    visitor = at_work(kind, scope=scope)
    me = Person.objects.get()
    assert {visitor.get(place).status_code for place in PLACES} == {403}
    assert {visitor.post(f"/people/{me.id}/{place}", {"kind": "administrator"}).status_code for place in POSTS} == {403}
    assert Role.objects.count() == 1


def test_strangers_see_and_change_nobody(anonymous: Client) -> None:
    person = somebody(RoleKind.OBSERVER)
    assert {anonymous.get(place).status_code for place in PLACES} == {302}
    assert {anonymous.post(f"/people/{person.id}/{place}").status_code for place in POSTS} == {401}
    assert not Change.objects.exists()


def test_lists_take_the_same_queries_for_one_row_and_for_fifty(client: Client) -> None:
    counts: dict[str, list[int]] = {}
    for many in (1, 49):
        for _ in range(many):
            people.rename(PROGRAM, somebody(RoleKind.OBSERVER), name="新名", organisation="", phone="")
            invitations.invite(PROGRAM, f"i{Invitation.objects.count()}@example.test", kind=RoleKind.EXPERT)
        for place in ("/people/", "/people/invitations/", "/trail/"):
            with CaptureQueriesContext(connection) as seen:
                client.get(place)
            counts.setdefault(place, []).append(len(seen))
    assert all(first == second <= 12 for first, second in counts.values()), counts


def test_exports_hold_no_formulas_and_pages_no_markup(client: Client) -> None:
    evil = "=HYPERLINK(1)<script>alert</script>"
    person = somebody(RoleKind.OBSERVER, name=evil)
    people.rename(PROGRAM, person, name=evil, organisation=evil, phone="")
    for place in ("/people/", "/trail/", f"/people/{person.id}/"):
        assert "<script>alert" not in page_of(client, place)
    for place in ("/people/", "/trail/"):
        told = b"".join(client.get(f"{place}?format=csv").streaming_content).decode()
        assert not re.search(r"(^|,)\"?=", told), told
        file = client.get(f"{place}?format=xlsx")
        assert b"".join(file.streaming_content).startswith(b"PK")
        file.close()


def test_a_session_can_be_ended_from_another_place() -> None:
    person = somebody(RoleKind.OBSERVER)
    here, there = signed_in(person), signed_in(person)
    page = page_of(here, "/accounts/sessions/")
    numbers = re.findall(r"/accounts/sessions/(\d+)/end", page)
    assert len(numbers) == 1, page
    assert at_work(RoleKind.OBSERVER).post(f"/accounts/sessions/{numbers[0]}/end").status_code == 404
    here.post(f"/accounts/sessions/{numbers[0]}/end")
    assert (there.get("/").status_code, here.get("/").status_code) == (302, 200)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-12-31"])
def test_the_trail_of_any_day_is_a_list(client: Client, day: str) -> None:
    for field in ("since", "until"):
        assert client.get("/trail/", {field: day}).status_code == 200
