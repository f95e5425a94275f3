"""Requests over libcurl: many at once, each within its limits, none able to hold the visit up."""

import select
import time
from datetime import UTC, datetime
from math import ceil

import pycurl
from msgspec import Struct

from govgauge.gather import sniff
from govgauge.gather.artifacts import Timings
from govgauge.gather.certificates import trusted_file
from govgauge.gather.plan import Limits

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,image/*;q=0.8,*/*;q=0.7"
ENCODINGS = "gzip, deflate, br"
IDLE_CONNECTIONS = 64
SWALLOWED_BYTES = 8 * 1024 * 1024
"""Bytes of a packed response that are unpacked past its limit, and not kept, to tell a bomb from a large page."""
CHUNK_BYTES = 128 * 1024
"""Room for one read from a connection: most pages come in one piece."""
SCAN_SECONDS = 0.1
"""How often the deadlines for the first byte are looked at."""


class Request(Struct):
    """One request on the wire. `limit` is the number of decoded bytes kept; what is longer is cut off.

    `head_only` sends HEAD. `ranged` asks for the first `limit` bytes only. With `sample_bytes`, a response that turns
    out to be a file and no page is cut off there. `lenient` accepts any certificate and old TLS; `plain` asks for no
    compression. `token` comes back with the answer.
    """

    url: str
    limit: int
    head_only: bool = False
    ranged: bool = False
    sample_bytes: int = 0
    lenient: bool = False
    plain: bool = False
    referrer: str = ""
    token: object = None


class Answer(Struct):
    """What came back. `code` is libcurl's (0: whole), `lines` all header lines of all responses as received.

    `began` is when the request went out, by the monotonic clock. `unpacked` is how many times its size on the wire a
    response had grown when it was `cut`.
    """

    request: Request
    code: int
    detail: str
    os_error: int
    status: int
    lines: list[bytes]
    body: bytes
    cut: bool
    unpacked: float
    started_at: str
    began: float
    timings: Timings
    peer: str
    connected: bool


class _Receiver:
    """Takes one response in, and stops it at its limit."""

    __slots__ = ("began", "cut", "limit", "lines", "parts", "request", "room", "sniffing", "started_at", "swallowed")

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.parts: list[bytes] = []
        self.room = 0
        self.cut = False
        self.swallowed = 0
        self.sniffing = False
        self.began = 0.0
        self.started_at = ""
        self.request = Request("", 0)

    def begin(self, request: Request) -> None:
        self.request = request
        self.lines = []
        self.parts = []
        self.room = request.limit
        self.cut = False
        self.swallowed = 0
        self.sniffing = request.sample_bytes > 0
        self.began = time.monotonic()
        self.started_at = datetime.now(UTC).isoformat(timespec="milliseconds")

    def rest(self) -> None:
        """Hold nothing of a response that is done."""
        self.lines = []
        self.parts = []
        self.request = _NOTHING

    def write(self, chunk: bytes) -> int | None:
        if self.sniffing:
            self.sniffing = False
            if sniff.is_file(chunk):
                self.room = self.request.sample_bytes
        size = len(chunk)
        if size > self.room:
            return self._overflow(chunk)
        self.room -= size
        self.parts.append(chunk)
        return None

    def growth(self, wire_bytes: int) -> float:
        """How many times the bytes on the wire have come out of them."""
        return (sum(map(len, self.parts)) + self.swallowed) / max(1, wire_bytes)

    def _overflow(self, chunk: bytes) -> int | None:
        """Cut the response off; a packed one is first let run on unkept for a while, to see whether it is a bomb."""
        if self.room:
            self.parts.append(chunk[: self.room])
        self.swallowed += len(chunk) - self.room
        self.room = 0
        self.cut = True
        packed = any(line[:17].lower() == b"content-encoding:" for line in self.lines)
        return None if packed and self.swallowed < SWALLOWED_BYTES else 0


class Transport:
    """All connections of a visit. `start` requests, then `turn` until the answers have come."""

    def __init__(self, plan_connect_to: tuple[str, ...], ca_file: str, user_agent: str, limits: Limits) -> None:
        self._connect_to = list(plan_connect_to)
        self._ca_file = trusted_file(ca_file)
        self._user_agent = user_agent
        self._limits = limits
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, IDLE_CONNECTIONS)
        self._share = pycurl.CurlShare()
        for kind in (pycurl.LOCK_DATA_COOKIE, pycurl.LOCK_DATA_DNS, pycurl.LOCK_DATA_SSL_SESSION):
            self._share.setopt(pycurl.SH_SHARE, kind)
        self._idle: dict[tuple[bool, bool, bool, int], list[pycurl.Curl]] = {}
        self._active: dict[pycurl.Curl, tuple[_Receiver, tuple[bool, bool, bool, int]]] = {}
        self._receivers: dict[pycurl.Curl, _Receiver] = {}
        self._next_scan = 0.0

    @property
    def active(self) -> int:
        """Requests on the wire."""
        return len(self._active)

    def start(self, request: Request) -> None:
        """Put a request on the wire."""
        kind = (request.head_only, request.lenient, request.plain, request.limit if request.ranged else 0)
        idle = self._idle.get(kind)
        easy = idle.pop() if idle else self._made(kind)
        receiver = self._receivers[easy]
        receiver.begin(request)
        easy.setopt(pycurl.HEADERFUNCTION, receiver.lines.append)
        easy.setopt(pycurl.URL, request.url)
        easy.setopt(pycurl.REFERER, request.referrer)
        self._active[easy] = (receiver, kind)
        self._multi.add_handle(easy)

    def turn(self, seconds: float, others: list[int]) -> list[Answer]:
        """Work until something can be done or `seconds` are over; `others` are further file numbers to wake for."""
        self._multi.perform()
        answers = self._finished()
        if not answers:
            self._wait(seconds, others)
            self._multi.perform()
            answers = self._finished()
        now = time.monotonic()
        if now >= self._next_scan:
            self._next_scan = now + SCAN_SECONDS
            answers += self._overdue(now)
        return answers

    def drop_all(self) -> list[Request]:
        """Break off everything on the wire; returns what was asked."""
        dropped = []
        for easy in list(self._active):
            receiver, _ = self._active.pop(easy)
            self._multi.remove_handle(easy)
            easy.close()
            del self._receivers[easy]
            dropped.append(receiver.request)
        return dropped

    def close(self) -> None:
        """Close every connection."""
        self.drop_all()
        for easy in self._receivers:
            easy.close()
        self._receivers.clear()
        self._idle.clear()
        self._multi.close()
        self._share.close()

    def _wait(self, seconds: float, others: list[int]) -> None:
        due = self._multi.timeout()
        if due >= 0:
            seconds = min(seconds, due / 1000)
        if seconds > 0:
            reads, writes, errors = self._multi.fdset()
            select.select(reads + others, writes, errors, seconds)

    def _finished(self) -> list[Answer]:
        answers = []
        more = 1
        while more:
            more, good, bad = self._multi.info_read()
            answers += [self._answer(easy, 0, "") for easy in good]
            answers += [self._answer(easy, code, text) for easy, code, text in bad]
        return answers

    def _overdue(self, now: float) -> list[Answer]:
        late = []
        for easy, (receiver, _) in self._active.items():
            if not receiver.lines and not receiver.parts and now - receiver.began > self._limits.first_byte_seconds:
                sent = easy.getinfo(pycurl.PRETRANSFER_TIME)
                if sent > 0 and now - receiver.began - sent > self._limits.first_byte_seconds:
                    late.append(easy)
        return [self._answer(easy, pycurl.E_OPERATION_TIMEDOUT, "no answer within the limit") for easy in late]

    def _answer(self, easy: pycurl.Curl, code: int, detail: str) -> Answer:
        receiver, kind = self._active.pop(easy)
        self._multi.remove_handle(easy)
        info = easy.getinfo
        parts = receiver.parts
        answer = Answer(
            request=receiver.request,
            code=0 if receiver.cut else code,
            detail=detail,
            os_error=info(pycurl.OS_ERRNO) if code else 0,
            status=info(pycurl.RESPONSE_CODE),
            lines=receiver.lines,
            body=parts[0] if len(parts) == 1 else b"".join(parts),
            cut=receiver.cut,
            unpacked=receiver.growth(info(pycurl.SIZE_DOWNLOAD_T)) if receiver.cut else 1.0,
            started_at=receiver.started_at,
            began=receiver.began,
            timings=Timings(
                dns=info(pycurl.NAMELOOKUP_TIME),
                connect=info(pycurl.CONNECT_TIME),
                tls=info(pycurl.APPCONNECT_TIME),
                first_byte=info(pycurl.STARTTRANSFER_TIME),
                total=info(pycurl.TOTAL_TIME),
            ),
            peer=info(pycurl.PRIMARY_IP),
            connected=not code or info(pycurl.PRETRANSFER_TIME) > 0,
        )
        receiver.rest()
        self._idle.setdefault(kind, []).append(easy)
        return answer

    def _made(self, kind: tuple[bool, bool, bool, int]) -> pycurl.Curl:
        head_only, lenient, plain, ranged = kind
        easy = pycurl.Curl()
        receiver = _Receiver()
        self._receivers[easy] = receiver
        limits = self._limits
        options = [
            (pycurl.SHARE, self._share),
            (pycurl.COOKIEFILE, ""),
            (pycurl.NOSIGNAL, 1),
            (pycurl.USERAGENT, self._user_agent),
            (pycurl.HTTPHEADER, [f"Accept: {ACCEPT}", "Accept-Language: zh-CN,zh;q=0.9,en;q=0.5"]),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
            (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
            (pycurl.CONNECTTIMEOUT_MS, ceil(limits.connect_seconds * 1000)),
            (pycurl.TIMEOUT_MS, ceil(limits.request_seconds * 1000)),
            (pycurl.LOW_SPEED_LIMIT, limits.slow_bytes_per_second),
            (pycurl.LOW_SPEED_TIME, max(1, ceil(limits.first_byte_seconds))),
            (pycurl.BUFFERSIZE, CHUNK_BYTES),
            (pycurl.WRITEFUNCTION, receiver.write),
            (pycurl.NOPROXY, "localhost,127.0.0.1,::1"),
        ]
        if self._connect_to:
            options += [(pycurl.CONNECT_TO, self._connect_to), (pycurl.PROXY, "")]
        if self._ca_file:
            options.append((pycurl.CAINFO, self._ca_file))
        if lenient:
            options += [
                (pycurl.SSL_VERIFYPEER, 0),
                (pycurl.SSL_VERIFYHOST, 0),
                (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_0),
                (pycurl.SSL_CIPHER_LIST, "DEFAULT@SECLEVEL=0"),
            ]
        if head_only:
            options.append((pycurl.NOBODY, 1))
        if ranged:
            options.append((pycurl.RANGE, f"0-{ranged - 1}"))
        elif not plain:
            options.append((pycurl.ACCEPT_ENCODING, ENCODINGS))
        for option, value in options:
            easy.setopt(option, value)
        return easy


_NOTHING = Request("", 0)
