"""The course of a visit: home page, level after level of pages, files, a second look at what failed, probes."""

import time
from collections.abc import Callable, Iterable

from govgauge.gather import failures, home_stops, mapped, probing, rank, urls
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.doubts import Doubts
from govgauge.gather.engine import Engine, Stopped, retried
from govgauge.gather.errand import Errand, Outcome
from govgauge.gather.facts import NetworkFacts
from govgauge.gather.frontier import Frontier, choose
from govgauge.gather.inline_readers import AnyReaders
from govgauge.gather.mapping import Mapping
from govgauge.gather.network import Surroundings
from govgauge.gather.patience import SILENCE, Patience
from govgauge.gather.plan import Plan, Progress
from govgauge.gather.record import Record
from govgauge.gather.rules import Rules
from govgauge.gather.territory import addresses
from govgauge.gather.ticker import Ticker
from govgauge.gather.traps import Traps, is_endless
from govgauge.gather.twins import Twins
from govgauge.gather.wanted import Bounds, Candidates, Wanted

HOME_LOOKS = 3
"""How often a home page that fails is asked for before the visit gives up."""
EXTRA_REQUESTS = 200
"""Requests for pages beyond twice the budget of pages: for links that lead to nothing."""

Spare = Callable[[], object]  # done again and again while there is nothing else to do


class _Silence(Exception):
    """The site has stopped answering in the middle of a list of errands."""


class Crawl:
    """One visit under way. `run` goes through it; then the other attributes say what it found."""

    def __init__(
        self, plan: Plan, record: Record, readers: AnyReaders, progress: Callable[[Progress], None], spare: Spare
    ) -> None:
        self.plan = plan
        self.home_url = ""
        self.home_ok = False
        self.pages = 0
        self.stopped = ""
        self.budget_exhausted = False
        self.network = NetworkFacts()
        self.frontier = Frontier()
        self.engine = Engine(plan, record, self._between, readers.files)
        self._record = record
        self._readers = readers
        self._spare = spare
        self._rules = Rules(plan.user_agent, obeyed=plan.obey_robots)
        self._territory = self.engine.territory
        self._twins = Twins(self._territory)
        self._wanted = Wanted(self._territory, self._rules, self.frontier, Bounds(plan.max_pages))
        self._mapping = Mapping(plan.connect_to)
        self._traps = Traps()
        self._doubts = Doubts()
        self._surroundings = Surroundings(plan, self._one)
        self._seen: set[int] = set()
        self._page_at: dict[int, tuple[str, int]] = {}
        self._order = 1
        self._asked = 0
        self._robots = (0, b"")
        self._mapped = False
        self._patience = Patience()
        self._probes = 0
        self._last_fault = 0.0
        self._ticker = Ticker(progress)

    def run(self) -> None:
        """Go through the whole visit. Ends early, with `stopped` set, when the site or the time does not allow more."""
        try:
            self._open_home()
            if self.stopped:
                return
            while True:
                self._walk()
                self._fetch_files()
                if not self._look_again():
                    break
            self.network = self._surroundings.settled(self.network)
            self._probe()
        except Stopped as stop:
            self.stopped = stop.why
            self.budget_exhausted = self.budget_exhausted or stop.why == "seconds"
            self._leave_rest(stop.why)
        finally:
            self.engine.close()

    # ------------------------------------------------------------ the home page

    def _open_home(self) -> None:
        candidates = addresses(self.plan.url)
        for attempt in range(1, HOME_LOOKS + 1):
            for url in candidates:
                home = self._ask_home(url, attempt)
                if self.home_ok or home.failure not in home_stops.OTHER_SCHEME:
                    break
            if self.home_ok or home.failure is Failure.ROBOTS:
                break
            if attempt < HOME_LOOKS:
                self._pause()
        unheard = self._rules.is_closed(self._territory.home_origin)
        self.stopped = home_stops.why(home, opened=self.home_ok, rules_unheard=unheard)
        self.network = self._surroundings.look(home, self._robots, may_ask=self._rules.allow)

    def _ask_home(self, url: str, attempt: int) -> Exchange:
        self._territory.settle(url)
        self._learn_rules([urls.origin(url)])
        errand = Errand(url, Purpose.HOME, order=0, attempt=attempt)
        if not self._rules.allow_home(url):
            forbidden = Exchange(url=url, purpose=Purpose.HOME, failure=Failure.ROBOTS, detail="robots.txt", order=0)
            self._record.keep(errand, forbidden, read=False)
            self.home_url = url
            return forbidden
        outcome = self._one(errand)
        home = outcome.exchange
        self.home_ok = not failures.fault(home)
        self.home_url = home.final_url if self.home_ok else url
        self._territory.annex(self.home_url)
        self.engine.hosts.own = self._territory.hosts()
        self._page_at[0] = (self.home_url, 0)
        self._seen |= {hash(url), hash(self.home_url), *(hash(hop) for hop, _ in home.hops)}
        self._twins.first_of(self.home_url)
        self._read(outcome)
        return home

    def _learn_rules(self, origins: Iterable[str]) -> None:
        for origin in origins:
            if self._rules.knows(origin) or not self._territory.owns(f"{origin}/"):
                continue
            url = f"{origin}/robots.txt"
            exchange = self._one(Errand(url, Purpose.ROBOTS)).exchange
            if exchange.failure in failures.NETWORK or exchange.status >= 500:
                self._pause()
                exchange = self._one(Errand(url, Purpose.ROBOTS, attempt=2)).exchange
            body = self._record.body(exchange)
            self._rules.learn(origin, exchange, body)
            if origin == self._territory.home_origin:
                self._robots = (exchange.status, body)
            delay = min(self._rules.crawl_delay(origin), self.plan.limits.crawl_delay_seconds)
            if delay:
                self.engine.hosts[origin.partition("//")[2]].slow_down(delay)

    # ------------------------------------------------------------ pages

    def _walk(self) -> None:
        """Level after level, until there is nothing more or the budget is used up."""
        self._wait_for_readers()
        while True:
            level = self._sifted(self.frontier.take_fresh())
            last = not level
            if last:
                level = self.frontier.take_put_off() or self._sifted(self._mapped_pages())
            if not level:
                return
            room = min(self.plan.max_pages - self.pages, 2 * self.plan.max_pages + EXTRA_REQUESTS - self._asked)
            now, later = choose(level, max(0, room), last=last)
            self.frontier.put_off.update(later)
            if not now:
                self.budget_exhausted = True
                self._leave_rest("budget")
                return
            self._visit_level(now)

    def _sifted(self, level: Candidates) -> Candidates:
        """The candidates that are allowed, no trap, and no second address of a page that is known already."""
        level = [(url, key) for url, key in level if hash(url) not in self._seen]
        self._traps.level(level)
        clear = (url for url, _ in level if not self._mapping.confuses(url, self.home_url))
        self._learn_rules(dict.fromkeys(urls.origin(url) for url in clear))
        kept = []
        for url, key in level:
            self._seen.add(hash(url))
            first = self._twins.first_of(url)
            if first and self._twins.is_settled(url, first):
                continue
            if is_endless(url) or self._traps.caught(url, key):
                self.frontier.skip(url, "trap")
            elif self._mapping.confuses(url, self.home_url):
                self.frontier.skip(url, "mapping")
            elif not self._rules.allow(url):
                self.frontier.skip(url, self._rules.refusal(url))
            else:
                kept.append((url, key))
        return kept

    def _visit_level(self, now: Candidates) -> None:
        errands = self._errands(now, Purpose.PAGE)
        for errand in errands:
            self._page_at[errand.order] = (errand.url, errand.depth)
            self._traps.visit(errand.order, errand.url)
        self._asked += len(errands)
        self._ticker.begin("pages", len(errands))
        self.engine.claim(errand.url for errand in errands)
        self._carry_out([errand for errand in errands if not errand.twin_of])
        self._carry_out([errand for errand in errands if errand.twin_of])
        self._wait_for_readers()

    def _mapped_pages(self) -> Candidates:
        """The pages that the site maps name, once."""
        found: Candidates = []
        if self._mapped or self.pages >= self.plan.max_pages:
            return found
        self._mapped = True

        def ask(url: str) -> tuple[Exchange, bytes]:
            self._order += 1
            self._page_at[self._order] = (url, 0)
            exchange = self._one(Errand(url, Purpose.SITEMAP, order=self._order)).exchange
            return exchange, self._record.body(exchange)

        for _, pages in mapped.pages(ask, self._rules, self._territory):
            found += [(page, rank.key(rank.Code.ASIDE, self._order, index)) for index, page in enumerate(pages)]
        self._order += 1
        return found

    # ------------------------------------------------------------ files, parts, foreign links

    def _fetch_files(self) -> None:
        chosen = self._wanted.take(
            visited=lambda url: hash(url) in self._seen,
            confused=lambda url: self._mapping.confuses(url, self.home_url),
        )
        errands = [errand for purpose, now in chosen for errand in self._errands(now, purpose)]
        self._ticker.begin("files", len(errands))
        own = [errand for errand in errands if errand.purpose is not Purpose.EXTERNAL]
        self._carry_out(own)
        self._carry_out_abroad([errand for errand in errands if errand.purpose is Purpose.EXTERNAL])

    def _carry_out_abroad(self, errands: list[Errand]) -> None:
        """Look at foreign links, unless a few of them show that nothing abroad can be reached from here."""
        trial, rest = self._surroundings.trial(errands)
        reached: list[bool] = []

        def note(outcome: Outcome) -> None:
            reached.append(outcome.exchange.failure not in {Failure.DNS, Failure.CONNECT})
            self._came(outcome)

        self.engine.carry_out(trial, note)
        if rest and not any(reached):
            self.network = self._surroundings.cut_off(self.network)
            for errand in rest:
                self.frontier.skip(errand.url, "no-network")
            return
        self.engine.carry_out(rest, self._came)

    def _errands(self, chosen: Candidates, purpose: Purpose) -> list[Errand]:
        errands = []
        for url, key in chosen:
            referrer, depth = self._page_at.get(rank.order_of(key), ("", 0))
            foreign = not self._territory.owns(url)
            twin = self._twins.first_of(url) if purpose is Purpose.PAGE else ""
            errands.append(Errand(url, purpose, depth + 1, referrer, self._order, foreign=foreign, twin_of=twin))
            self._order += 1
        return errands

    # ------------------------------------------------------------ a second look, and probes

    def _look_again(self) -> bool:
        """Ask again for everything that failed, later than the first time. Whether pages came that lead further.

        When much went unheard and the home page is not to be had either, the site shuts us out by now: what went
        unheard is then not asked again, and stays unproved.
        """
        before = self.pages
        while due := self._doubts.due():
            self._pause()
            unheard = [errand for errand in due if self._doubts.is_unheard(errand)]
            if len(unheard) >= SILENCE // 2 and not self._home_answers():
                due = [errand for errand in due if errand not in unheard]
            self._ticker.begin("again", len(due))
            self._carry_out([retried(errand, errand.attempt + 1) for errand in due])
        return self.pages > before

    def _home_answers(self) -> bool:
        self._probes += 1
        errand = Errand(self.home_url, Purpose.PROBE, order=self._order, attempt=self._probes)
        self._order += 1
        return not failures.fault(self._one(errand).exchange)

    def _probe(self) -> None:
        """Ask for the files that must not be public, and open the home page once more; twice when it fails."""
        self._ticker.begin("probes")
        wanted = probing.exposed(self.home_url) if self.plan.probes else []
        errands = []
        for url in wanted:
            if hash(url) not in self._seen and self._rules.allow(url):
                errands.append(Errand(url, Purpose.PROBE, order=self._order))
                self._order += 1
        self.engine.carry_out(errands, lambda _outcome: None)
        if not self._home_answers():
            self._pause()
            self._home_answers()

    # ------------------------------------------------------------ carrying out

    def _carry_out(self, errands: list[Errand]) -> None:
        """Carry out errands on the site's own hosts; stop the visit when the site has stopped answering."""
        left = {(errand.url, errand.purpose): errand for errand in errands}

        def came(outcome: Outcome) -> None:
            del left[outcome.errand.url, outcome.errand.purpose]
            self._came(outcome)
            if self._patience.is_at_its_end:
                raise _Silence

        def given_up(errand: Errand) -> bool:
            if not self._patience.has_given_up(errand):
                return False
            if left.pop((errand.url, errand.purpose), None) and errand.attempt == 1:
                self.frontier.skip(errand.url, "unanswered")
            return True

        while left:
            try:
                self.engine.carry_out(list(left.values()), came, given_up)
            except _Silence:
                for outcome in self.engine.break_off():
                    del left[outcome.errand.url, outcome.errand.purpose]
                    self._came(outcome)
                self._pause()
                if not self._home_answers():
                    raise Stopped("shut-out") from None
                self._patience.renew()

    def _came(self, outcome: Outcome) -> None:
        exchange = outcome.exchange
        failed = self._doubts.note(outcome)
        self._ticker.count(failed=failed)
        if failed and outcome.fresh:
            self._last_fault = time.monotonic()
        self._patience.note(outcome.errand, exchange)
        self._surroundings.note(exchange)
        if outcome.errand.twin_of:
            alike = exchange.ok and outcome.body is None
            self._twins.learn(outcome.errand.url, outcome.errand.twin_of, alike=alike, failed=not exchange.ok)
        self._read(outcome)

    def _read(self, outcome: Outcome) -> None:
        if outcome.body is not None:
            self.pages += 1
            self._readers.submit(outcome.place, outcome.exchange, outcome.body)

    def _one(self, errand: Errand) -> Outcome:
        """Carry out a single errand."""
        came: list[Outcome] = []
        self.engine.carry_out([errand], came.append)
        if came[0].fresh and failures.fault(came[0].exchange):
            self._last_fault = time.monotonic()
        return came[0]

    def _between(self) -> bool:
        """Take in the links that the reading processes have found; whether more pages may be fetched."""
        for url, key in self._readers.turn():
            if urls.is_web(url):
                self._take_in(url, key)
        self._ticker.tick()
        full = self._readers.full
        if full:
            self._spare()
        return not full

    def _take_in(self, url: str, key: int) -> None:
        code = rank.code_of(key)
        if code >= rank.Code.ATTACHMENT or not self._territory.owns(url):
            self._wanted.add(url, key)
        elif hash(url) not in self._seen:
            self.frontier.add(url, key)

    def _wait_for_readers(self) -> None:
        while not self._readers.idle:
            self._between()
            self.engine.check_time()
            self._readers.wait()
        self._between()

    def _pause(self) -> None:
        """Let the time pass that lies between two observations of a fault."""
        until = self._last_fault + self.plan.retry_after_seconds
        while (left := until - time.monotonic()) > 0:
            self._between()
            self.engine.check_time()
            time.sleep(min(left, 0.05))

    def _leave_rest(self, reason: str) -> None:
        for url, _ in (*self.frontier.take_fresh(), *self.frontier.take_put_off()):
            self.frontier.skip(url, reason)
