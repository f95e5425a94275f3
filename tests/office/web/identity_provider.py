"""An identity provider of the body's own, on loopback: it vouches for whom it is told, in good and in bad ways."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client, override_settings

CLIENT = "c"


class Provider(BaseHTTPRequestHandler):
    """As small as one can be; `who` is whom it vouches for, `signed` what differs in its signed token where it gives
    one, `answers` stand in the place of its own by path, `status` is that of all."""

    who: dict[str, Any] = {}
    signed: dict[str, Any] | None = None
    answers: dict[str, Any] = {}
    status = 200

    def do_GET(self) -> None:
        here = self.here()
        known = {
            "/.well-known/openid-configuration": {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/keys",
            },
            "/userinfo": self.who,
        }
        place = urlsplit(self.path).path
        self._say(self.answers.get(place, known[place]))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told: dict[str, Any] = {"access_token": "t", "token_type": "Bearer", "expires_in": 60}
        if self.signed is not None:
            now = int(time.time())
            about = {"iss": self.here(), "aud": CLIENT, "sub": self.who["sub"], "iat": now, "exp": now + 300}
            told["id_token"] = jwt.encode({**about, **self.signed}, "s" * 32, "HS256")
        self._say(self.answers.get("/token", told))

    def here(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def _say(self, told: Any) -> None:
        body = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider() -> Iterator[ThreadingHTTPServer]:
    """The pages know a provider, which does nothing wrong as yet."""
    _well()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app = {
        "provider_id": "oidc",
        "name": "统一认证",
        "client_id": CLIENT,
        "secret": "s",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_address[1]}"},
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}):
        yield server
    server.shutdown()
    server.server_close()
    thread.join()
    _well()


def _well() -> None:
    Provider.signed, Provider.answers, Provider.status = None, {}, 200


def away(visitor: Client, **who: Any) -> str:
    """Go to the provider, which vouches for somebody; the state with which to come back."""
    Provider.who = {"sub": who.get("email", "x"), "name": "钱七", **who}
    assert "统一认证" in visitor.get("/accounts/login/").content.decode()
    sent = visitor.post("/accounts/oidc/oidc/login/")
    return parse_qs(urlsplit(sent.headers["Refresh"].partition("url=")[2]).query)["state"][0]


def back(visitor: Client, state: str, **more: str) -> Any:
    """Come back from the provider."""
    return visitor.get("/accounts/oidc/oidc/login/callback/", {"state": state, "code": "x", **more})


def through(visitor: Client, **who: Any) -> Any:
    """Sign in through the provider, which vouches for somebody."""
    return back(visitor, away(visitor, **who))
