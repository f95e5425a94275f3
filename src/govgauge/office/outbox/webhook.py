"""Messages to the office's messenger: WeCom, DingTalk, Feishu, or any robot that takes JSON."""

import json
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from socket import SHUT_RDWR, getaddrinfo, socket
from threading import Event, Timer
from urllib.parse import urlsplit

from django.conf import settings

from govgauge.errors import GovgaugeError
from govgauge.office.models import Delivery
from govgauge.office.notice_texts import text, title
from govgauge.office.outbox.mail import link

SECONDS = 10.0
"""For the whole of an answer."""
MOST_BYTES = 64 * 1024
"""Of the answer; robots answer with a line."""
TEMPLATES: Mapping[str, object] = {
    "wecom": {"msgtype": "text", "text": {"content": "{text}"}},
    "dingtalk": {"msgtype": "text", "text": {"content": "{text}"}},
    "feishu": {"msg_type": "text", "content": {"text": "{text}"}},
    "plain": {"text": "{text}"},
}
HOSTS = {"qyapi.weixin.qq.com": "wecom", "oapi.dingtalk.com": "dingtalk", "open.feishu.cn": "feishu"}
CODES = ("errcode", "code", "StatusCode")
"""By these robots say that they refused, with status 200."""


class NotTaken(GovgaugeError):
    """The messenger did not take a message; the sentence says why and what to do."""


def send(deliveries: Sequence[Delivery]) -> None:
    """Send some events as one message. Raises NotTaken, OSError."""
    url = settings.WEBHOOK_URL
    if not url:
        raise NotTaken("没有设置 GOVGAUGE_WEBHOOK_URL (no messenger is set).")
    parts = [f"{title(one.event, one.facts)}\n{text(one.event, one.facts)}\n{link(one.address)}" for one in deliveries]
    post(url, body(url, "\n\n".join(parts)))


def body(url: str, message: str) -> bytes:
    """The JSON that the messenger of an address takes. Raises NotTaken for an unusable template."""
    kind = settings.WEBHOOK_KIND or HOSTS.get(urlsplit(url).hostname or "", "plain")
    template: object = TEMPLATES.get(kind)
    if settings.WEBHOOK_TEMPLATE:
        try:
            template = json.loads(settings.WEBHOOK_TEMPLATE)
        except ValueError:
            raise NotTaken("GOVGAUGE_WEBHOOK_TEMPLATE 不是 JSON；请改正 (the template is no JSON).") from None
    if template is None:
        known = "、".join(TEMPLATES)
        raise NotTaken(f"GOVGAUGE_WEBHOOK_KIND 应为 {known} 之一 (unknown kind of messenger).")
    return json.dumps(_filled(template, message), ensure_ascii=False).encode()


def post(url: str, content: bytes) -> None:
    """POST JSON once: within a time limit, to no address of this machine unless allowed, following no redirect.

    Raises NotTaken, OSError.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotTaken("GOVGAUGE_WEBHOOK_URL 应以 http:// 或 https:// 开头 (no web address).")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    _refuse_loopback(parts.hostname, port)
    connection = (
        HTTPSConnection(parts.hostname, port, timeout=SECONDS, context=ssl.create_default_context())
        if parts.scheme == "https"
        else HTTPConnection(parts.hostname, port, timeout=SECONDS)
    )
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    is_over = Event()
    try:
        connection.connect()
        with _at_most(connection, is_over):
            connection.request("POST", path, content, {"Content-Type": "application/json; charset=utf-8"})
            answer = connection.getresponse()
            told = answer.read(MOST_BYTES)
    except (HTTPException, OSError, ValueError) as error:
        if is_over.is_set():
            raise NotTaken(f"办公群没有在 {SECONDS:g} 秒内答完 (no answer in time).") from None
        if isinstance(error, HTTPException):
            raise NotTaken(f"办公群的应答不是 HTTP：{error} (no HTTP).") from None
        raise
    finally:
        connection.close()
    if is_over.is_set():
        raise NotTaken(f"办公群没有在 {SECONDS:g} 秒内答完 (no answer in time).")
    if 300 <= answer.status < 400:
        raise NotTaken(f"办公群把消息转到别处（{answer.status}），没有跟随；请改用最终的地址 (a redirect).")
    if answer.status >= 400:
        raise NotTaken(f"办公群拒绝了消息：HTTP {answer.status}；请核对地址和密钥 (refused).")
    _look(told)


@contextmanager
def _at_most(connection: HTTPConnection, is_over: Event) -> Iterator[None]:
    """Hang up after SECONDS, and set the event: a timeout of a socket counts from one byte to the next."""

    def hang_up() -> None:
        is_over.set()
        with suppress(OSError):
            socket.shutdown(connection.sock, SHUT_RDWR)

    timer = Timer(SECONDS, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _refuse_loopback(host: str, port: int) -> None:
    if settings.WEBHOOK_LOOPBACK:
        return
    for *_, place in getaddrinfo(host, port):
        found = ip_address(str(place[0]).partition("%")[0])
        if found.is_loopback or found.is_link_local or found.is_unspecified:
            raise NotTaken(f"{host} 是本机地址，消息没有发出；确要发到本机请设 GOVGAUGE_WEBHOOK_LOOPBACK=1 (loopback).")


def _look(told: bytes) -> None:
    """Robots refuse with status 200, and a code in their answer."""
    try:
        answer = json.loads(told)
    except ValueError:
        return
    if isinstance(answer, dict) and (code := next((answer[name] for name in CODES if answer.get(name)), None)):
        why = answer.get("errmsg") or answer.get("msg") or ""
        raise NotTaken(f"办公群拒绝了消息：{code} {why}；请核对机器人的设置 (the robot refused).")


def _filled(template: object, message: str) -> object:
    match template:
        case str():
            return template.replace("{text}", message)
        case dict():
            return {name: _filled(value, message) for name, value in template.items()}
        case list():
            return [_filled(value, message) for value in template]
        case _:
            return template
