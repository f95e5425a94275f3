"""Carrying out errands: who goes when, over which redirects, and what became of each."""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from govgauge.gather import answers, archive, entrance, failures, urls
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.errand import REDIRECTS, SAMPLED, Errand, Outcome, Way
from govgauge.gather.host import Host, Hosts
from govgauge.gather.plan import Plan
from govgauge.gather.record import Record
from govgauge.gather.request import request_for
from govgauge.gather.territory import Territory
from govgauge.gather.transport import Answer, Transport

WIRES = 48
"""Requests on the wire at once, over all hosts."""
FOREIGN_CONCURRENCY = 1
"""Requests at once to a host that is not the site's."""
QUEUE = 400
"""Errands queued before more are drawn from the list."""
REFUSALS_BORNE = 2
"""How often one errand is sent again after 429 or 503 before that is its answer."""
PAUSES_IN_VAIN = 5
"""After so many pauses that did not help a host's 429 and 503 are taken as its answers."""
NO_HEAD = frozenset({400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 503})
"""Statuses after which HEAD is not believed and GET is asked."""
SURE_ATTEMPT = 2
"""The attempt from which on HEAD and Range are not used any more."""
ROUNDS_AFTER_TIME = 0.05

Done = Callable[[Outcome], None]


def _never(_errand: Errand) -> bool:
    return False


class Stopped(Exception):
    """The visit has to end here; `why` says for what reason."""

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
        pauses = plan.limits.back_off_seconds, plan.limits.back_off_total_seconds
        self.hosts: Hosts[Way] = Hosts(plan.rate, plan.concurrency, FOREIGN_CONCURRENCY, *pauses)
        self.territory = Territory()
        self._lenient: dict[str, str] = {}
        self._dead: dict[tuple[str, int], Exchange] = {}
        self._landed: dict[int, int] = {}
        self._claimed: dict[int, Way | None] = {}
        self._followers: dict[int, list[Way]] = {}
        self._under_way = 0
        self._finished: deque[Outcome] = deque()
        self.stop_reason = ""

    def carry_out(self, errands: Iterable[Errand], done: Done, given_up: Callable[[Errand], bool] = _never) -> None:
        """Carry out all errands and call `done` for each, in the order in which they come back.

        `given_up` is asked before a request goes out; when it says yes the errand is dropped without a word.
        Raises Stopped when the visit's time is over; what was on the wire then is broken off and not recorded.
        """
        source = iter(errands)
        drawn_all = False
        while True:
            may_fetch = self._between()
            while not drawn_all and may_fetch and self._under_way + len(self._finished) < QUEUE:
                errand = next(source, None)
                drawn_all = errand is None
                if errand is not None:
                    self._set_out(errand)
            while self._finished:
                done(self._finished.popleft())
            if drawn_all and not self._under_way:
                return
            self.check_time()
            if may_fetch:
                self._send_ready(given_up)
            if self._under_way:
                self._receive(may_fetch=may_fetch)

    def claim(self, names: Iterable[str]) -> None:
        """Say which URLs will be asked for: a redirect to one of them waits for its answer instead of asking twice."""
        for url in names:
            self._claimed.setdefault(hash(url), None)

    def landing(self, url: str) -> Exchange | None:
        """The exchange that brought a page's answer; None when it has not been asked for."""
        place = self._landed.get(hash(url))
        return None if place is None else self._record.exchange(place)

    def check_time(self) -> None:
        """Raise Stopped when the time of the visit is over, or it was asked to stop."""
        if not self.stop_reason and self._record.seconds > self._plan.max_seconds:
            self.stop_reason = "seconds"
        if self.stop_reason:
            self.break_off()
            raise Stopped(self.stop_reason)

    def break_off(self) -> list[Outcome]:
        """Forget everything that is queued or on the wire; returns what had come back and was not called for yet."""
        for request in self._transport.drop_all():
            assert isinstance(request.token, Way)  # noqa: S101 - tells mypy
            self.hosts[request.token.host].answered()
        self.hosts.clear()
        self._followers.clear()
        self._claimed = dict.fromkeys(self._claimed)
        self._under_way = 0
        came, self._finished = list(self._finished), deque()
        return came

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
            self._finished.append(Outcome(errand, exchange, place, body, fresh=False))
            return
        first_page = errand.purpose is Purpose.PAGE and errand.attempt == 1
        landed = self._landed.get(hash(errand.url)) if first_page else None
        self._under_way += 1
        way = Way(errand, errand.url)
        if landed is not None:
            self._same_as(way, self._record.exchange(landed))
            return
        way.with_head = errand.purpose is Purpose.EXTERNAL and errand.attempt < SURE_ATTEMPT
        way.ranged = errand.purpose in SAMPLED and errand.attempt < SURE_ATTEMPT
        if first_page:
            self._claimed[hash(errand.url)] = way
        self._queue(way)

    def _queue(self, way: Way, *, first: bool = False) -> None:
        way.host = urls.origin(way.url).partition("//")[2]
        way.lenient = way.host in self._lenient
        way.note = self._lenient.get(way.host, way.note)
        self.hosts.add(way.host, way, first=first)

    def _send_ready(self, given_up: Callable[[Errand], bool]) -> None:
        now = time.monotonic()
        while self._transport.active < WIRES:
            ready = self.hosts.next(now)
            if ready is None:
                return
            host, way = ready
            dead = self._dead.get((way.host, way.errand.attempt))
            if not way.hops and given_up(way.errand):
                host.answered()
                self.hosts.renew(host)
                self._drop(way)
            elif dead is not None and way.errand.foreign:
                host.answered()
                self.hosts.renew(host)
                self._same_as(way, replace(dead, final_url=way.url, hops=()))
            else:
                self._transport.start(request_for(way, self._limits, abroad=not self._at_home(way)))

    def _drop(self, way: Way) -> None:
        """Forget an errand; those that wait for its answer go on by themselves."""
        self._under_way -= 1
        name = hash(way.url)
        self._claimed.pop(name, None)
        for follower in self._followers.pop(name, ()):
            follower.waiting = False
            self._queue(follower, first=True)

    # ------------------------------------------------------------ coming back

    def _receive(self, *, may_fetch: bool) -> None:
        seconds = 0.05
        if may_fetch and self._transport.active < WIRES:
            seconds = min(seconds, self.hosts.seconds_to_next(time.monotonic()))
        if self._finished:
            seconds = 0.0
        for answer in self._transport.turn(seconds, self._files()):
            way = answer.request.token
            assert isinstance(way, Way)  # noqa: S101 - tells mypy
            host = self.hosts[way.host]
            host.answered()
            self._arrived(way, answer, host)
            self.hosts.renew(host)

    def _arrived(self, way: Way, answer: Answer, host: Host[Way]) -> None:
        """Keep the response, then ask on (elsewhere or otherwise) or conclude the errand."""
        lines = archive.final_block(answer.lines) if answer.status else []
        way.started_at = way.started_at or answer.started_at
        if answer.code and self._try_otherwise(way, answer):
            return
        headers = archive.headers(lines)
        digest = hashlib.sha256(answer.body).hexdigest()
        offset = self._record.response(way.url, lines, answer, digest) if lines else -1
        failure, detail = answers.verdict(way, answer, lines, self._limits)
        challenged = failure is Failure.BLOCKED and detail != "http-429"
        if self._bears_refusal(way, answer, headers, host, challenged=challenged) or self._asks_fully(way, answer):
            return
        target = self._target(way, answer, lines, headers)
        if target and not self._step(way, answer.status, target):
            return
        if target:
            failure, detail = Failure.REDIRECT_LOOP, f"{len(way.hops)} redirects, the last to {target}"
        self._conclude(way, answers.exchange(way, answer, headers, (failure, detail), (offset, digest)), answer.body)

    def _try_otherwise(self, way: Way, answer: Answer) -> bool:
        """After an error that another way of asking may avoid: ask so, and say so. True when it is asked again."""
        code = answer.code
        if way.url.startswith("https:") and not way.lenient and failures.is_tls(code):
            what = "certificate" if code in failures.CERTIFICATE else "tls"
            self._lenient[way.host] = f"{what}: {answer.detail}"
        elif failures.is_encoding(code) and not way.plain:
            way.note = f"encoding: {answer.detail}"
            way.plain = True
        elif way.with_head and not failures.is_unreachable(code):
            way.with_head = False
        else:
            return False
        self._queue(way, first=True)
        return True

    def _bears_refusal(
        self, way: Way, answer: Answer, headers: answers.Headers, host: Host[Way], *, challenged: bool
    ) -> bool:
        """After 429 and 503: leave the host alone and send the errand again later, unless that went on too long.

        A challenge is no request for patience.
        """
        if answer.code or answer.status not in {429, 503}:
            host.welcomed()
            return False
        had_patience = host.has_patience
        host.refused(answer.began, time.monotonic(), answers.header(headers, "retry-after"))
        way.refusals += 1
        patient = had_patience and way.refusals <= REFUSALS_BORNE and host.refusals <= PAUSES_IN_VAIN
        if way.errand.foreign or challenged or not patient:
            return False
        self._queue(way, first=True)
        return True

    def _asks_fully(self, way: Way, answer: Answer) -> bool:
        """After a refusal of HEAD or of a range: ask for the whole. True when it is asked again."""
        if way.with_head and answer.status in NO_HEAD and not answer.code:
            way.with_head = False
        elif way.ranged and answer.status == 416:
            way.ranged = False
        else:
            return False
        self._queue(way, first=True)
        return True

    def _target(self, way: Way, answer: Answer, lines: list[bytes], headers: answers.Headers) -> str:
        """Where an answer sends the visitor on to; empty when it is the last one."""
        if answer.code:
            return ""
        if answer.status in REDIRECTS:
            return answers.location(way.url, lines)
        if way.errand.purpose is Purpose.HOME and answer.status == 200:
            return entrance.leads_to(answer.body, way.url, answers.header(headers, "content-type"))
        return ""

    def _step(self, way: Way, status: int, target: str) -> bool:
        """Follow a redirect. True when it cannot be followed because it leads round and round."""
        looped = way.times_at(target) > 1
        way.hops.append((way.url, status))
        if looped or len(way.hops) > self._limits.redirects:
            return True
        way.url = target
        if way.errand.purpose is Purpose.PAGE and way.errand.attempt == 1 and self._joins_other(way):
            return False
        self._queue(way, first=True)
        return False

    def _joins_other(self, way: Way) -> bool:
        """Whether a redirect leads to a URL whose answer another errand brings, or has brought."""
        name = hash(way.url)
        landed = self._landed.get(name)
        if landed is not None:
            self._same_as(way, self._record.exchange(landed))
            return True
        if name not in self._claimed:
            self._claimed[name] = way
            return False
        other = self._claimed[name]
        if other is way or (other is not None and other.waiting):
            return False
        way.waiting = True
        self._followers.setdefault(name, []).append(way)
        return True

    # ------------------------------------------------------------ the end of an errand

    def _conclude(self, way: Way, exchange: Exchange, body: bytes) -> None:
        errand = way.errand
        if errand.foreign and exchange.failure in failures.UNREACHABLE:
            self._dead[way.host, errand.attempt] = exchange
        read = self._at_home(way) and answers.is_page(exchange)
        twin = self.landing(errand.twin_of) if read and errand.twin_of else None
        if twin is not None and answers.are_alike(exchange, twin):
            read = False
            exchange = replace(
                exchange, final_url=twin.final_url, offset=twin.offset, sha256=twin.sha256, size=twin.size
            )
        self._finish(way, exchange, body if read else None)

    def _at_home(self, way: Way) -> bool:
        """Whether a way has not left the site; a home page is the site's wherever it lies."""
        return way.errand.purpose is Purpose.HOME or self.territory.owns(way.url)

    def _same_as(self, way: Way, there: Exchange) -> None:
        """Conclude an errand with the answer that another one has brought already."""
        self._finish(way, answers.again(there, way), None)

    def _finish(self, way: Way, exchange: Exchange, body: bytes | None) -> None:
        place = self._record.keep(way.errand, exchange, read=body is not None)
        self._under_way -= 1
        self._finished.append(Outcome(way.errand, exchange, place, body))
        self._remember(way.errand, exchange, place)

    def _remember(self, errand: Errand, exchange: Exchange, place: int) -> None:
        """Know the answer under every URL of its way, and release the errands that wait for it."""
        if errand.purpose not in {Purpose.PAGE, Purpose.HOME}:
            return
        for name in {hash(errand.url), hash(exchange.final_url), *(hash(url) for url, _ in exchange.hops)}:
            if errand.attempt > 1:
                self._landed[name] = place
            else:
                self._landed.setdefault(name, place)
            self._claimed.pop(name, None)
            for follower in self._followers.pop(name, ()):
                self._same_as(follower, exchange)


def retried(errand: Errand, attempt: int) -> Errand:
    """The same errand for a later attempt."""
    return replace(errand, attempt=attempt)
