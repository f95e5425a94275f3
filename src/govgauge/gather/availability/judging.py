"""From what a request gave to the status of the opening."""

import errno

import pycurl
from msgspec import Struct

from govgauge.gather import blocking, failures, wrong_content
from govgauge.gather.answers import content_type
from govgauge.gather.availability import certificate
from govgauge.gather.availability.status import SLOW_SECONDS, Status

PROTOCOL = "protocol"
"""Fault of an encrypted connection that no certificate explains: versions or ciphers that do not meet."""
_CONTENT_LINKS = 5
"""A page that broke off after more links than this was there to be read."""
_NO_ROUTE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL})


class Received(Struct, kw_only=True):
    """What a request gave. `code` and `detail` are libcurl's (0: whole, or cut on purpose), `lines` header lines."""

    code: int
    detail: str
    os_error: int
    http: int
    lines: list[bytes]
    body: bytes
    whole: bool
    connected: bool
    resolved: bool
    url: str = ""


def judged(received: Received, seconds: float, limit: float) -> tuple[Status, str]:
    """The status of an opening that took so many seconds, and a word on it."""
    if received.code and not _came_all_the_same(received):
        return _of_network(received)
    if seconds > limit:
        return Status.TIMED_OUT, f"{seconds:.1f} s"
    status, detail = _of_answer(received)
    if status is Status.OK and seconds > SLOW_SECONDS:
        return Status.SLOW, detail
    return status, detail


def is_tls(code: int) -> bool:
    """Whether the error lies in the encrypted connection."""
    return failures.is_tls(code)


def is_encoding(code: int) -> bool:
    """Whether the compressed page could not be unpacked."""
    return failures.is_encoding(code)


def tls_fault(code: int, result: int, detail: str) -> str:
    """Why an encrypted connection was not accepted: a fault of the certificate, or PROTOCOL."""
    return certificate.fault(result, detail) if code in failures.CERTIFICATE else PROTOCOL


def _came_all_the_same(received: Received) -> bool:
    """Whether a page that was broken off shows in a browser: an announced length that is too long, an abrupt end."""
    if received.http != 200 or received.code == pycurl.E_OPERATION_TIMEDOUT:
        return False
    if failures.is_short(received.code):
        return bool(received.body)
    return received.body.count(b"<a ") > _CONTENT_LINKS


def _of_network(received: Received) -> tuple[Status, str]:
    code, detail = received.code, received.detail
    if failures.is_tls(code):
        return Status.TLS_FAILED, f"{PROTOCOL}: {detail}"
    if code == pycurl.E_COULDNT_RESOLVE_HOST:
        return Status.DNS_FAILING, detail
    if code == pycurl.E_COULDNT_CONNECT:
        return _of_connecting(received), detail
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return _of_time(received), detail
    if code == pycurl.E_TOO_MANY_REDIRECTS:
        return Status.REDIRECT_LOOP, detail
    if code in failures.BROKEN_OFF and "response headers" not in detail:
        return Status.RESET, detail
    return Status.GARBLED, detail


def _of_connecting(received: Received) -> Status:
    if received.os_error == errno.ECONNREFUSED:
        return Status.REFUSED
    if received.os_error in {errno.ETIMEDOUT, errno.EINPROGRESS}:
        return Status.CONNECT_TIMEOUT
    return Status.UNREACHABLE


def _of_time(received: Received) -> Status:
    if received.connected or received.lines:
        return Status.TIMED_OUT
    if not received.resolved or received.detail.startswith("Resolving"):
        return Status.DNS_FAILING
    return Status.CONNECT_TIMEOUT


def _of_answer(received: Received) -> tuple[Status, str]:
    http = received.http
    blocked = blocking.sign(http, received.lines, received.body, whole=received.whole)
    if blocked:
        return Status.BLOCKED, blocked
    if http >= 500:
        return Status.SERVER_ERROR, f"http-{http}"
    if http >= 400:
        return Status.CLIENT_ERROR, f"http-{http}"
    if http >= 300:
        return Status.GARBLED, f"http-{http} leads nowhere"
    if not received.body.strip():
        return Status.EMPTY, f"http-{http}"
    if received.whole and (sign := wrong_content.sign(received.body, content_type(received.lines))):
        if sign == wrong_content.CLOSED:
            return Status.CLOSED, wrong_content.new_address(received.body, content_type(received.lines), received.url)
        return Status.WRONG_CONTENT, sign
    return Status.OK, ""
