"""From libcurl's error codes and HTTP answers to the classes of failure."""

import errno

import pycurl

from govgauge.gather import sniff
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.transport import Answer

_TLS = frozenset(
    {
        pycurl.E_SSL_CONNECT_ERROR,
        pycurl.E_PEER_FAILED_VERIFICATION,
        pycurl.E_SSL_ENGINE_NOTFOUND,
        pycurl.E_SSL_ENGINE_SETFAILED,
        pycurl.E_SSL_CERTPROBLEM,
        pycurl.E_SSL_CIPHER,
        pycurl.E_USE_SSL_FAILED,
        pycurl.E_SSL_CACERT_BADFILE,
        pycurl.E_SSL_SHUTDOWN_FAILED,
        pycurl.E_SSL_ISSUER_ERROR,
        pycurl.E_SSL_PINNEDPUBKEYNOTMATCH,
        pycurl.E_SSL_INVALIDCERTSTATUS,
    }
)
BROKEN_OFF = frozenset(
    {pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR, pycurl.E_GOT_NOTHING, pycurl.E_PARTIAL_FILE, pycurl.E_SEND_FAIL_REWIND}
)
_SIMPLE = {
    pycurl.E_COULDNT_RESOLVE_HOST: Failure.DNS,
    pycurl.E_COULDNT_RESOLVE_PROXY: Failure.CONNECT,
    pycurl.E_URL_MALFORMAT: Failure.INVALID_URL,
    pycurl.E_TOO_MANY_REDIRECTS: Failure.REDIRECT_LOOP,
}

CERTIFICATE = frozenset({pycurl.E_PEER_FAILED_VERIFICATION, pycurl.E_SSL_CACERT_BADFILE})
"""Codes that say: the connection is sound, but the certificate is not believed."""

NETWORK = frozenset(
    {Failure.DNS, Failure.REFUSED, Failure.CONNECT, Failure.TLS, Failure.RESET, Failure.TIMEOUT, Failure.SLOW}
)
"""Failures of the way to the server, as they also appear when a firewall shuts a visitor out."""

UNREACHABLE = frozenset({Failure.DNS, Failure.REFUSED, Failure.CONNECT})
"""Failures that are the host's, whatever the URL."""


def of_answer(answer: Answer) -> Failure:
    """The class of the error with which libcurl ended a request."""
    code = answer.code
    if code in _TLS:
        return Failure.TLS
    if code in BROKEN_OFF:
        return Failure.PROTOCOL if "response headers" in answer.detail else Failure.RESET
    if code == pycurl.E_COULDNT_CONNECT:
        return Failure.REFUSED if answer.os_error == errno.ECONNREFUSED else Failure.CONNECT
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return _of_time(answer)
    return _SIMPLE.get(code, Failure.PROTOCOL)


def _of_time(answer: Answer) -> Failure:
    """In which phase the time ran out."""
    if answer.lines or answer.body:
        return Failure.SLOW
    if answer.connected:
        return Failure.TIMEOUT
    return Failure.DNS if answer.detail.startswith("Resolving") else Failure.CONNECT


def fault(exchange: Exchange) -> str:
    """What is wrong with an exchange, in a word that is the same for the same class of fault; empty when it is good."""
    if exchange.failure is not None:
        return exchange.failure.value
    if not 200 <= exchange.status < 300:
        return f"http-{exchange.status}"
    if exchange.purpose is Purpose.ATTACHMENT and exchange.content in {sniff.HTML, sniff.EMPTY}:
        return f"content-{exchange.content}"
    if exchange.purpose is Purpose.IMAGE and exchange.content not in {sniff.IMAGE, ""}:
        return f"content-{exchange.content}"
    return ""


def is_tls(code: int) -> bool:
    """Whether the error lies in TLS: another, older way of speaking it may still reach the server."""
    return code in _TLS


def is_encoding(code: int) -> bool:
    """Whether the compressed body could not be unpacked: it may come right without compression."""
    return bool(code == pycurl.E_BAD_CONTENT_ENCODING)


def is_short(code: int) -> bool:
    """Whether fewer bytes came than the server had announced."""
    return bool(code == pycurl.E_PARTIAL_FILE)


def is_unreachable(code: int) -> bool:
    """Whether no request of any kind could have been answered."""
    return code in {pycurl.E_COULDNT_RESOLVE_HOST, pycurl.E_COULDNT_CONNECT}
