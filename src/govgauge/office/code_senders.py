"""How codes for voting reach people: by mail, by a service for text messages, or into a file.

A sender for telephones is anything that fits `Sender`; GOVGAUGE_VOTE_PHONE_SENDER names a function that gives it. The
address is kept nowhere: codes wait in the memory of this process until they are out.
"""

import io
import ipaddress
import json
import queue
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote_plus, urlsplit

import pycurl
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.module_loading import import_string
from msgspec import Struct

from govgauge.errors import GovgaugeError, Unusable
from govgauge.office.mail import PREFIX

FILE = "codes.txt"
SECONDS = 10
"""For the whole of an answer."""
MOST_BYTES = 64 * 1024
MOST_WAITING, SENDERS = 5000, 4
TRIES = 2


class Message(Struct, frozen=True):
    """A code for one person: where it goes, the code, and the words around it."""

    to: str
    code: str
    text: str


class Sender(Protocol):
    """Brings a message to a telephone."""

    def send(self, message: Message) -> None:
        """Send it now. Raises NotSent, OSError."""


class NotSent(GovgaugeError):
    """A message did not go out; the sentence says why and what to do."""


class FileSender:
    """Writes messages into a file of the office, for trials and for offices that send by hand."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Message) -> None:
        """A line at the end of the file, which only its owner reads."""
        self._path.touch(mode=0o600)
        with self._path.open("a", encoding="utf-8") as out:
            out.write(f"{timezone.localtime():%Y-%m-%d %H:%M:%S}\t{message.to}\t{message.text}\n")


class HttpSender:
    """Posts messages to a service for text messages; what it posts is a template (`SMS_BODY`)."""

    def __init__(self, url: str, body: str, headers: str = "", *, loopback: bool = False) -> None:
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise NotSent("GOVGAUGE_SMS_URL 应以 http:// 或 https:// 开头 (no web address).")
        try:
            self._headers = {str(name): str(value) for name, value in json.loads(headers or "{}").items()}
        except (ValueError, AttributeError):
            raise NotSent("GOVGAUGE_SMS_HEADERS 应为 JSON 对象 (the headers are no JSON object).") from None
        self._url, self._body, self._loopback = url, body, loopback

    def send(self, message: Message) -> None:
        """POST once; anything but 2xx within the time counts as not sent."""
        is_json = self._body.lstrip().startswith("{")
        content = self._filled(message, is_json=is_json)
        kind = "application/json; charset=utf-8" if is_json else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Expect": "", **self._headers}
        answer, asked = io.BytesIO(), pycurl.Curl()
        try:
            asked.setopt(pycurl.URL, self._url)
            asked.setopt(pycurl.POSTFIELDS, content)
            asked.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in headers.items()])
            asked.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
            asked.setopt(pycurl.TIMEOUT, SECONDS)
            asked.setopt(pycurl.NOSIGNAL, 1)
            asked.setopt(pycurl.WRITEFUNCTION, lambda piece: _kept(answer, piece))
            if not self._loopback:
                asked.setopt(pycurl.OPENSOCKETFUNCTION, _not_here)
            asked.perform()
            status = asked.getinfo(pycurl.RESPONSE_CODE)
        except pycurl.error as error:
            raise NotSent(
                f"短信服务没有收下验证码：{error.args[1]}；服务确在本机时请设 GOVGAUGE_SMS_LOOPBACK=1 (not taken)."
            ) from None
        finally:
            asked.close()
        if not 200 <= status < 300:
            raise NotSent(f"短信服务拒绝了验证码：HTTP {status}；请核对 GOVGAUGE_SMS_* (refused).")

    def _filled(self, message: Message, *, is_json: bool) -> bytes:
        def told(text: str) -> str:
            return json.dumps(text, ensure_ascii=False)[1:-1] if is_json else quote_plus(text)

        body = self._body
        for name, value in (("{phone}", message.to), ("{code}", message.code), ("{text}", message.text)):
            body = body.replace(name, told(value))
        return body.encode()


class MailSender:
    """Sends codes by the office's mail."""

    def send(self, message: Message) -> None:
        """One mail now. Raises OSError, SMTPException."""
        EmailMessage(f"{PREFIX}投票验证码 {message.code}", f"{message.text}\n", to=[message.to]).send()


def phone_sender() -> Sender:
    """The service of the settings, else the file."""
    if settings.SMS_URL:
        return HttpSender(settings.SMS_URL, settings.SMS_BODY, settings.SMS_HEADERS, loopback=settings.SMS_LOOPBACK)
    return FileSender(Path(settings.HOME) / FILE)


def chosen_phone_sender() -> Sender:
    """That of GOVGAUGE_VOTE_PHONE_SENDER. Raises Unusable."""
    try:
        made: Callable[[], Sender] = import_string(settings.VOTE_PHONE_SENDER)
        return made()
    except (ImportError, NotSent) as error:
        raise Unusable(f"手机验证码现在不能发送：{error} (no sender).") from None


class Outgoing:
    """Messages on their way: sent by a few threads, so that nobody who asks for a page waits for a mail server."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[Sender, Message]] = queue.Queue(MOST_WAITING)
        self._starting = threading.Lock()
        self._threads: list[threading.Thread] = []

    def hand_over(self, sender: Sender, message: Message) -> None:
        """Let it be sent soon. Raises Unusable when too many wait."""
        try:
            self._waiting.put_nowait((sender, message))
        except queue.Full:
            raise Unusable("现在发送验证码的人太多，请过几分钟再试 (too many codes wait; try again soon).") from None
        with self._starting:
            if len(self._threads) < SENDERS:
                thread = threading.Thread(target=self._work, name="codes", daemon=True)
                self._threads.append(thread)
                thread.start()

    def flush(self) -> None:
        """Wait until all are out or given up."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            sender, message = self._waiting.get()
            for trial in range(TRIES):
                try:
                    sender.send(message)
                    break
                except Exception as fault:  # a server of others may do anything; who waits asks for another code
                    if trial == TRIES - 1:
                        print(f"验证码没有发出：{_why(fault)} (a code was not sent).", file=sys.stderr)
            self._waiting.task_done()


def _why(fault: Exception) -> str:
    """What went wrong, for the log of the server: without the address, which mail servers like to repeat."""
    name = type(fault).__name__
    if isinstance(fault, NotSent):
        return f"{name}: {fault}"
    told = getattr(fault, "smtp_code", None) or getattr(fault, "errno", None)
    return f"{name} {told}" if told else name


def _kept(answer: io.BytesIO, piece: bytes) -> int | None:
    return answer.write(piece) if answer.tell() + len(piece) <= MOST_BYTES else -1


def _not_here(_purpose: int, address: tuple[Any, ...]) -> Any:
    """A socket, but not to this machine."""
    family, kind, protocol, place = address
    found = ipaddress.ip_address(place[0].decode() if isinstance(place[0], bytes) else place[0])
    if found.is_loopback or found.is_link_local or found.is_unspecified:
        return pycurl.SOCKET_BAD
    return socket.socket(family, kind, protocol)


OUTGOING = Outgoing()
"""Those of this process."""
