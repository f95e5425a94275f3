"""Carrying out errands: who goes when, over which redirects, and what became of each."""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable

from govgauge.gather import answers, archive, failures, urls
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.errand import REDIRECTS, SAMPLED, Errand, Outcome, Way
from govgauge.gather.host import Host, Hosts
from govgauge.gather.plan import Plan
from govgauge.gather.record import Record
from govgauge.gather.transport import Answer, Request, Transport

WIRES = 48
"""Requests on the wire at once, over all hosts."""
FOREIGN_CONCURRENCY = 1
"""Requests at once to a host that is not the site's."""
QUEUE = 400
"""Errands queued before more are drawn from the list."""
REFUSALS_BORNE = 2
"""How often one errand is sent again after 429 or 503 before that is its answer."""
REFUSALS_IN_A_ROW = 8
"""After so many refusals in a row a host's 429 and 503 are taken as its answers."""
NO_HEAD = frozenset({400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 503})
"""Statuses after which HEAD is not believed and GET is asked."""
ALWAYS_GET = 2
"""The attempt from which on HEAD and Range are not used any more."""

Done = Callable[[Outcome], None]


class Stopped(Exception):  # noqa: N818 - no error, but the end of the time
    """The visit's time is over, or it was asked to stop; `why` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Engine:
    """Sends errands and brings their outcomes. One engine serves a whole visit."""

    def __init__(self, plan: Plan, record: Record, between: Callable[[], bool], files: Callable[[], list[int]]) -> None:
        """`between` is called again and again and says whether more may be fetched now; `files` wake the engine."""
        self._plan = plan
        self._limits = plan.limits
        self._record = record
        self._between = between
        self._files = files
        self._transport = Transport(plan.connect_to, plan.ca_file, plan.user_agent, plan.limits)
        self.hosts: Hosts[Way] = Hosts(plan.rate, plan.concurrency, FOREIGN_CONCURRENCY, plan.limits.back_off_seconds)
        self._lenient: set[str] = set()
        self._landed: dict[int, int] = {}
        self._claimed: dict[int, Way | None] = {}
        self._followers: dict[int, list[Way]] = {}
        self._refusals: dict[str, int] = {}
        self._under_way = 0
        self._finished: deque[Outcome] = deque()
        self.stop_reason = ""
        self.requests = 0

    def carry_out(self, errands: Iterable[Errand], done: Done) -> None:
        """Carry out all errands and call `done` for each, in the order in which they come back.

        Raises Stopped when the visit's time is over; what was on the wire then is broken off and not recorded.
        """
        source = iter(errands)
        drawn_all = False
        while True:
            may_fetch = self._between()
            while not drawn_all and may_fetch and self._under_way < QUEUE:
                errand = next(source, None)
                if errand is None:
                    drawn_all = True
                    break
                self._set_out(errand)
                if len(self._finished) >= QUEUE:
                    break
            while self._finished:
                done(self._finished.popleft())
            if drawn_all and not self._under_way and not self._finished:
                return
            self.check_time()
            if may_fetch:
                self._send_ready()
            self._receive(may_fetch, drawn_all)

    def claim(self, names: Iterable[str]) -> None:
        """Say which URLs will be asked for: a redirect to one of them waits for its answer instead of asking twice."""
        for url in names:
            self._claimed.setdefault(hash(url), None)

    def landing(self, url: str) -> int | None:
        """The journal place of the exchange that brought a URL's answer; None when it has not been asked for."""
        return self._landed.get(hash(url))

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    # ------------------------------------------------------------ setting out

    def _set_out(self, errand: Errand) -> None:
        earlier = self._record.earlier(errand)
        if earlier is not None:
            place, exchange, read = earlier
            self._remember(errand, exchange, place)
            body = self._record.body(exchange) if read else None
            self._finished.append(Outcome(errand, exchange, place, body))
            return
        landed = self._landed.get(hash(errand.url)) if errand.purpose is Purpose.PAGE and errand.attempt == 1 else None
        if landed is not None:
            self._same_as(errand, [], errand.url, self._record.exchange(landed))
            return
        way = Way(errand, errand.url, with_head=errand.purpose is Purpose.EXTERNAL and errand.attempt < ALWAYS_GET)
        way.ranged = errand.purpose in SAMPLED and errand.attempt < ALWAYS_GET
        if errand.purpose is Purpose.PAGE and errand.attempt == 1:
            self._claimed[hash(errand.url)] = way
        self._under_way += 1
        self._queue(way)

    def _queue(self, way: Way, *, first: bool = False) -> None:
        way.host = urls.origin(way.url).partition("//")[2]
        way.lenient = way.host in self._lenient
        self.hosts.add(way.host, way, first=first)

    def _send_ready(self) -> None:
        now = time.monotonic()
        while self._transport.active < WIRES:
            ready = self.hosts.next(now)
            if ready is None:
                return
            _, way = ready
            self.requests += 1
            self._transport.start(self._request(way))

    def _request(self, way: Way) -> Request:
        errand, limits = way.errand, self._limits
        limit, sample_bytes = limits.page_bytes, limits.head_bytes
        if errand.purpose in SAMPLED or errand.foreign or errand.purpose is Purpose.PROBE:
            limit, sample_bytes = limits.head_bytes, 0
        elif errand.purpose is Purpose.PART:
            limit, sample_bytes = limits.part_bytes, 0
        elif errand.purpose in {Purpose.ROBOTS, Purpose.SITEMAP}:
            sample_bytes = 0
        return Request(
            url=way.url,
            limit=limit,
            head_only=way.with_head,
            ranged=way.ranged and errand.purpose in SAMPLED,
            sample_bytes=sample_bytes,
            lenient=way.lenient,
            plain=way.plain,
            referrer=errand.referrer if not errand.foreign else "",
            token=way,
        )

    # ------------------------------------------------------------ coming back

    def _receive(self, may_fetch: bool, drawn_all: bool) -> None:
        seconds = 0.05 if self._transport.active else 0.02
        if may_fetch:
            seconds = min(seconds, self.hosts.seconds_to_next(time.monotonic()) or 0.05)
        if not drawn_all and may_fetch and self._under_way < QUEUE:
            seconds = 0.0
        for answer in self._transport.turn(seconds, self._files()):
            way = answer.request.token
            assert isinstance(way, Way)  # noqa: S101 - tells mypy
            host = self.hosts[way.host]
            host.answered()
            self._arrived(way, answer, host)
            self.hosts.renew(host)

    def _arrived(self, way: Way, answer: Answer, host: Host[Way]) -> None:
        lines = archive.final_block(answer.lines) if answer.status else []
        way.started_at = way.started_at or answer.started_at
        way.peer = answer.peer or way.peer
        if answer.code:
            if self._try_otherwise(way, answer):
                return
        elif not answer.status:
            answer.code, answer.detail = 1, "no status"
        headers = archive.headers(lines)
        digest = hashlib.sha256(answer.body).hexdigest()
        offset = -1
        if lines:
            truncated = "length" if answer.cut else ("disconnect" if answer.code else "")
            offset = self._record.response(
                way.url, lines, answer.body, answer.started_at, answer.peer, truncated, digest
            )
        refused = answer.status in {429, 503} and not answer.code
        if refused and self._bear(way, headers, host):
            return
        if not refused:
            host.welcomed()
            self._refusals[way.host] = 0
        if answer.status in REDIRECTS and not answer.code:
            target = answers.location(way.url, headers)
            if target:
                failure = self._step(way, answer.status, target)
                if failure is None:
                    return
                self._conclude(way, answer, headers, offset, digest, failure, "redirects without end")
                return
        if way.with_head and answer.status in NO_HEAD and not answer.code:
            way.with_head = False
            self._queue(way, first=True)
            return
        if way.ranged and answer.status == 416:
            way.ranged = False
            self._queue(way, first=True)
            return
        failure, detail = answers.verdict(way, answer, lines, self._limits)
        self._conclude(way, answer, headers, offset, digest, failure, detail)

    def _try_otherwise(self, way: Way, answer: Answer) -> bool:
        """After an error that another way of asking may avoid: ask so, and say so. True when it is asked again."""
        code = answer.code
        if way.url.startswith("https:") and not way.lenient and failures.is_tls(code):
            way.note = f"certificate: {answer.detail}" if code in failures.CERTIFICATE else f"tls: {answer.detail}"
            self._lenient.add(way.host)
            self._queue(way, first=True)
            return True
        if failures.is_encoding(code) and not way.plain:
            way.note = f"encoding: {answer.detail}"
            way.plain = True
            self._queue(way, first=True)
            return True
        if way.with_head and not failures.is_unreachable(code):
            way.with_head = False
            self._queue(way, first=True)
            return True
        return False

    def _bear(self, way: Way, headers: tuple[tuple[str, str], ...], host: Host[Way]) -> bool:
        """A host refuses for now: leave it alone and send the errand again later, unless that went on too long."""
        retry_after = next((value for name, value in headers if name.lower() == "retry-after"), "")
        host.refused(time.monotonic(), retry_after)
        self._refusals[way.host] = self._refusals.get(way.host, 0) + 1
        way.refusals += 1
        if way.errand.foreign or way.refusals > REFUSALS_BORNE or self._refusals[way.host] > REFUSALS_IN_A_ROW:
            return False
        self._queue(way, first=True)
        return True

    def _step(self, way: Way, status: int, target: str) -> Failure | None:
        """Follow a redirect; the failure when it leads nowhere."""
        looped = way.was_at(target) and not self._learns(way, target)
        way.hops.append((way.url, status))
        if looped or len(way.hops) > self._limits.redirects:
            return Failure.REDIRECT_LOOP
        way.url = target
        if way.errand.purpose is not Purpose.PAGE or way.errand.attempt > 1:
            self._queue(way, first=True)
            return None
        name = hash(target)
        landed = self._landed.get(name)
        if landed is not None:
            self._under_way -= 1
            self._same_as(way.errand, way.hops, target, self._record.exchange(landed))
            return None
        if name in self._claimed:
            other = self._claimed[name]
            if other is not way and not (other is not None and other.waiting):
                way.waiting = True
                self._followers.setdefault(name, []).append(way)
                return None
        else:
            self._claimed[name] = way
        self._queue(way, first=True)
        return None

    def _learns(self, way: Way, target: str) -> bool:
        """A first redirect back to the same URL is how cookies are set: it is followed once."""
        return target == way.url and not any(hop == target for hop, _ in way.hops)

    # ------------------------------------------------------------ the end of an errand

    def _conclude(
        self,
        way: Way,
        answer: Answer,
        headers: tuple[tuple[str, str], ...],
        offset: int,
        digest: str,
        failure: Failure | None,
        detail: str,
    ) -> None:
        errand = way.errand
        exchange = answers.exchange(way, answer, headers, failure, detail, offset=offset, digest=digest)
        read = answers.is_page(exchange) and not errand.foreign
        place = self._record.keep(exchange, read=read)
        self._remember(errand, exchange, place)
        self._under_way -= 1
        self._finished.append(Outcome(errand, exchange, place, answer.body if read else None))

    def _same_as(self, errand: Errand, hops: list[tuple[str, int]], target: str, there: Exchange) -> None:
        """Conclude an errand with the answer that another one has brought already."""
        exchange = answers.again(there, errand, hops, target)
        place = self._record.keep(exchange, read=False)
        self._remember(errand, exchange, place)
        self._finished.append(Outcome(errand, exchange, place, None))

    def _remember(self, errand: Errand, exchange: Exchange, place: int) -> None:
        """Know the answer under every URL of its way, and release the errands that wait for it."""
        if errand.purpose not in {Purpose.PAGE, Purpose.HOME}:
            return
        names = {hash(errand.url), hash(exchange.final_url), *(hash(url) for url, _ in exchange.hops)}
        for name in names:
            if errand.attempt > 1:
                self._landed[name] = place
            else:
                self._landed.setdefault(name, place)
            for way in self._followers.pop(name, ()):
                self._under_way -= 1
                self._same_as(way.errand, way.hops, way.url, exchange)

    def check_time(self) -> None:
        """Raise Stopped when the time of the visit is over."""
        if not self.stop_reason and self._record.seconds > self._plan.max_seconds:
            self.stop_reason = "seconds"
        if self.stop_reason:
            self.break_off()
            raise Stopped(self.stop_reason)

    def break_off(self) -> None:
        """Forget everything that is queued or on the wire."""
        self._transport.drop_all()
        self.hosts.clear()
        self._followers.clear()
        self._finished.clear()
        self._under_way = 0
