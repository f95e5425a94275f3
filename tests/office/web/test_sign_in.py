"""Signing in: the second factor, the identity provider of the body, forgotten passwords."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from identity_provider import provider, through
from people_at_work import somebody

from govgauge.office.domain import invitations
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Change, Person, RoleKind

__all__ = ["provider"]  # a fixture
PASSWORD = "korrekt-pferd-batterie"


def with_password(kind: RoleKind = RoleKind.OBSERVER) -> Person:
    person = somebody(kind)
    person.set_password(PASSWORD)
    person.save()
    return person


def test_a_password_alone_is_not_enough_where_there_is_a_second_factor(anonymous: Client) -> None:
    person = with_password()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    answer = anonymous.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert anonymous.get("/").status_code == 302
    wrong = anonymous.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert anonymous.get("/").status_code == 302
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert anonymous.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert anonymous.get("/").status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_a_code_opens_once_for_as_long_as_it_could_open(anonymous: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person, secret, now = with_password(), totp.generate_totp_secret(), 1_800_000_000
    totp.TOTP.activate(person, secret)
    code = totp.format_hotp_value(totp.hotp_value(secret, now // 30 + 1))

    def entered(visitor: Client, seconds: int) -> bool:
        monkeypatch.setattr(totp.time, "time", lambda: now + seconds)
        visitor.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        visitor.post("/accounts/2fa/authenticate/", {"code": code})
        return visitor.get("/").status_code == 200

    assert entered(anonymous, 0)
    cache.delete(totp.TOTP(Authenticator.objects.get())._get_used_cache_key(code))  # as after half a minute
    assert not entered(Client(), 45)


def test_how_somebody_signs_in_changes_with_a_row_in_the_trail(anonymous: Client) -> None:
    person = with_password()
    anonymous.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": "noch-ein-pferd-42", "password2": "noch-ein-pferd-42"}
    assert anonymous.post("/accounts/password/change/", form).status_code == 302
    anonymous.post("/accounts/reauthenticate/", {"password": "noch-ein-pferd-42"})
    anonymous.get("/accounts/2fa/totp/activate/")
    secret = anonymous.session[totp.SECRET_SESSION_KEY]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert anonymous.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    anonymous.post("/accounts/2fa/totp/deactivate/")
    told = list(Change.objects.filter(topic="Person", actor=person).order_by("id").values_list("verb", flat=True))
    assert told[0] == "person.password"
    assert {"person.second-factor-add", "person.second-factor-remove"} <= set(told)
    assert not any(word in str(list(Change.objects.values())) for word in (secret, "pferd"))


def test_a_change_that_cannot_be_written_down_is_not_made(anonymous: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_password()
    anonymous.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    anonymous.raise_request_exception = False

    def full(*_arguments: object, **_more: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Change, "save", full)
    form = {"oldpassword": PASSWORD, "password1": "noch-ein-pferd-42", "password2": "noch-ein-pferd-42"}
    assert anonymous.post("/accounts/password/change/", form).status_code == 500
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_many_other_things_wash_no_limit_out_of_the_cache() -> None:
    cache.set("limit", "kept", 600)
    for number in range(400):
        cache.set(f"zz{number}", "x", 600)
        cache.set(f"aa{number}", "x", 600)
    assert cache.get("limit") == "kept"


def test_a_forgotten_password_is_set_anew_by_mail_and_strangers_learn_nothing(anonymous: Client) -> None:
    mail.outbox.clear()
    person = with_password()
    known = anonymous.post("/accounts/password/reset/", {"email": person.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.test"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [one.to for one in mail.outbox] == [[person.email]]
    assert "http://testserver/accounts/password/reset/key/" in mail.outbox[0].body


@pytest.mark.usefixtures("provider")
def test_an_outside_account_comes_in_when_it_was_invited_and_only_then(anonymous: Client) -> None:
    refused = through(anonymous, email="q@example.test", email_verified=True)
    assert refused.status_code == 403
    assert "没有在本系统登记" in refused.content.decode()
    invitations.invite(PROGRAM, "q@example.test", kind=RoleKind.OBSERVER)
    unsure = through(Client(), email="q@example.test", email_verified=False)
    assert unsure.status_code == 403
    visitor = Client()
    assert through(visitor, email="q@example.test", email_verified=True).status_code == 302
    assert visitor.get("/").status_code == 200
    person = Person.objects.get()
    assert (person.name, [role.kind for role in person.roles.all()]) == ("钱七", ["observer"])
    again = Client()
    through(again, email="q@example.test", email_verified=True)
    assert again.get("/").status_code == 200
    person.is_active = False
    person.save()
    gone = Client()
    through(gone, email="q@example.test", email_verified=True)
    assert gone.get("/").status_code == 302
