"""Opening many home pages at once, each within its time limit: one connection for each, nothing kept open."""

import select
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from math import ceil

import pycurl
from msgspec import Struct

from govgauge.gather import entrance, urls
from govgauge.gather.answers import content_type
from govgauge.gather.availability import certificate, judging
from govgauge.gather.availability.judging import Received
from govgauge.gather.availability.names import Nameless
from govgauge.gather.availability.opening import Certificate, Opening, Phases, Target
from govgauge.gather.availability.status import LIMIT_SECONDS, Status
from govgauge.gather.certificates import trusted_file
from govgauge.gather.plan import USER_AGENT
from govgauge.gather.resolver import CONTROL_NAMES
from govgauge.gather.transport import ACCEPT, ENCODINGS

ENOUGH_BYTES = 48 * 1024
"""Decoded bytes after which a page is content for sure, and the rest of it is not waited for."""
BUFFER_BYTES = 16 * 1024
MOST_REDIRECTS = 10
MOST_STEPS = 4
"""Requests that one probe may take: entrance pages that lead on, a second look without checking the certificate."""
GRACE_SECONDS = 0.5
"""Beyond the limit, so that a page that comes at the limit itself is seen to have come."""
LOOK_SECONDS = 0.5
NAMES_KEPT_SECONDS = 60
"""How long a name is remembered: the requests of one probe ask for it once, and every probe anew."""


class Way(Struct, frozen=True, kw_only=True):
    """How home pages are opened. `connect_to` maps hosts to servers as curl does; `at_once` bounds the memory."""

    seconds: float = LIMIT_SECONDS
    at_once: int = 200
    connect_to: tuple[str, ...] = ()
    ca_file: str = ""
    user_agent: str = USER_AGENT
    control_names: tuple[str, ...] = CONTROL_NAMES
    """Names that exist: a resolver that knows none of them is out of order."""


class _Trip:
    """A probe under way: what it asks for now, and what it has come to know."""

    __slots__ = (
        *("began", "body", "certificate", "checked", "cut", "detail", "easy", "fault"),
        *("lines", "plain", "redirects", "room", "started", "steps", "target", "url"),
    )

    def __init__(self, target: Target, began: datetime) -> None:
        self.target = target
        self.url = target.url
        self.began = began
        self.started = time.monotonic()
        self.steps = 0
        self.redirects = 0
        self.checked = True
        self.plain = False
        self.fault = ""
        self.detail = ""
        self.certificate: Certificate | None = None
        self.lines: list[bytes] = []
        self.body: list[bytes] = []
        self.room = ENOUGH_BYTES
        self.cut = False
        self.easy: pycurl.Curl | None = None

    def head(self, line: bytes) -> None:
        """Take in a header line; those of the answer before a redirect are forgotten."""
        if line.startswith(b"HTTP/"):
            self.lines.clear()
        if len(self.lines) < 100:
            self.lines.append(line)

    def write(self, chunk: bytes) -> int | None:
        """Take in a piece of the page, and end the transfer when it is enough."""
        self.body.append(chunk)
        self.room -= len(chunk)
        if self.room > 0:
            return None
        self.cut = True
        return 0

    def step(self) -> None:
        """Begin a further request."""
        self.steps += 1
        self.lines, self.body, self.room, self.cut = [], [], ENOUGH_BYTES, False

    def received(self, easy: pycurl.Curl, code: int, detail: str) -> Received:
        """What the request gave."""
        return Received(
            code=0 if self.cut else code,
            detail=detail,
            os_error=easy.getinfo(pycurl.OS_ERRNO) if code and not self.cut else 0,
            http=easy.getinfo(pycurl.RESPONSE_CODE),
            lines=self.lines,
            body=b"".join(self.body),
            whole=not self.cut,
            connected=easy.getinfo(pycurl.CONNECT_TIME_T) > 0,
            resolved=easy.getinfo(pycurl.NAMELOOKUP_TIME_T) > 0,
            url=easy.getinfo(pycurl.EFFECTIVE_URL) or "",
        )


class Prober:
    """Probes home pages. Close it in the end. `clock` says when a probe began, in seconds since 1970."""

    def __init__(self, way: Way, clock: Callable[[], float] = time.time) -> None:
        self._way = way
        self._clock = clock
        self._ca_file = trusted_file(way.ca_file)
        self._idle: list[pycurl.Curl] = []
        self._trips: dict[pycurl.Curl, _Trip] = {}
        self._epoll = select.epoll()
        self._nameless = Nameless(way.control_names)
        self._watched: set[int] = set()
        self._due: float | None = None
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._remember_due)
        self._multi.setopt(pycurl.M_MAXCONNECTS, 1)

    def probe(self, targets: Iterable[Target], stopping: Callable[[], bool] = lambda: False) -> Iterator[Opening]:
        """Open every home page; what was seen comes in the order of the answers. When stopping, the rest is dropped."""
        coming = iter(targets)
        more = True
        while more or self.under_way:
            while more and self.has_room:
                target = next(coming, None)
                more = target is not None
                if target is not None:
                    self.send(target)
            if stopping():
                self._drop()
                return
            yield from self.turn()

    @property
    def under_way(self) -> int:
        """Home pages that are being opened."""
        return len(self._trips) + len(self._nameless)

    @property
    def has_room(self) -> bool:
        """Whether another home page may be opened now."""
        return len(self._trips) < self._way.at_once

    def send(self, target: Target) -> None:
        """Begin to open a home page."""
        self._send(_Trip(target, datetime.fromtimestamp(self._clock(), UTC)))

    def turn(self, seconds: float = LOOK_SECONDS) -> Iterator[Opening]:
        """Work until something can be done, or for some seconds; what was seen."""
        for number, events in self._epoll.poll(self._wait_seconds(seconds)):
            readable = pycurl.CSELECT_IN if events & ~select.EPOLLOUT else 0
            writable = pycurl.CSELECT_OUT if events & select.EPOLLOUT else 0
            self._multi.socket_action(number, readable | writable)
        if self._due is not None and time.monotonic() >= self._due:
            self._due = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        more = 1
        while more:
            more, good, bad = self._multi.info_read()
            for easy, code, text in [*((easy, 0, "") for easy in good), *bad]:
                opening = self._ended(easy, code, text)
                if opening is not None and opening.status is Status.DNS_FAILING:
                    self._nameless.look(opening)
                elif opening is not None:
                    yield opening
        yield from self._nameless.seen()

    def close(self) -> None:
        """Close every connection."""
        self._drop()
        self._nameless.close()
        for easy in self._idle:
            easy.close()
        self._idle.clear()
        self._multi.close()
        self._epoll.close()

    def __enter__(self) -> "Prober":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait_seconds(self, seconds: float) -> float:
        return seconds if self._due is None else min(seconds, max(0.0, self._due - time.monotonic()))

    def _watch(self, event: int, number: int, _multi: object, _told: object) -> None:
        if event == pycurl.POLL_REMOVE:
            self._watched.discard(number)
            try:
                self._epoll.unregister(number)
            except OSError:  # closed already, and so forgotten by the system
                return
            return
        wanted = (select.EPOLLIN if event & pycurl.POLL_IN else 0) | (select.EPOLLOUT if event & pycurl.POLL_OUT else 0)
        if number in self._watched:
            try:
                self._epoll.modify(number, wanted)
            except FileNotFoundError:  # another socket under the number of a closed one
                self._epoll.register(number, wanted)
            return
        self._watched.add(number)
        self._epoll.register(number, wanted)

    def _remember_due(self, milliseconds: int) -> None:
        self._due = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000

    def _send(self, trip: _Trip) -> None:
        """Put the next request of a trip on the wire."""
        trip.step()
        easy = trip.easy = trip.easy or (self._idle.pop() if self._idle else self._made())
        left = max(0.1, self._way.seconds + GRACE_SECONDS - (time.monotonic() - trip.started))
        easy.setopt(pycurl.URL, trip.url)
        easy.setopt(pycurl.HEADERFUNCTION, trip.head)
        easy.setopt(pycurl.WRITEFUNCTION, trip.write)
        easy.setopt(pycurl.TIMEOUT_MS, ceil(left * 1000))
        easy.setopt(pycurl.CONNECTTIMEOUT_MS, ceil(left * 1000))
        easy.setopt(pycurl.SSL_VERIFYPEER, int(trip.checked))
        easy.setopt(pycurl.SSL_VERIFYHOST, 2 if trip.checked else 0)
        if not trip.checked:
            easy.setopt(pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_0)
            easy.setopt(pycurl.SSL_CIPHER_LIST, "DEFAULT@SECLEVEL=0")
        easy.setopt(pycurl.ACCEPT_ENCODING, "identity" if trip.plain else ENCODINGS)
        self._trips[easy] = trip
        self._multi.add_handle(easy)

    def _ended(self, easy: pycurl.Curl, code: int, detail: str) -> Opening | None:
        """What a trip came to; None when it goes on with another request."""
        trip = self._trips.pop(easy)
        self._multi.remove_handle(easy)
        received = trip.received(easy, code, detail)
        final = easy.getinfo(pycurl.EFFECTIVE_URL)
        trip.redirects += easy.getinfo(pycurl.REDIRECT_COUNT)
        if final.startswith("https:") and (shown := certificate.seen(easy, urls.host(final))):
            trip.certificate = shown
        if self._goes_on(trip, easy, received, final):
            self._send(trip)
            return None
        opening = self._opening(trip, easy, received, final)
        self._put_back(trip, easy)
        return opening

    def _goes_on(self, trip: _Trip, easy: pycurl.Curl, received: Received, final: str) -> bool:
        """Whether another request may show more: without checks, without compression, or behind an entrance."""
        if trip.steps >= MOST_STEPS or time.monotonic() - trip.started >= self._way.seconds:
            return False
        if trip.checked and judging.is_tls(received.code):
            trip.checked = False
            trip.fault = judging.tls_fault(received.code, easy.getinfo(pycurl.SSL_VERIFYRESULT), received.detail)
            trip.detail = received.detail
            return True
        if not trip.plain and judging.is_encoding(received.code):
            trip.plain = True
            return True
        if received.code or received.http != 200:
            return False
        onward = entrance.leads_to(received.body, final, content_type(received.lines))
        if not onward or onward == trip.url:
            return False
        trip.url = onward
        return True

    def _opening(self, trip: _Trip, easy: pycurl.Curl, received: Received, final: str) -> Opening:
        seconds = time.monotonic() - trip.started
        status, detail = judging.judged(received, seconds, self._way.seconds)
        if trip.fault and (status in {Status.OK, Status.SLOW} or judging.is_tls(received.code)):
            status, detail = Status.TLS_FAILED, f"{trip.fault}: {trip.detail}"
        shown = trip.certificate
        if shown is not None and trip.fault and trip.fault != judging.PROTOCOL:
            shown = Certificate(
                host=shown.host,
                subject=shown.subject,
                issuer=shown.issuer,
                names=shown.names,
                not_after=shown.not_after,
                fault=trip.fault,
            )
        phase = easy.getinfo
        first_byte = _milliseconds(phase(pycurl.STARTTRANSFER_TIME_T))
        return Opening(
            key=trip.target.key,
            url=trip.target.url,
            status=status,
            began=trip.began,
            phases=Phases(
                dns=_milliseconds(phase(pycurl.NAMELOOKUP_TIME_T)),
                connect=_milliseconds(phase(pycurl.CONNECT_TIME_T)),
                tls=_milliseconds(phase(pycurl.APPCONNECT_TIME_T)),
                first_byte=first_byte,
                total=max(first_byte, ceil(seconds * 1000)),  # another clock, and phases are rounded up
            ),
            http=received.http,
            size=len(received.body),
            peer=phase(pycurl.PRIMARY_IP),
            final_url=final,
            redirects=trip.redirects,
            detail=detail[:200],
            certificate=shown,
        )

    def _put_back(self, trip: _Trip, easy: pycurl.Curl) -> None:
        """Keep an ordinary handle for the next probe, with no cookies; one whose checks were relaxed is closed."""
        if trip.checked and len(self._idle) < self._way.at_once:
            easy.setopt(pycurl.COOKIELIST, "ALL")
            easy.unsetopt(pycurl.HEADERFUNCTION)
            easy.unsetopt(pycurl.WRITEFUNCTION)
            self._idle.append(easy)
        else:
            easy.close()

    def _drop(self) -> None:
        for easy in list(self._trips):
            self._multi.remove_handle(easy)
            easy.close()
        self._trips.clear()

    def _made(self) -> pycurl.Curl:
        easy = pycurl.Curl()
        options = [
            (pycurl.NOSIGNAL, 1),
            (pycurl.COOKIEFILE, ""),
            (pycurl.USERAGENT, self._way.user_agent),
            (pycurl.HTTPHEADER, [f"Accept: {ACCEPT}", "Accept-Language: zh-CN,zh;q=0.9,en;q=0.5"]),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1),
            (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
            (pycurl.REDIR_PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
            (pycurl.FOLLOWLOCATION, 1),
            (pycurl.MAXREDIRS, MOST_REDIRECTS),
            (pycurl.FRESH_CONNECT, 1),
            (pycurl.FORBID_REUSE, 1),
            (pycurl.SSL_SESSIONID_CACHE, 0),
            (pycurl.OPT_CERTINFO, 1),
            (pycurl.DNS_CACHE_TIMEOUT, NAMES_KEPT_SECONDS),
            (pycurl.BUFFERSIZE, BUFFER_BYTES),
            (pycurl.NOPROXY, "*"),
        ]
        if self._way.connect_to:
            options.append((pycurl.CONNECT_TO, list(self._way.connect_to)))
        if self._ca_file:
            options.append((pycurl.CAINFO, self._ca_file))
        for option, value in options:
            easy.setopt(option, value)
        return easy


def _milliseconds(microseconds: int) -> int:
    return ceil(microseconds / 1000)
