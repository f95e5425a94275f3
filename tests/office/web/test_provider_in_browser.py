"""To the identity provider and back in a real browser, whose policy of our pages would stop a redirect of a form."""

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from identity_provider import Provider
from in_browser import Visitor
from voted import a_call

from govgauge.office.models import Ballot, Person, ProofKind, Voter

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]


class Asking(Provider):
    """One that sends who comes back at once."""

    who = {"sub": "42", "name": "钱七", "email": "q@example.test", "email_verified": True}
    signed, answers, status = None, {}, 200  # whatever other tests have told the provider

    def do_GET(self) -> None:  # noqa: N802 - as the server calls it
        asked = urlsplit(self.path)
        if asked.path != "/authorize":
            super().do_GET()
            return
        told = parse_qs(asked.query)
        self.send_response(302)
        back = urlencode({"state": told["state"][0], "code": "x"})
        self.send_header("Location", f"{told['redirect_uri'][0]}?{back}")
        self.end_headers()


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server that is started next knows a provider."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asking)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("GOVGAUGE_OIDC_SERVER", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("GOVGAUGE_OIDC_CLIENT", "c")
    monkeypatch.setenv("GOVGAUGE_OIDC_SECRET", "s")
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def prove(one: Visitor) -> None:
    """Ask the provider who one is."""
    one.go("/vote/r/proof")
    one.page.get_by_role("button", name="验证").click()


def test_who_has_an_account_elsewhere_gets_to_the_ballot_once_and_to_the_sign_in(
    browser: Any,
    provider: None,  # noqa: ARG001 - known before the server starts
    command_address: str,
) -> None:
    a_call(proofs=["oidc"])
    citizen, again, stranger = (Visitor(browser, command_address) for _ in range(3))
    for one in (citizen, again):
        prove(one)
        if one is citizen:
            one.page.wait_for_url("**/vote/r/")
            one.page.locator("input[name=choice]").first.check()
            one.page.get_by_role("button", name="提交选票").click()
            one.page.get_by_role("heading", name="选票已经计入").wait_for()
    again.page.get_by_role("heading", name="您已经投过票").wait_for()
    again.page.get_by_role("link", name="核对回执").click()
    again.page.get_by_label("回执号").wait_for()
    stranger.go("/accounts/login/")
    stranger.page.get_by_role("link", name="统一身份认证").click()
    stranger.page.get_by_role("button", name="继续").click()
    stranger.page.get_by_text("没有在本系统登记").wait_for()
    assert citizen.faults == []
    assert (Ballot.objects.count(), Voter.objects.get().proof, Person.objects.count()) == (1, ProofKind.OIDC, 0)
