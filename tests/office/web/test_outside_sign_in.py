"""What an identity provider gets wrong: a sentence, and nobody is signed in."""

from http.server import ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from identity_provider import Provider, away, back, provider, through
from people_at_work import somebody
from vote_visits import this_test_only
from voted import a_call

from govgauge.office.models import Person, RoleKind

__all__ = ["provider", "this_test_only"]  # fixtures
MAIL = "q@example.test"
CONFIG = "/.well-known/openid-configuration"


def known() -> Person:
    return somebody(RoleKind.OBSERVER, email=MAIL)


def refused(visitor: Client, answer: Any, sentence: str, status: int = 403) -> None:
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True), page[-1500:]
    assert "Traceback" not in page
    assert visitor.get("/").status_code == 302


@pytest.mark.usefixtures("provider")
def test_a_signed_token_that_is_right_lets_a_known_person_in(anonymous: Client) -> None:
    known()
    Provider.signed = {"email": MAIL, "email_verified": True}
    assert through(anonymous, email=MAIL, email_verified=True).status_code == 302
    assert anonymous.get("/").status_code == 200


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize(
    "signed",
    [
        {"iss": "http://other.test"},
        {"aud": "somebody-else"},
        {"exp": 1_700_000_000},
        {"sub": "somebody-else"},
    ],
    ids=["issuer", "audience", "expired", "another subject"],
)
def test_a_signed_token_that_is_wrong_lets_nobody_in(anonymous: Client, signed: dict[str, Any]) -> None:
    known()
    Provider.signed = signed
    refused(anonymous, through(anonymous, email=MAIL, email_verified=True), "无效或已过期")


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("said", [False, None, "false", "", "no", 0, 1, [True]])
def test_an_address_that_is_not_confirmed_joins_nobody(anonymous: Client, said: object) -> None:
    person = known()
    refused(anonymous, through(anonymous, email=MAIL, email_verified=said), "没有在本系统登记")
    assert not person.socialaccount_set.exists()


@pytest.mark.usefixtures("provider")
def test_a_provider_that_writes_true_as_a_text_is_understood(anonymous: Client) -> None:
    known()
    assert through(anonymous, email=MAIL, email_verified="true").status_code == 302
    assert anonymous.get("/").status_code == 200


@pytest.mark.usefixtures("provider")
def test_who_comes_back_with_a_state_that_is_not_theirs_or_used_is_not_signed_in(anonymous: Client) -> None:
    known()
    theirs = away(Client(), email=MAIL, email_verified=True)
    refused(anonymous, back(anonymous, theirs), "从登录页重新开始")
    refused(anonymous, back(anonymous, "x" * 5000), "从登录页重新开始")
    state = away(anonymous, email=MAIL, email_verified=True)
    refused(anonymous, back(anonymous, state, error="access_denied"), "取消了登录")
    refused(anonymous, back(anonymous, state), "从登录页重新开始")
    state = away(anonymous, email=MAIL, email_verified=True)
    refused(anonymous, back(anonymous, state, error="server_error"), "从登录页重新开始")


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize(
    "answers",
    [
        {"/token": "{}"},
        {"/token": "<html>错误</html>"},
        {"/token": "[]"},
        {"/userinfo": {}},
        {"/userinfo": []},
        {"/userinfo": "<html>错误</html>"},
    ],
    ids=["empty token", "a page", "a list", "nobody", "a list of nobody", "a page of nobody"],
)
def test_answers_that_are_no_answers_let_nobody_in(anonymous: Client, answers: dict[str, Any]) -> None:
    known()
    state = away(anonymous, email=MAIL, email_verified=True)
    Provider.answers = answers
    answer = back(anonymous, state)
    assert answer.status_code in {403, 502}
    refused(anonymous, answer, "没有登录", answer.status_code)


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("said", ["{}", "<html>", "[]", "null"])
def test_a_provider_that_says_nothing_of_itself_is_told_at_once(anonymous: Client, said: str) -> None:
    Provider.answers = {CONFIG: said}
    answer = anonymous.post("/accounts/oidc/oidc/login/")
    assert answer.status_code in {403, 502}
    refused(anonymous, answer, "没有登录", answer.status_code)


def test_a_provider_that_is_down_is_told_before_and_after_going_there(
    anonymous: Client, provider: ThreadingHTTPServer
) -> None:
    known()
    a_call(proofs=["oidc"])
    state = away(anonymous, email=MAIL, email_verified=True)
    Provider.status = 503
    refused(anonymous, back(anonymous, state), "连不上统一认证服务", 502)
    provider.shutdown()
    provider.server_close()
    refused(anonymous, anonymous.post("/accounts/oidc/oidc/login/"), "连不上统一认证服务", 502)
    refused(anonymous, anonymous.post("/vote/r/outside"), "连不上统一认证服务", 502)
    assert anonymous.get("/accounts/login/").status_code == 200
