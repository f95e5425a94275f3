"""The narrow way of a ballot: from the request to the ballot box past all that pages need, since a rush comes this way.

It takes what the page's script sends (`Accept: application/json`). The token in the form is a secret that only our page
and its voter have, so that no other site can send a ballot in a voter's name.
"""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from django.conf import settings

from govgauge.office import vote_tokens
from govgauge.office.ballot_writer import WRITER, Given, Refused
from govgauge.office.queries.reasons import in_chinese, in_english
from govgauge.office.vote_identity import network
from govgauge.office.vote_receipts import COMMITMENT, SECRET, commitment
from govgauge.web.display import LANGUAGE_COOKIE

PATH = re.compile(r"^/vote/(?P<slug>[-\w]+)/cast$", re.ASCII)
MOST_BYTES = 8 * 1024
"""A ballot is a token, a receipt and at most a hundred numbers."""
JSON = "application/json"
COOKIE = "vote"
"""Holds the token in the voter's browser, for the pages of this vote only. The ballot itself carries it in its form."""
NOT_OURS = "投票凭据无效；请重新验证身份后再投票 (the token is not valid; prove who you are again)."
BAD = "选票的格式不对；请返回投票网页重新提交 (not a ballot; go back to the page)."
_WHOLE = re.compile(r"^[1-9]\d{0,8}$", re.ASCII)


def is_for(environ: Mapping[str, Any]) -> bool:
    """Whether a request goes this way. By plain HTTP where only HTTPS is served, it goes Django's, which redirects."""
    if environ["REQUEST_METHOD"] != "POST" or JSON not in environ.get("HTTP_ACCEPT", ""):
        return False
    if settings.HTTPS and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
        return False
    return PATH.match(environ.get("PATH_INFO", "")) is not None


def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """WSGI: read a ballot, hand it in, say what became of it."""
    found = PATH.match(environ["PATH_INFO"])
    assert found is not None  # noqa: S101 - tells mypy
    english = f"{LANGUAGE_COOKIE}=en" in environ.get("HTTP_COOKIE", "")
    try:
        receipt = cast(found["slug"], _form(environ), address_of(environ))
    except Refused as refused:
        told = in_english(str(refused)) if english else in_chinese(str(refused))
        return _said(start_response, refused.status, {"error": told}, found["slug"] if refused.spent else "")
    return _said(start_response, 200, {"receipt": receipt}, found["slug"])


def cast(slug: str, form: Iterable[tuple[str, str]], address: str) -> str:
    """Hand in the ballot of a form; the commitment of its receipt, once it is committed. Raises Refused.

    `form` has `token`, a `choice` for each case, and `commitment`; or `secret`, when the office is to make the
    commitment, which then forgets the secret.
    """
    token = given = secret = ""
    choices: list[int] = []
    for name, value in form:
        match name:
            case "token":
                token = value
            case "commitment":
                given = value
            case "secret":
                secret = value
            case "choice" if _WHOLE.match(value):
                choices.append(int(value))
            case "choice":
                raise Refused(BAD, 400)
    if not vote_tokens.is_ours(token):
        raise Refused(NOT_OURS, 403)
    if not given and SECRET.match(secret):
        given = commitment(slug, choices, secret)
    if not COMMITMENT.match(given):
        raise Refused(BAD, 400)
    WRITER.cast(Given(slug, token, tuple(choices), given, network(address)))
    return given


def address_of(environ: Mapping[str, Any]) -> str:
    """The address of who asks, as far as our proxies may be believed (GOVGAUGE_PROXIES, GOVGAUGE_ADDRESS_HEADER): as
    `access.address_of`, but never a failure."""
    if settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER:
        told = environ.get(f"HTTP_{settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER.upper()}", "").strip()
        return str(told or environ.get("REMOTE_ADDR", ""))
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [one.strip() for one in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    return passed[-proxies] if 0 < proxies <= len(passed) else str(environ.get("REMOTE_ADDR", ""))


def _form(environ: Mapping[str, Any]) -> list[tuple[str, str]]:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > 9 or int(length) > MOST_BYTES:
        raise Refused(BAD, 413)
    try:
        return parse_qsl(environ["wsgi.input"].read(int(length)).decode("ascii"), max_num_fields=200)
    except ValueError:
        raise Refused(BAD, 400) from None


def _said(start_response: Any, status: int, told: dict[str, str], done: str = "") -> Iterable[bytes]:
    """An answer; `done` is the vote whose token the browser is to forget, so that the next at it finds no ballot."""
    body = msgspec.json.encode(told)
    headers = [
        ("Content-Type", JSON),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if done:
        headers.append(("Set-Cookie", f"{COOKIE}=; Path=/vote/{done}/; Max-Age=0; HttpOnly; SameSite=Lax"))
    start_response(f"{status} {HTTPStatus(status).phrase}", headers)
    return [body]
