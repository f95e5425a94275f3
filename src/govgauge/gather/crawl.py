"""The course of a visit: home page, level after level of pages, files, a second look at what failed, probes."""

import time
from collections.abc import Callable, Iterable

from govgauge.gather import failures, rank, urls
from govgauge.gather.answers import is_page
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.engine import Engine, Stopped
from govgauge.gather.errand import Errand, Outcome
from govgauge.gather.frontier import Frontier, capped_per_host, choose, fair
from govgauge.gather.plan import Plan, Progress
from govgauge.gather.readers import Readers
from govgauge.gather.record import Record
from govgauge.gather.rules import Rules
from govgauge.gather.territory import Territory
from govgauge.gather.traps import Traps, is_endless

EXTERNAL_PER_HOST = 5
FILES_PER_FOREIGN_HOST = 20
PARTS = 40
"""Scripts and styles fetched: those of the home page first."""
PROGRESS_SECONDS = 0.2


class Crawl:
    """One visit under way."""

    def __init__(self, plan: Plan, record: Record, readers: Readers, progress: Callable[[Progress], None]) -> None:
        self.plan = plan
        self.record = record
        self.readers = readers
        self.engine = Engine(plan, record, self._between, readers.files)
        self.rules = Rules(plan.user_agent, obeyed=plan.obey_robots)
        self.frontier = Frontier()
        self.traps = Traps()
        self.territory = Territory(plan.url)
        self.files: dict[int, dict[str, int]] = {rank.Code.ATTACHMENT: {}, rank.Code.IMAGE: {}, rank.Code.PART: {}}
        self.external: dict[str, int] = {}
        self.seen: set[int] = set()
        self.failed: list[tuple[Errand, str, float]] = []
        self.page_urls: dict[int, tuple[str, int]] = {}
        self.order = 1
        self.pages = 0
        self.asked = 0
        self.home: Exchange | None = None
        self.stopped = ""
        self.budget_exhausted = False
        self._progress = progress
        self._state = Progress(phase="home")
        self._next_progress = 0.0

    def run(self) -> None:
        """Go through the whole visit. Ends early, with `stopped` set, when the site or the time does not allow more."""
        try:
            self._open_home()
            if self.stopped:
                return
            self._walk()
            self._fetch_files()
            self._look_again()
        except Stopped as stop:
            self.stopped = stop.why
            self.budget_exhausted = True
            self._leave_rest("time")

    # ------------------------------------------------------------ the home page

    def _open_home(self) -> None:
        for url in addresses(self.plan.url):
            outcome = self._ask_home(url)
            self.home = outcome.exchange
            if outcome.exchange.failure not in failures.NETWORK:
                break
        home = self.home
        assert home is not None  # noqa: S101 - there is at least one address
        if failures.fault(home):
            self.stopped = {Failure.BLOCKED: "home-blocked", Failure.ROBOTS: "home-robots"}.get(
                home.failure or Failure.DNS, "home-failed"
            )

    def _ask_home(self, url: str) -> Outcome:
        self.territory = Territory(url)
        self._learn_rules([urls.origin(url)])
        if not self.rules.allow(url):
            return self._forbidden_home(url)
        for attempt in (1, 2, 3):
            outcome = self._one(Errand(url, Purpose.HOME, order=0, attempt=attempt))
            if not failures.fault(outcome.exchange):
                break
            if attempt < 3:
                self._pause()
        self.territory.annex(outcome.exchange.final_url or url)
        self.engine.hosts.own = self.territory.hosts()
        self.page_urls[0] = (outcome.exchange.final_url, 0)
        self.seen |= {hash(url), hash(outcome.exchange.final_url)}
        self._page_came(outcome)
        return outcome

    def _forbidden_home(self, url: str) -> Outcome:
        exchange = Exchange(url=url, purpose=Purpose.HOME, failure=Failure.ROBOTS, detail="robots.txt", order=0)
        return Outcome(Errand(url, Purpose.HOME, order=0), exchange, self.record.keep(exchange, read=False), None)

    def _learn_rules(self, origins: Iterable[str]) -> None:
        for origin in origins:
            if self.rules.knows(origin) or not self.plan.obey_robots:
                continue
            url = f"{origin}/robots.txt"
            outcome = self._one(Errand(url, Purpose.ROBOTS))
            if outcome.exchange.failure in failures.NETWORK or outcome.exchange.status >= 500:
                self._pause()
                outcome = self._one(Errand(url, Purpose.ROBOTS, attempt=2))
            body = self.record.body(outcome.exchange)
            self.rules.learn(origin, outcome.exchange, body)
            delay = min(self.rules.crawl_delay(origin), self.plan.limits.crawl_delay_seconds)
            if delay:
                self.engine.hosts[origin.partition("//")[2]].slow_down(delay)

    # ------------------------------------------------------------ pages

    def _walk(self) -> None:
        """Level after level, until there is nothing more or the budget is used up."""
        self._state.phase = "pages"
        self._wait_for_readers()
        while True:
            level = self.frontier.take_fresh()
            self.traps.level(level)
            level = self._sifted(level)
            last = not level
            if last:
                level = self.frontier.take_put_off()
            if not level:
                return
            room = min(self.plan.max_pages - self.pages, 2 * self.plan.max_pages + 200 - self.asked)
            now, later = choose(level, max(0, room), last=last)
            for url, key in later:
                self.frontier.put_off[url] = key
            if not now:
                self.budget_exhausted = bool(later)
                self._leave_rest("budget")
                return
            self._visit_level(now)

    def _sifted(self, level: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """The candidates that are new, allowed, and no trap."""
        kept = []
        self._learn_rules(dict.fromkeys(urls.origin(url) for url, _ in level))
        for url, key in level:
            name = hash(url)
            if name in self.seen:
                continue
            self.seen.add(name)
            if is_endless(url) or self.traps.caught(url, key):
                self.frontier.skip(url, "trap")
            elif not self.rules.allow(url):
                self.frontier.skip(url, "robots")
            else:
                kept.append((url, key))
        return kept

    def _visit_level(self, now: list[tuple[str, int]]) -> None:
        errands = []
        for url, key in now:
            referrer, depth = self.page_urls.get(rank.order_of(key), ("", 0))
            errands.append(Errand(url, Purpose.PAGE, depth + 1, referrer, self.order))
            self.page_urls[self.order] = (url, depth + 1)
            self.traps.visit(self.order, url)
            self.order += 1
        self.asked += len(errands)
        self._state.waiting = len(errands)
        self.engine.claim(url for url, _ in now)
        self.engine.carry_out(errands, self._page_came)
        self._wait_for_readers()

    def _page_came(self, outcome: Outcome) -> None:
        exchange = outcome.exchange
        self._note(outcome)
        if outcome.body is not None and is_page(exchange) and self.territory.owns(exchange.final_url):
            self.pages += 1
            self.readers.submit(outcome.place, exchange, outcome.body)

    # ------------------------------------------------------------ files, parts, foreign links

    def _fetch_files(self) -> None:
        self._state.phase = "files"
        budget = max(200, self.plan.max_pages)
        errands = self._chosen_files(rank.Code.ATTACHMENT, Purpose.ATTACHMENT, budget)
        errands += self._chosen_files(rank.Code.IMAGE, Purpose.IMAGE, budget)
        errands += self._chosen_files(rank.Code.PART, Purpose.PART, PARTS)
        errands += self._chosen_external(max(100, self.plan.max_pages // 5))
        self._state.waiting = len(errands)
        self.engine.carry_out(errands, self._note)

    def _chosen_files(self, code: rank.Code, purpose: Purpose, budget: int) -> list[Errand]:
        taken = sorted(self.files[code].items(), key=lambda pair: pair[1])
        self.files[code] = {}
        allowed = []
        for url, key in taken:
            if hash(url) in self.seen:
                continue
            self.seen.add(hash(url))
            if is_endless(url):
                self.frontier.skip(url, "trap")
            elif self.rules.allow(url):
                allowed.append((url, key))
            else:
                self.frontier.skip(url, "robots")
        own = [pair for pair in allowed if self.territory.owns(pair[0])]
        foreign, crowded = capped_per_host(
            [pair for pair in allowed if not self.territory.owns(pair[0])], FILES_PER_FOREIGN_HOST
        )
        if purpose is Purpose.PART:
            crowded, foreign = crowded + foreign, []
        return self._errands(own + foreign, crowded, purpose, budget)

    def _chosen_external(self, budget: int) -> list[Errand]:
        taken = sorted(self.external.items(), key=lambda pair: pair[1])
        self.external = {}
        fresh = [(url, key) for url, key in taken if hash(url) not in self.seen]
        self.seen |= {hash(url) for url, _ in fresh}
        now, crowded = capped_per_host(fresh, EXTERNAL_PER_HOST)
        return self._errands(now, crowded, Purpose.EXTERNAL, budget)

    def _errands(
        self, wanted: list[tuple[str, int]], left: list[tuple[str, int]], purpose: Purpose, budget: int
    ) -> list[Errand]:
        chosen = sorted(fair(sorted(wanted, key=lambda pair: pair[1]), budget), key=lambda pair: pair[1])
        names = {url for url, _ in chosen}
        for url, _ in [*left, *(pair for pair in wanted if pair[0] not in names)]:
            self.frontier.skip(url, f"budget-{purpose.value}")
        errands = []
        for url, key in chosen:
            referrer, depth = self.page_urls.get(rank.order_of(key), ("", 0))
            foreign = not self.territory.owns(url)
            errands.append(Errand(url, purpose, depth + 1, referrer, self.order, foreign=foreign))
            self.order += 1
        return errands

    # ------------------------------------------------------------ a second look

    def _look_again(self) -> None:
        """Ask again for everything that failed, later than the first time; a third time when the two disagree."""
        self._state.phase = "again"
        for attempt in (2, 3):
            errands = [
                Errand(e.url, e.purpose, e.depth, e.referrer, e.order, attempt, e.foreign)
                for e, fault, _ in self.failed
                if e.attempt == attempt - 1
            ]
            if not errands:
                return
            self._pause()
            self._state.waiting = len(errands)
            self.engine.carry_out(errands, self._page_came)

    # ------------------------------------------------------------ small things

    def _one(self, errand: Errand) -> Outcome:
        """Carry out a single errand."""
        came: list[Outcome] = []
        self.engine.carry_out([errand], came.append)
        return came[0]

    def _note(self, outcome: Outcome) -> None:
        fault = failures.fault(outcome.exchange)
        self._state.done += 1
        self._state.waiting -= 1
        if fault:
            self._state.failed += 1
            self.failed.append((outcome.errand, fault, time.monotonic()))

    def _between(self) -> bool:
        """Take in the links that the reading processes have found; whether more pages may be fetched."""
        for url, key in self.readers.turn():
            self._take_in(url, key)
        now = time.monotonic()
        if now > self._next_progress:
            self._next_progress = now + PROGRESS_SECONDS
            self._progress(self._state)
        return not self.readers.full

    def _take_in(self, url: str, key: int) -> None:
        if not urls.is_web(url):
            return
        code = rank.code_of(key)
        if code >= rank.Code.ATTACHMENT:
            store = self.files[code]
        elif self.territory.owns(url):
            self.frontier.add(url, key)
            return
        else:
            store = self.external
        known = store.get(url)
        if known is None or key < known:
            store[url] = key

    def _wait_for_readers(self) -> None:
        while not self.readers.idle:
            self._between()
            self.engine.check_time()
            time.sleep(0.0005)
        self._between()

    def _pause(self) -> None:
        """Let the time pass that lies between two observations."""
        time.sleep(self.plan.retry_after_seconds)

    def _leave_rest(self, reason: str) -> None:
        for url, key in [*self.frontier.take_fresh(), *self.frontier.take_put_off()]:
            if hash(url) not in self.seen or reason == "budget":
                self.frontier.skip(url, reason)
            _ = key


def addresses(url: str) -> list[str]:
    """The URLs under which the home page is tried: both schemes when none is given."""
    text = url.strip()
    given = [text] if "://" in text else [f"http://{text}", f"https://{text}"]
    return [urls.canonical(each) for each in given]
